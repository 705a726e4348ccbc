import { beforeEach, describe, expect, it } from 'vitest';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import { isEdited, useMatchRules } from '../../src/renderer/stores/match-rules-store.ts';
import { canAccept, canReject, canUndo, matchRows, useMatches } from '../../src/renderer/stores/matches-store.ts';
import { useStatements } from '../../src/renderer/stores/statements-store.ts';
import { useToasts } from '../../src/renderer/stores/toast-store.ts';
import type { MatchListRow } from '../../src/shared/ipc/match-calls.ts';
import type { StatementListRow } from '../../src/shared/ipc/statement-calls.ts';
import { DEFAULT_MATCH_RULES } from '../../src/shared/matches.ts';
import { fakeBridge } from '../support/window.ts';

const MATCH: MatchListRow = {
  group: 11,
  state: 'suggested',
  shape: '1:1',
  rule: 'amount-date',
  byPerson: false,
  rowCount: 1,
  orderCount: 1,
  rows: [{ id: 11, statement: 3, line: 4, key: 'X', day: '2026-03-05', amount: '10.00', currency: 'try' }],
  orders: [{ id: 7, number: '1055', amount: '10.00', currency: 'try' }],
  difference: '0.00',
  text: { en: 'Same amount and day.', tr: 'Aynı tutar ve gün.' },
  rowsTotal: { amount: '10.00', currency: 'try' },
  ordersTotal: { amount: '10.00', currency: 'try' },
};
const COUNTS = { confirmed: 1, suggested: 2, ambiguous: 3, unmatched: 4, rejected: 0, difference: { try: '0.00' } };

function statementOf(statement: number, rejected: number, withdrawnAt: string | null = null): StatementListRow {
  const counts = { rows: 9, accepted: 9 - rejected, rejected, duplicates: 0, totals: {}, from: null, to: null };
  const file = { kind: 'erp', fileName: 'may.csv', profile: null, importedAt: '2026-05-01T00:00:00.000Z' } as const;
  return { statement, ...counts, ...file, sha256: 'a', withdrawnAt, matches: null };
}

/** The statements that the store holds. */
let held: StatementListRow[] = [];
let made: ReturnType<typeof fakeBridge>;
const requests = (name: string): unknown[] => made.filter((each) => each.name === name).map(({ request }) => request);
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  useMatches.getState().reset();
  useStatements.getState().reset();
  useMatchRules.getState().reset();
  useToasts.setState({ toasts: [] });
  const changed = { entry: 9, rows: 2 };
  made = fakeBridge({
    'matches.window': () => ({ total: 1, offset: 0, rows: [MATCH] }),
    'matches.counts': () => COUNTS,
    'matches.accept': () => changed,
    'matches.acceptAll': () => null,
    'matches.reject': () => changed,
    'matches.byHand': () => changed,
    'matches.undo': () => changed,
    'matches.undoEntry': () => changed,
    'matches.runs': () => ({ total: 0, offset: 0, rows: [] }),
    'matches.undoRun': () => ({ entry: 12, run: 5, removed: 3 }),
    'matches.rules': () => ({ version: 0, rules: DEFAULT_MATCH_RULES }),
    'matches.backTest': () => ({
      now: COUNTS_ONLY,
      tried: COUNTS_ONLY,
      changed: 0,
      rows: [],
    }),
    'matches.setRules': (request) => ({ version: 1, rules: (request as { rules: object }).rules }),
    'statements.list': () => ({ total: held.length, offset: 0, rows: held }),
  });
});

const COUNTS_ONLY = { confirmed: 1, suggested: 2, ambiguous: 3, unmatched: 4 };

