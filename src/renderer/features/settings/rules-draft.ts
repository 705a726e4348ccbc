import { formatDay, type PeopleLanguage, parseDayForPeople } from '../../../shared/format.ts';
import { type RuleProblemCode, ruleProblem } from '../../../shared/rule-problems.ts';
import type { Rules, SourceCalendar, Tolerance } from '../../../shared/rules.ts';
import { DEFAULT_CALENDAR } from '../../../shared/working-days.ts';

/** Rules as a person types them. */
export interface RulesDraft {
  formula: Rules['formula'];
  tolerances: (Tolerance & { key: number })[];
  quantityKey: string;
  stuckDays: string;
  hosts: string;
  closedUntil: string;
  calendars: (Omit<SourceCalendar, 'closed' | 'open'> & { key: number; closed: string; open: string })[];
}

type CalendarDraft = RulesDraft['calendars'][number];
/** The kind that a source of statements is, or that its profile is for; undefined = neither is known. */
export type KindOf = (source: string) => string | undefined;

/** What a person typed that is no rule, and where. */
export interface DraftProblem {
  field: 'quantityKey' | 'tolerances' | 'stuckDays' | 'hosts' | 'closedUntil' | 'calendars';
  code: RuleProblemCode | 'stuck-days' | 'closed-until' | 'closed-future' | 'no-day';
  value: string;
}

const decimalOf = (language: PeopleLanguage): string => (language === 'tr' ? ',' : '.');

/** Rules as they stand in the form. */
export function draftOf(rules: Rules, language: PeopleLanguage): RulesDraft {
  const typed = (amount: string): string => amount.replace('.', decimalOf(language));
  return {
    formula: rules.formula,
    quantityKey: rules.quantityKey,
    tolerances: rules.tolerances.map(({ currency, absolute, percent }, key) => ({
      key,
      currency: currency.toUpperCase(),
      absolute: typed(absolute),
      percent: typed(percent),
    })),
    stuckDays: String(rules.stuckDays),
    hosts: rules.archiveHosts.join('\n'),
    closedUntil: rules.closedUntil === null ? '' : formatDay(rules.closedUntil, language),
    calendars: rules.calendars.map(({ closed, open, ...rest }, key) => ({
      ...rest,
      key,
      closed: closed.map((day) => formatDay(day, language)).join(', '),
      open: open.map((day) => formatDay(day, language)).join(', '),
    })),
  };
}

/** The rules that the form says, or the first thing in it that is none. `today` is the business day, `YYYY-MM-DD`. */
export function rulesOf(draft: RulesDraft, today: string): { rules: Rules } | { problem: DraftProblem } {
  const stuckDays = draft.stuckDays.trim();
  if (!/^\d{1,3}$/.test(stuckDays) || Number(stuckDays) < 1 || Number(stuckDays) > 365) {
    return { problem: { field: 'stuckDays', code: 'stuck-days', value: stuckDays } };
  }
  const typedDay = draft.closedUntil.trim();
  const closedUntil = typedDay === '' ? null : parseDayForPeople(typedDay);
  if (typedDay !== '' && closedUntil === null) {
    return { problem: { field: 'closedUntil', code: 'closed-until', value: typedDay } };
  }
  if (closedUntil !== null && closedUntil > today) {
    return { problem: { field: 'closedUntil', code: 'closed-future', value: typedDay } };
  }
  const noDay = draft.calendars
    .flatMap(({ closed, open }) => [...partsOf(closed), ...partsOf(open)])
    .find((text) => parseDayForPeople(text) === null);
  if (noDay !== undefined) return { problem: { field: 'calendars', code: 'no-day', value: noDay } };
  const rules: Rules = {
    formula: draft.formula,
    quantityKey: draft.quantityKey.trim(),
    tolerances: draft.tolerances.map(({ currency, absolute, percent }) => ({
      // Codes are ASCII: Turkish rules would make another letter of an I.
      currency: currency.trim().toLowerCase(),
      absolute: amountOf(absolute),
      percent: amountOf(percent),
    })),
    stuckDays: Number(stuckDays),
    archiveHosts: draft.hosts
      .split(/\s+/)
      .filter((host) => host !== '')
      .map((host) => host.toLowerCase()),
    closedUntil,
    calendars: draft.calendars.map(({ source, weekend, holidays, closed, open }) => ({
      ...{ source, weekend, holidays },
      closed: daysIn(closed),
      open: daysIn(open),
    })),
  };
  const problem = ruleProblem(rules);
  if (problem === null) return { rules };
  return { problem: { ...problem, field: FIELD_OF[problem.code.split('-')[0] ?? ''] ?? 'tolerances' } };
}

/** Where a problem stands, by how its code begins. */
const FIELD_OF: Readonly<Record<string, DraftProblem['field']>> = {
  archive: 'hosts',
  calendar: 'calendars',
  quantity: 'quantityKey',
};

/** What stands between commas, semicolons and line ends. */
const partsOf = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The days of a list, each once and in order. */
const daysIn = (text: string): string[] =>
  [...new Set(partsOf(text).flatMap((part) => parseDayForPeople(part) ?? []))].sort();

/** Either decimal sign is understood, since neither groups digits here; nothing typed is zero. */
function amountOf(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' ? '0' : trimmed.replace(',', '.');
}

/** What holds for a source that has no calendar of its own: that of its kind, else the one of everybody. */
function inherited(
  calendars: readonly CalendarDraft[],
  kind: string | undefined,
): Omit<CalendarDraft, 'key' | 'source'> {
  const ofKind = calendars.find((each) => each.source === kind) ?? { ...DEFAULT_CALENDAR, closed: '', open: '' };
  const { weekend, holidays, closed, open } = ofKind;
  return { weekend: [...weekend], holidays, closed, open };
}

/** The calendars of a form with one more, which begins with what holds for its source now. */
export function withCalendar(calendars: readonly CalendarDraft[], source: string, kindOf: KindOf): CalendarDraft[] {
  const key = Math.max(-1, ...calendars.map((each) => each.key)) + 1;
  return [...calendars, { key, source, ...inherited(calendars, kindOf(source)) }];
}

/**
 * The calendars of a form with another source for one of them. Where it still says what held for its former source, it
 * begins anew with what holds for the other one.
 */
export function withSource(
  calendars: readonly CalendarDraft[],
  { key, source }: Pick<CalendarDraft, 'key' | 'source'>,
  kindOf: KindOf,
): CalendarDraft[] {
  const others = calendars.filter((each) => each.key !== key);
  return calendars.map((each) => {
    if (each.key !== key) return each;
    const { key: _key, source: former, ...said } = each;
    const begun = inherited(others, kindOf(former));
    const isBegun = (Object.keys(begun) as (keyof typeof begun)[]).every(
      (part) => JSON.stringify(begun[part]) === JSON.stringify(said[part]),
    );
    return { ...each, ...(isBegun ? inherited(others, kindOf(source)) : {}), source };
  });
}
