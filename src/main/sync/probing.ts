import type { SyncPlan, SyncRequest } from '../../shared/sync.ts';
import type { SyncFacts } from '../engine/services.ts';
import { type Besides, planSync } from './plan.ts';
import { isProbeDue, PROBE_REQUESTS } from './probe.ts';
import { PAGE_LIMIT } from './run-context.ts';

export interface PlanContext {
  nowMs: number;
  /** Whether a probe that is due comes first. */
  probes: boolean;
  /** What comes after the lists of orders. */
  after: Pick<Besides, 'payments' | 'oms'>;
}

/**
 * What a run would do by what is known now. Where a probe is due, it is the first step, and the others are by what the
 * last one found: the run plans anew once it knows better.
 */
export function planRun(
  request: SyncRequest,
  facts: SyncFacts,
  { nowMs, probes, after }: PlanContext,
): { plan: SyncPlan; probes: boolean } {
  const due = probes && isProbeDue(facts, nowMs);
  const probe = due ? (facts.capabilities?.requests ?? PROBE_REQUESTS) : null;
  const plan = planSync(request, facts, { nowMs, limit: PAGE_LIMIT, besides: { probe, ...after } });
  return { plan, probes: due };
}

/** The plan by what a probe has just found; its own step stays as it was announced. */
export function planAfterProbe(
  request: SyncRequest,
  facts: SyncFacts,
  before: SyncPlan,
  context: PlanContext,
): SyncPlan {
  const probe = before.steps.find(({ step }) => step === 'probe')?.requests ?? null;
  return planSync(request, facts, { nowMs: context.nowMs, limit: PAGE_LIMIT, besides: { probe, ...context.after } });
}
