import type { FaultAction, FaultRule, FaultScript } from './fault-types.ts';

/** What a rule is asked about. */
export interface FaultRequest {
  method: string;
  path: string;
  page: number;
}

/** What the script wants done with one request. */
export interface FaultDecision {
  delayMs: number;
  /** Null where the request is served as usual, after the delay. */
  action: Exclude<FaultAction, { kind: 'delay' }> | null;
}

interface RunningRule {
  rule: FaultRule;
  path: RegExp | null;
  /** How many requests have fitted so far. */
  met: number;
  /** How often the rule has acted. */
  acted: number;
}

/** Follows a fault script: counts for each rule the requests that fit and says what is to happen to each. */
export class FaultRunner {
  readonly #rules: RunningRule[];

  constructor(script: FaultScript) {
    this.#rules = script.map((rule) => ({
      rule,
      path: rule.match.path === undefined ? null : new RegExp(rule.match.path),
      met: 0,
      acted: 0,
    }));
  }

  /** Every rule that fits counts the request, also behind one that acts, so that `nth` means what it says. */
  decide(request: FaultRequest): FaultDecision {
    const decision: FaultDecision = { delayMs: 0, action: null };
    for (const running of this.#rules) {
      if (!fits(running, request)) continue;
      running.met += 1;
      if (decision.action !== null || !isDue(running)) continue;
      running.acted += 1;
      const { action } = running.rule;
      if (action.kind === 'delay') decision.delayMs += action.ms;
      else decision.action = action;
    }
    return decision;
  }
}

function fits({ rule: { match }, path }: RunningRule, request: FaultRequest): boolean {
  if (match.method !== undefined && match.method !== request.method) return false;
  if (path !== null && !path.test(request.path)) return false;
  return match.page === undefined || match.page === request.page;
}

function isDue({ rule: { match }, met, acted }: RunningRule): boolean {
  const times = match.times ?? (match.nth === undefined ? Number.POSITIVE_INFINITY : 1);
  return met >= (match.nth ?? 1) && acted < times;
}