describe('decisions about matches', () => {
  it('are offered where they are possible', () => {
    const could = (state: MatchListRow['state'], byPerson = false): boolean[] =>
      [canAccept, canReject, canUndo].map((can) => can({ ...MATCH, state, byPerson }));
    expect(could('confirmed')).toEqual([false, true, true]);
    expect(could('suggested')).toEqual([true, true, false]);
    expect(could('ambiguous')).toEqual([false, true, false]);
    expect(could('unmatched')).toEqual([false, false, false]);
    expect(could('unmatched', true)).toEqual([false, false, true]);
  });

  it('name the match by its first row, and an order of an ambiguous one', async () => {
    await useMatches.getState().accept(MATCH);
    await useMatches.getState().accept(MATCH, 7);
    await useMatches.getState().reject(MATCH);
    await useMatches.getState().byHand(MATCH, [7, 8]);
    expect(requests('matches.accept')).toEqual([
      { rows: [11], order: null },
      { rows: [11], order: 7 },
    ]);
    expect(requests('matches.reject')).toEqual([{ rows: [11], order: null }]);
    expect(requests('matches.byHand')).toEqual([{ rows: [11], orders: [7, 8] }]);
  });

  it('are taken back by the message that reports them', async () => {
    await useMatches.getState().accept(MATCH);
    const [toast] = useToasts.getState().toasts;
    expect(toast?.text(i18n.getFixedT('en'))).toBe('2 rows were accepted.');
    toast?.undo?.();
    await settled();
    expect(requests('matches.undoEntry')).toEqual([{ entry: 9 }]);
    // Taking back cannot be taken back by a message again.
    expect(useToasts.getState().toasts.at(-1)?.undo).toBeUndefined();
  });

  it('wait for one another', async () => {
    await Promise.all([useMatches.getState().accept(MATCH), useMatches.getState().reject(MATCH)]);
    expect(requests('matches.accept')).toHaveLength(1);
    expect(requests('matches.reject')).toHaveLength(0);
    expect(useMatches.getState().busy).toBe(false);
  });

  it('read the list and the counts again, and show what was refused', async () => {
    useMatches.getState().setFilter({ statement: 3, state: 'suggested' });
    await settled();
    const before = requests('matches.window').length;
    await useMatches.getState().accept(MATCH);
    await settled();
    expect(requests('matches.window').length).toBeGreaterThan(before);
    expect(requests('matches.counts').at(-1)).toEqual({ statement: 3 });
    expect(matchRows.getState().rowAt(0)).toEqual(MATCH);
    fakeBridge({});
    await useMatches.getState().reject(MATCH);
    expect(useMatches.getState()).toMatchObject({ busy: false, error: { code: 'NOT_REACHABLE' } });
  });

  it('say that there is nothing to accept', async () => {
    useMatches.getState().setFilter({ statement: 3, text: 'AB' });
    await useMatches.getState().acceptAll();
    expect(requests('matches.acceptAll')).toEqual([{ filter: { statement: 3, state: 'suggested', text: 'AB' } }]);
    expect(useToasts.getState().toasts.map(({ text }) => text(i18n.getFixedT('en')))).toEqual([
      'There is no suggestion to accept.',
    ]);
  });

  it('take back a whole run', async () => {
    await useMatches.getState().undoRun(5);
    expect(requests('matches.undoRun')).toEqual([{ run: 5 }]);
    expect(useToasts.getState().toasts.at(-1)?.text(i18n.getFixedT('en'))).toBe(
      'Run undone: 3 matches were taken back.',
    );
  });

  it('lead to the rejected rows of a statement, or of the only one that has any', async () => {
    const { openRejected, show } = useStatements.getState();
    const shown = async (statement: number | null): Promise<unknown> => {
      await openRejected(statement);
      const { tab, open, toRejected } = useStatements.getState();
      return [tab, open?.statement ?? null, toRejected];
    };
    held = [statementOf(4, 2, '2026-05-02T00:00:00.000Z'), statementOf(3, 1), statementOf(2, 0)];
    expect(await shown(null)).toEqual(['list', 3, true]);
    show(statementOf(2, 0));
    expect(useStatements.getState().toRejected).toBe(false);
    expect(await shown(4)).toEqual(['list', 4, true]);
    expect(await shown(9)).toEqual(['list', null, false]);
    held.push(statementOf(1, 5));
    expect(await shown(null)).toEqual(['list', null, false]);
  });

  it('begin from a statement', async () => {
    useStatements.getState().openMatching(3);
    expect(useStatements.getState().tab).toBe('matching');
    await settled();
    expect(requests('matches.window').at(-1)).toMatchObject({ filter: { statement: 3, state: null, text: '' } });
  });
});

describe('rules of the matching', () => {
  it('are put in force only as they were tried', async () => {
    const { read, setRules, backTest, activate } = useMatchRules.getState();
    await read();
    expect(isEdited(useMatchRules.getState())).toBe(false);
    setRules('erp', [{ key: 'invoice', days: null }]);
    expect(isEdited(useMatchRules.getState())).toBe(true);
    expect(await activate('because')).toBe(false);
    await backTest();
    setRules('erp', [{ key: 'order', days: null }]);
    expect(useMatchRules.getState().test).toBeNull();
    expect(await activate('because')).toBe(false);
    await backTest();
    expect(await activate('because')).toBe(true);
    const rules = { ...DEFAULT_MATCH_RULES, erp: [{ key: 'order', days: null }] };
    expect(requests('matches.setRules')).toEqual([{ rules, reason: 'because' }]);
    expect(useMatchRules.getState()).toMatchObject({ inForce: { version: 1, rules }, test: null });
    expect(isEdited(useMatchRules.getState())).toBe(false);
  });

  it('stay as they are edited when they are read again, until they are discarded', async () => {
    const { read, setRules, discard } = useMatchRules.getState();
    await read();
    setRules('bank', []);
    await read();
    expect(useMatchRules.getState().draft?.bank).toEqual([]);
    discard();
    expect(useMatchRules.getState().draft).toEqual(DEFAULT_MATCH_RULES);
  });
});
