import { describe, expect, it } from 'vitest';
import {
  changedField,
  changedValue,
  isAmountChange,
  seenBy,
} from '../../src/renderer/features/changes/change-value.ts';
import {
  type PlanWords,
  planParts,
  planPayments,
  planSentence,
  planTitle,
} from '../../src/renderer/features/runs/plan-text.ts';
import { quarantineReason } from '../../src/renderer/features/runs/quarantine-reason.ts';
import { runDuration, runProblem } from '../../src/renderer/features/runs/run-problem.ts';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import { sinceDay, sinceInstant, sinceShown } from '../../src/renderer/stores/since-choice.ts';
import { clockText, durationText } from '../../src/renderer/ui/clock-text.ts';
import type { Format } from '../../src/renderer/ui/use-format.ts';
import { formatAmountForPeople, formatCount, formatInvoiceDate, formatPeriod } from '../../src/shared/format.ts';
import { type ChosenRules, closingOf, DEFAULT_RULES } from '../../src/shared/rules.ts';
import { type OrderChange, type RunRow, runState } from '../../src/shared/runs.ts';
import { knownRequests, type PlanStep, runKind, type SyncPlan, syncCause } from '../../src/shared/sync.ts';
import { RUN } from '../support/window.ts';

function formatIn(language: 'en' | 'tr'): Format {
  return {
    amount: (amount) => formatAmountForPeople(amount, { language, negativeStyle: 'minus' }),
    count: (count) => formatCount(count, language),
    counted: (count) => ({ count, formatted: formatCount(count, language) }),
    day: (day) => day,
    instant: (instant) => `at ${instant}`,
    instantDay: (instant) => instant,
    moment: () => '10:15',
    invoiceDate: (value) => formatInvoiceDate(value, language),
    period: (period) => formatPeriod(period, language),
  };
}
const wordsIn = (language: 'en' | 'tr'): PlanWords => ({
  t: i18n.getFixedT(language),
  format: formatIn(language),
  language,
});
const en = wordsIn('en');
const tr = wordsIn('tr');

function plan(kind: SyncPlan['kind'], steps: PlanStep[], resumes = false): SyncPlan {
  return {
    kind,
    resumes,
    steps,
    requests: steps.some((step) => step.requests === null) ? null : knownRequests({ steps }),
  };
}

