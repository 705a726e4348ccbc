import { describe, expect, test } from 'vitest';
import {
  draftOf,
  type RulesDraft,
  rulesOf,
  withCalendar,
  withSource,
} from '../../src/renderer/features/settings/rules-draft.ts';
import { DEFAULT_RULES, type Rules } from '../../src/shared/rules.ts';

const rules: Rules = {
  ...DEFAULT_RULES,
  tolerances: [
    { currency: 'try', absolute: '0.05', percent: '1.5' },
    { currency: 'eur', absolute: '2', percent: '0' },
  ],
  quantityKey: 'koli içi',
  stuckDays: 7,
  archiveHosts: ['earsiv.example.com', 'b.example.com'],
  closedUntil: '2026-01-31',
  calendars: [
    { source: 'bank', weekend: [0], holidays: 'fixed', closed: ['2026-05-26', '2026-12-31'], open: ['2026-04-23'] },
  ],
};
const TODAY = '2026-02-01';
const typed = (change: Partial<RulesDraft>) => rulesOf({ ...draftOf(rules, 'tr'), ...change }, TODAY);

test('rules come out of the form as they went in, in both languages', () => {
  expect(draftOf(rules, 'tr')).toMatchObject({ closedUntil: '31.01.2026', hosts: 'earsiv.example.com\nb.example.com' });
  expect(draftOf(rules, 'tr').tolerances[0]).toEqual({ key: 0, currency: 'TRY', absolute: '0,05', percent: '1,5' });
  for (const language of ['en', 'tr'] as const) {
    expect(rulesOf(draftOf(rules, language), TODAY)).toEqual({ rules });
    expect(rulesOf(draftOf(DEFAULT_RULES, language), TODAY)).toEqual({ rules: DEFAULT_RULES });
  }
});

test('a new calendar begins with what holds for its source, also where another source is chosen', () => {
  const held = draftOf(rules, 'tr').calendars;
  const kindOf = (source: string) => (source === 'Garanti POS' ? 'bank' : source);
  const begun = withCalendar(held, 'erp', kindOf);
  const everybody = { weekend: [0, 6], holidays: 'turkey', closed: '', open: '' };
  expect(begun[1]).toEqual({ key: 1, source: 'erp', ...everybody });
  const { key: _key, source: _source, ...ofBank } = held[0] ?? begun[0] ?? {};
  expect(withCalendar(held, 'Garanti POS', kindOf)[1]).toEqual({ key: 1, source: 'Garanti POS', ...ofBank });
  const moved = withSource(begun, { key: 1, source: 'Garanti POS' }, kindOf);
  expect(moved).toEqual([held[0], { key: 1, source: 'Garanti POS', ...ofBank }]);
  expect(withSource(moved, { key: 1, source: 'erp' }, kindOf)).toEqual(begun);
  // What a person has changed stays.
  const changed = begun.map((each) => (each.key === 1 ? { ...each, weekend: [5] } : each));
  expect(withSource(changed, { key: 1, source: 'Garanti POS' }, kindOf)[1]).toEqual({
    ...{ key: 1, source: 'Garanti POS', ...everybody },
    weekend: [5],
  });
});

describe('what is typed', () => {
  test.each<[Partial<RulesDraft>, object]>([
    [{ stuckDays: '' }, { field: 'stuckDays', code: 'stuck-days' }],
    [{ stuckDays: '366' }, { field: 'stuckDays', code: 'stuck-days' }],
    [{ quantityKey: '  ' }, { field: 'quantityKey', code: 'quantity-key', value: '' }],
    [{ stuckDays: '1.5' }, { field: 'stuckDays', code: 'stuck-days' }],
    [{ closedUntil: '31.02.2026' }, { field: 'closedUntil', code: 'closed-until' }],
    [{ closedUntil: '02.02.2026' }, { field: 'closedUntil', code: 'closed-future' }],
    [{ hosts: 'https://a.example.com' }, { field: 'hosts', code: 'archive-host' }],
    [{ hosts: 'a.example.com A.example.com' }, { field: 'hosts', code: 'archive-host-twice' }],
    [{ tolerances: [{ key: 0, currency: '', absolute: '1', percent: '' }] }, { code: 'tolerance-currency' }],
    [{ tolerances: [{ key: 0, currency: 'TRY', absolute: 'x', percent: '' }] }, { code: 'tolerance-absolute' }],
    [{ tolerances: [{ key: 0, currency: 'TRY', absolute: '1.000,00', percent: '' }] }, { code: 'tolerance-absolute' }],
    [{ tolerances: [{ key: 0, currency: 'TRY', absolute: '', percent: '101' }] }, { code: 'tolerance-percent' }],
  ])('%j is no rule', (change, problem) => {
    expect(typed(change)).toMatchObject({ problem });
  });

  test('days of a calendar are read in any order, and one that is none is told', () => {
    const [calendar] = draftOf(rules, 'tr').calendars;
    if (calendar === undefined) throw new Error('no calendar');
    const closed = (text: string) => typed({ calendars: [{ ...calendar, closed: text }] });
    expect(closed('31.12.2026; 26.05.2026,\n31.12.2026')).toEqual({ rules });
    expect(closed('31.02.2026')).toMatchObject({
      problem: { field: 'calendars', code: 'no-day', value: '31.02.2026' },
    });
    expect(closed('23.04.2026')).toMatchObject({ problem: { field: 'calendars', code: 'calendar-day' } });
  });

  test('either decimal sign, capitals and empty lines are understood', () => {
    const tolerances = [{ key: 0, currency: ' TRY ', absolute: ' 0.05 ', percent: '1,5' }];
    expect(typed({ tolerances, hosts: '\n B.Example.com \n', closedUntil: '' })).toEqual({
      rules: {
        ...rules,
        tolerances: [{ currency: 'try', absolute: '0.05', percent: '1.5' }],
        archiveHosts: ['b.example.com'],
        closedUntil: null,
      },
    });
    expect(typed({ tolerances: [{ key: 0, currency: 'EUR', absolute: '', percent: '' }] })).toMatchObject({
      rules: { tolerances: [{ currency: 'eur', absolute: '0', percent: '0' }] },
    });
  });
});
