import { parseAmount, tryParseAmount } from './money.ts';
import type { Rules, Tolerance } from './rules.ts';

/** What can be wrong with rules whose shape is right. */
export const RULE_PROBLEMS = [
  'tolerance-currency',
  'tolerance-twice',
  'tolerance-absolute',
  'tolerance-percent',
  'archive-host',
  'archive-host-twice',
  'calendar-source',
  'calendar-twice',
  'calendar-day',
  'quantity-key',
] as const;
export type RuleProblemCode = (typeof RULE_PROBLEMS)[number];

/** The first thing that is wrong, and the text it is about. */
export interface RuleProblem {
  code: RuleProblemCode;
  value: string;
}

const CURRENCY = /^[a-z]{3}$/;
/** A name of letters, digits and hyphens with at least one point: no port, no path, no scheme. */
const HOST = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/;
/** A name without signs that cannot be seen, nor blanks around it. */
const NAME = /^(?! )[^\p{C}]+(?<! )$/u;
const MOST_PERCENT = parseAmount('100');
/** No tolerance is meant to be larger than a million. */
const MOST_ABSOLUTE = parseAmount('1000000');

/** What is wrong with the meaning of rules; null = nothing. */
export function ruleProblem({
  tolerances,
  archiveHosts,
  calendars,
  quantityKey,
}: Pick<Rules, 'tolerances' | 'archiveHosts' | 'calendars' | 'quantityKey'>): RuleProblem | null {
  for (const [place, each] of tolerances.entries()) {
    const before = tolerances.slice(0, place);
    const found =
      toleranceProblem(each) ?? (before.some(({ currency }) => currency === each.currency) ? twice(each) : null);
    if (found !== null) return found;
  }
  for (const [place, host] of archiveHosts.entries()) {
    if (!HOST.test(host)) return { code: 'archive-host', value: host };
    if (archiveHosts.indexOf(host) < place) return { code: 'archive-host-twice', value: host };
  }
  if (!NAME.test(quantityKey)) return { code: 'quantity-key', value: quantityKey };
  return calendarProblem(calendars);
}

function calendarProblem(calendars: Rules['calendars']): RuleProblem | null {
  for (const [place, { source, closed, open }] of calendars.entries()) {
    if (!NAME.test(source)) return { code: 'calendar-source', value: source };
    if (calendars.findIndex((each) => each.source === source) < place) return { code: 'calendar-twice', value: source };
    const both = open.find((day) => closed.includes(day));
    if (both !== undefined) return { code: 'calendar-day', value: both };
  }
  return null;
}

function toleranceProblem({ currency, absolute, percent }: Tolerance): RuleProblem | null {
  if (!CURRENCY.test(currency)) return { code: 'tolerance-currency', value: currency };
  if (!isWithin(absolute, MOST_ABSOLUTE)) return { code: 'tolerance-absolute', value: absolute };
  if (!isWithin(percent, MOST_PERCENT)) return { code: 'tolerance-percent', value: percent };
  return null;
}

const twice = ({ currency }: Tolerance): RuleProblem => ({ code: 'tolerance-twice', value: currency });

function isWithin(text: string, most: bigint): boolean {
  const amount = tryParseAmount(text);
  return amount !== null && amount >= 0n && amount <= most;
}