describe('a plan in words', () => {
  const changes = plan('changes', [
    { step: 'new', requests: 2 },
    { step: 'changes', since: '2026-03-05T07:15:00Z', requests: 1 },
    { step: 'rolling', requests: 3 },
  ]);
  const refresh = plan('refresh', [
    { step: 'new', requests: 2 },
    { step: 'status', status: '400', requests: 4 },
    { step: 'status', status: '450', requests: 5 },
    { step: 'unsent', requests: 1 },
    { step: 'cancellation', status: 'waiting', requests: 1 },
    { step: 'cancellation', status: 'confirmed', requests: 1 },
  ]);

  it('names what is read and how many requests it takes, in both languages', () => {
    expect(planSentence(changes, en, true)).toBe(
      'Reading new orders, orders with changes since 10:15 and 3 pages of the others: about 6 requests',
    );
    expect(planSentence(changes, tr, true)).toBe(
      'Okunuyor: yeni siparişler, 10:15 sonrası değişen siparişler ve diğerlerinden 3 sayfa; yaklaşık 6 istek',
    );
  });

  it('puts states and cancellations together', () => {
    expect(planParts(refresh, en)).toEqual([
      { text: 'new orders', requests: 2 },
      { text: 'orders in 2 open states', requests: 9 },
      { text: 'orders not sent to the ERP', requests: 1 },
      { text: 'orders with a cancellation under way', requests: 2 },
    ]);
    const one = plan('refresh', [{ step: 'status', status: '400', requests: 1 }]);
    expect(planSentence(one, en, true)).toBe('Reading orders in the state Approved: about 1 request');
  });

  it('stands by itself with a capital letter, also where that is a dotted one', () => {
    const period = plan('verify', [{ step: 'period', period: { from: '2026-03-01', to: '2026-03-31' }, requests: 1 }]);
    expect(planTitle(period, en)).toBe('Every order of 01 Mar 2026 – 31 Mar 2026');
    expect(planTitle(period, tr)).toBe('01.03.2026 – 31.03.2026 döneminin bütün siparişleri');
    const cancelled = plan('refresh', [{ step: 'cancellation', status: 'waiting', requests: 1 }]);
    expect(planTitle(cancelled, tr)).toBe('İptali süren siparişler');
  });

  it('names OMS last, with its requests among those of the plan', () => {
    const both = plan('full', [
      { step: 'all', requests: 12 },
      { step: 'oms', requests: 7 },
    ]);
    expect(planSentence(both, en, true)).toBe('Reading every order and OMS: about 19 requests');
    expect(planSentence(both, tr, true)).toBe('Okunuyor: bütün siparişler ve OMS; yaklaşık 19 istek');
    expect(planParts(both, en).at(-1)).toEqual({ text: 'OMS', requests: 7 });
  });

  it('tells of payments by themselves, after the requests, in both languages', () => {
    const steps: PlanStep[] = [
      { step: 'probe', requests: 15 },
      { step: 'new', requests: 2 },
      { step: 'payments', of: 'changed', orders: 50, requests: 150 },
    ];
    const made: SyncPlan = { kind: 'refresh', resumes: false, steps, requests: 17 };
    expect(planSentence(made, en, true)).toBe(
      'Reading what Omnitron honours and new orders: about 17 requests; then payments of at most 50 orders',
    );
    expect(planSentence(made, tr, true)).toBe(
      'Okunuyor: Omnitron’un destekledikleri ve yeni siparişler; yaklaşık 17 istek; ardından en çok 50 siparişin ödemeleri',
    );
    expect(planTitle(made, en)).toBe('What Omnitron honours and new orders');
    const period: PlanStep = { step: 'payments', of: 'period', orders: 3, requests: 9 };
    expect(planPayments({ ...made, steps: [period] }, en)).toEqual({
      text: 'payments of the period’s orders with findings, now 3',
      requests: 9,
    });
    expect(planPayments({ ...made, steps: [] }, en)).toBeNull();
  });

  it('says that an interrupted pass goes on, and no number where none can be known', () => {
    const all: PlanStep[] = [{ step: 'all', requests: 9 }];
    expect(planSentence(plan('full', all, true), en, true)).toBe('Goes on with an interrupted pass: about 9 requests');
    expect(planSentence(plan('full', all), en, false)).toBe(
      'Reading every order; the number of requests shows with the first answer',
    );
    const unread: PlanStep = { step: 'oms', requests: null };
    expect(planSentence(plan('full', [{ step: 'all', requests: null }, unread]), en, true)).toBe(
      'Reading every order and OMS; the number of requests shows with the first answer',
    );
    // Of an OMS that was never read nobody knows how much there is.
    expect(planSentence(plan('full', [...all, unread]), en, true)).toBe(
      'Reading every order and OMS: at least 9 requests',
    );
    expect(planSentence(plan('full', [...all, unread]), tr, true)).toBe(
      'Okunuyor: bütün siparişler ve OMS; en az 9 istek',
    );
    expect(planParts(plan('full', [...all, unread]), en).at(-1)).toEqual({ text: 'OMS', requests: null });
  });
});

describe('since when changes are asked for', () => {
  it('follows the calendar; weeks begin on Monday', () => {
    expect(sinceDay({ preset: 'today' }, '2026-03-01')).toBe('2026-03-01');
    expect(sinceDay({ preset: 'week' }, '2026-03-01')).toBe('2026-02-23');
    expect(sinceDay({ preset: 'week' }, '2026-03-02')).toBe('2026-03-02');
    expect(sinceDay({ preset: 'month' }, '2026-03-31')).toBe('2026-03-01');
    expect(sinceDay({ preset: 'day', day: '2025-12-31' }, '2026-03-31')).toBe('2025-12-31');
  });

  it('is the close only where a period is closed', () => {
    const closing = { until: '2026-02-28', at: '2026-03-03T08:00:00.000Z' };
    expect(sinceShown({ preset: 'close' }, closing)).toEqual({ preset: 'close' });
    expect(sinceShown({ preset: 'close' }, null)).toEqual({ preset: 'week' });
    expect(sinceShown({ preset: 'month' }, null)).toEqual({ preset: 'month' });
  });

  it('is, for the close, since when the closed periods have been closed', () => {
    const version = (number: number, closedUntil: string | null): ChosenRules => ({
      version: number,
      rules: { ...DEFAULT_RULES, closedUntil },
      chosenAt: `2026-03-0${number}T08:00:00.000Z`,
      reason: 'why',
    });
    const closing = (...days: (string | null)[]) =>
      closingOf(days.map((day, index) => version(index + 1, day)).toReversed());
    expect(closing()).toBeNull();
    expect(closing('2026-01-31', null)).toBeNull();
    expect(closing('2026-01-31', '2026-02-28')).toEqual({ until: '2026-02-28', at: version(2, null).chosenAt });
    // Something else was changed since; and a later period was closed and opened again.
    expect(closing(null, '2026-01-31', '2026-01-31')?.at).toBe(version(2, null).chosenAt);
    expect(closing('2026-01-31', '2026-02-28', '2026-01-31')).toEqual({
      until: '2026-01-31',
      at: version(1, null).chosenAt,
    });
    expect(closing('2026-01-31', null, '2026-01-31')?.at).toBe(version(3, null).chosenAt);
  });

  it('begins with the business day', () => {
    expect(sinceInstant('2026-03-01', 'Europe/Istanbul')).toBe('2026-02-28T21:00:00.000Z');
  });
});

describe('a change in words', () => {
  const change = (field: string, from: string | null, to: string | null): OrderChange => ({
    order: { id: 7, number: '77' },
    lineId: null,
    field,
    from,
    to,
    currency: 'try',
    seenAt: '2026-03-05T07:15:00Z',
    run: 3,
  });
  const sides = (words: PlanWords, field: string, from: string | null, to: string | null): string[] => {
    const one = change(field, from, to);
    return [one.from, one.to].map((value) => changedValue(words.t, words.format, one, value));
  };

  it('writes every kind of value for people', () => {
    expect(sides(en, 'amount', '1234.5', null)).toEqual(['1,234.50', 'none']);
    expect(sides(tr, 'amount', '1234.5', '0')).toEqual(['1.234,50', '0,00']);
    expect(sides(en, 'status', '400', '777')).toEqual(['Approved', '777']);
    expect(sides(en, 'sent', 'false', 'true')).toEqual(['No', 'Yes']);
    expect(sides(en, 'invoice_date', null, '2026-03-05T00:00:00Z')).toEqual(['none', '05 Mar 2026']);
    expect(sides(en, 'tax_rate', '20.000000', '8.5')).toEqual(['20', '8.50']);
    expect(sides(en, 'currency', 'try', 'eur')).toEqual(['TRY', 'EUR']);
    expect(sides(en, 'cancel_status', 'manuel_refund_need', 'other')).toEqual(['Refund by hand needed', 'other']);
    expect(sides(en, 'vanished', null, '2026-03-05T07:15:00Z')).toEqual(['none', 'at 2026-03-05T07:15:00Z']);
    expect(sides(en, 'constructor', 'a', 'b')).toEqual(['a', 'b']);
  });

  it('names the field and who saw it', () => {
    expect(changedField(en.t, change('refund_amount', null, null))).toBe('Refund');
    expect(changedField(tr.t, change('sent', null, null))).toBe('ERP’ye aktarıldı');
    expect(changedField(en.t, change('toString', null, null))).toBe('toString');
    expect(isAmountChange(change('price', null, null))).toBe(true);
    expect(isAmountChange(change('tax_rate', null, null))).toBe(false);
    expect(seenBy(en.t, change('amount', null, null))).toBe('Run 3');
    expect(seenBy(en.t, { ...change('amount', null, '1'), run: null })).toBe('Push or single reading');
    expect(seenBy(en.t, { ...change('vanished', null, 'x'), run: null })).toBe('Accepted by hand');
  });
});

describe('a run in words', () => {
  it('has words for every state, kind and cause in both languages', () => {
    for (const { t } of [en, tr]) {
      for (const state of runState.options) expect(t(`runs.state.${state}`), state).not.toContain('.');
      for (const state of runState.options) expect(t(`runs.stateHelp.${state}`), state).toMatch(/[^.]\.$/);
      for (const kind of runKind.options) expect(t(`runs.kind.${kind}`), kind).not.toContain('.');
      for (const cause of syncCause.options) expect(t(`runs.cause.${cause}`), cause).not.toContain('.');
    }
  });

  it('tells its problem by the code, and by main’s words where an older version had another code', () => {
    const failed = (code: string): RunRow => ({ ...RUN, problem: { code, message: 'Main says so.' } });
    expect(runProblem(tr.t, failed('NOT_REACHABLE'))).toBe(tr.t('errors.NOT_REACHABLE.what'));
    expect(runProblem(tr.t, failed('OLD_CODE'))).toBe('Main says so.');
    expect(runProblem(tr.t, RUN)).toBe('');
  });

  it('says how long it took', () => {
    expect(runDuration(RUN)).toBeNull();
    expect(runDuration({ ...RUN, finishedAt: '2026-03-05T07:16:05.400Z' })).toBe(65_400);
    expect([400, 65_400, 3_725_000].map(durationText)).toEqual(['< 0:01', '1:05', '1:02:05']);
    expect(clockText(-3)).toBe('0:00');
  });

  it('says why a row was put aside', () => {
    expect(quarantineReason(en.t, 'not_amount')).toBe('Not an amount with at most six decimals.');
    expect(quarantineReason(tr.t, 'something_new')).toBe(tr.t('quarantine.reason.other'));
  });
});
