import { describe, expect, it } from 'vitest';
import { draftOrder } from '../../src/main/sandbox/draft-order.ts';
import { statementText } from '../../src/main/sandbox/statements.ts';
import { writeOrder } from '../../src/main/sandbox/write-order.ts';
import type { MatchState } from '../../src/shared/matches.ts';
import { parseAmount } from '../../src/shared/money.ts';
import { NOW_MS, storeOrders } from '../support/engine.ts';
import { matchedStore } from '../support/matched-store.ts';
import { seededRandom, testSeed } from '../support/random.ts';
import { rowStore } from '../support/statement-rows.ts';

type RowStore = ReturnType<typeof rowStore>;

const ORDERS = 300;
const KINDS = ['erp', 'gateway', 'bank'] as const;

/** The same list in a random order. */
function shuffled<T>(list: readonly T[], next: () => number): T[] {
  const rest = [...list];
  return Array.from({ length: rest.length }, () => rest.splice(Math.floor(next() * rest.length), 1)[0] as T);
}

interface Group {
  state: string;
  pairs: [label: string, order: number][];
}

/** The groups by what is in them. Each has one state, and the name of its first row. */
function groupsOf({ file }: RowStore): Group[] {
  const found = file
    .prepare<[], { group_id: number; first: number; states: string; pairs: string }>(
      `SELECT group_id, min(row_id) AS first, group_concat(DISTINCT m.state) AS states,
         json_group_array(json_array(r.batch_key, m.order_id) ORDER BY r.batch_key, m.order_id) AS pairs
       FROM local.matches m JOIN local.statement_rows r ON r.id = m.row_id GROUP BY group_id`,
    )
    .all();
  for (const { group_id, first } of found) expect(group_id).toBe(first);
  const groups = found.map(({ states, pairs }): Group => ({ state: states, pairs: JSON.parse(pairs) }));
  expect(['confirmed', 'suggested', 'ambiguous']).toEqual(expect.arrayContaining(groups.map(({ state }) => state)));
  return groups.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const knownOf = ({ file }: RowStore): unknown[] =>
  file.prepare('SELECT row_id, order_id, group_id, rule, state FROM local.matches ORDER BY 1, 2').raw().all();

describe('matching', () => {
  it('makes the same of the same rows and orders, whatever their order', async () => {
    const seed = testSeed() % 1_000_000;
    const next = seededRandom(seed);
    const [plain, mixed] = [matchedStore(seed, ORDERS), matchedStore(seed, ORDERS, (index) => ORDERS - 1 - index)];
    for (const kind of KINDS) {
      const text = [...statementText({ kind, seed, orders: ORDERS })].join('');
      const [head = '', ...lines] = text.trimEnd().split('\r\n');
      await plain.import(kind, text);
      await mixed.import(kind, `${[head, ...shuffled(lines, next)].join('\r\n')}\r\n`);
    }
    plain.writer.matchRun({ nowMs: 1 });
    mixed.writer.matchRun({ nowMs: 1 });
    expect(mixed.outcomes(), `seed ${seed}`).toEqual(plain.outcomes());
    // A second run over the same finds nothing new.
    expect(plain.writer.matchRun({ nowMs: 2 }), `seed ${seed}`).toMatchObject({ run: null, added: 0, removed: 0 });
  });

  it('makes the same groups whatever the order, beside rows without a rate and rejections; each by itself', async () => {
    const seed = testSeed() % 1_000_000;
    const next = seededRandom(seed);
    const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
    const orders = ['N1', 'N2', 'N3', 'N4', 'T', 'T'].map((number, index) => ({
      ...{ id: index + 1, number, amount: one(['100.00', '50.00']), currency: one(['try', 'try', 'usd']) },
      invoice_number: `I${1 + Math.floor(next() * 4)}`,
    }));
    const rows = Array.from({ length: 40 }, (_, index) => ({
      // Nothing is matched by the batch here: it tells the rows apart.
      ...{
        batch: `L${index}`,
        order: one(['N1', 'N2', 'N3', 'N4', 'T', '']),
        invoice: one(['I1', 'I2', 'I3', 'I4', '', '']),
      },
      ...{ amount: one(['100.00', '50.00', '40.00']), currency: one(['TRY', 'TRY', 'USD']), rate: one(['', '', '40']) },
    }));
    const stores = [rowStore(orders), rowStore(shuffled(orders, next)), rowStore([...orders].reverse())] as const;
    for (const store of stores) {
      await store.import(
        'erp',
        store === stores[2] ? [...rows].reverse() : store === stores[0] ? rows : shuffled(rows, next),
      );
      store.match();
    }
    const first = groupsOf(stores[0]);
    for (const store of stores) expect(groupsOf(store), `seed ${seed}`).toEqual(first);
    const rejected = shuffled(
      first.flatMap(({ pairs }) => pairs),
      next,
    ).slice(0, 8);
    for (const store of stores) {
      const rowOf = store.file
        .prepare<[string], number>('SELECT id FROM local.statement_rows WHERE batch_key = ?')
        .pluck();
      for (const [label, orderId] of rejected) {
        store.writer.matchReject({ rowIds: [rowOf.get(label) ?? 0], orderId, nowMs: 1 });
        groupsOf(store);
      }
      store.writer.matchUndoRun({ runId: null, nowMs: 2 });
      const before = knownOf(store);
      store.match();
      store.writer.matchUndoRun({ runId: null, nowMs: 3 });
      expect(knownOf(store), `seed ${seed}`).toEqual(before);
      store.match();
      expect(store.match(), `seed ${seed}`).toMatchObject({ run: null });
      // Every row is in one group, or in none.
      const listed = store.groups().flatMap((group) => group.rows.map(({ line }) => line));
      expect(
        listed.sort((a, b) => a - b),
        `seed ${seed}`,
      ).toEqual(rows.map((_, index) => index + 2));
    }
    const second = groupsOf(stores[0]);
    for (const store of stores) expect(groupsOf(store), `seed ${seed}`).toEqual(second);
  });

  it('loses no row and no amount: the states together are the statement', async () => {
    const seed = testSeed() % 1_000_000;
    const store = matchedStore(seed, ORDERS);
    const statement = await store.import('erp');
    const { rows } = store.writer.matchRun({ nowMs: 1 });
    const reader = store.reader();
    const [counts] = reader.statementMatches();
    const sums = new Map<string, bigint>();
    const counted: Record<MatchState, number> = { confirmed: 0, suggested: 0, ambiguous: 0, unmatched: 0 };
    for (const state of ['confirmed', 'suggested', 'ambiguous', 'unmatched'] as const satisfies MatchState[]) {
      for (let offset = 0; ; offset += 200) {
        const part = reader.matchesWindow({ filter: { statement, state, text: '' }, offset, limit: 200 });
        for (const group of part.rows) {
          expect(group.state).toBe(state);
          for (const { amount, currency } of group.rows) {
            counted[state] += 1;
            sums.set(currency, (sums.get(currency) ?? 0n) + parseAmount(amount));
          }
        }
        if (part.rows.length < 200) break;
      }
    }
    const held = reader.statementsList({ offset: 0, limit: 1 }).rows[0];
    expect(counted, `seed ${seed}`).toEqual({ ...rows });
    expect(counts, `seed ${seed}`).toMatchObject(counted);
    expect(Object.values(counted).reduce((sum, count) => sum + count, 0)).toBe(held?.accepted);
    // Rejected rows and duplicates are in no state: with them it is every row of the file.
    expect((held?.accepted ?? 0) + (counts?.rejected ?? 0) + (held?.duplicates ?? 0)).toBe(held?.rows);
    const totals = Object.entries(held?.totals ?? {}).map(([currency, { amount }]) => [currency, parseAmount(amount)]);
    expect([...sums].sort(), `seed ${seed}`).toEqual(totals.sort());
  });

  it('undoes every decision and run exactly, the newest first', async () => {
    const seed = testSeed() % 1_000_000;
    const next = seededRandom(seed);
    const store = matchedStore(seed, ORDERS);
    await store.import('erp');
    await store.import('gateway');
    const { writer } = store;
    const undo: { before: string[]; back: () => unknown }[] = [];
    const pick = (sql: string): [number, number] | undefined => {
      const found = store.file.prepare<[], [number, number]>(sql).raw().all();
      return found[Math.floor(next() * found.length)];
    };
    const run = (): void => {
      const before = store.matches();
      const { run: runId } = writer.matchRun({ nowMs: 1 });
      if (runId !== null) undo.push({ before, back: () => writer.matchUndoRun({ runId, nowMs: 2 }) });
    };
    const decide = (work: () => { entry: number }): void => {
      const before = store.matches();
      const { entry } = work();
      undo.push({ before, back: () => writer.matchUndoEntry({ entry, nowMs: 2 }) });
    };
    run();
    for (let step = 0; step < 25; step++) {
      const open = pick(`SELECT row_id, order_id FROM local.matches WHERE state <> 'confirmed'`);
      const any = pick('SELECT row_id, order_id FROM local.matches');
      const free =
        pick(`SELECT r.id, o.id FROM local.statement_rows r, (SELECT id FROM main.orders ORDER BY id LIMIT 5) o
        WHERE NOT EXISTS (SELECT 1 FROM local.matches m WHERE m.row_id = r.id)`);
      const roll = next();
      if (roll < 0.3 && open) decide(() => writer.matchAccept({ rowIds: [open[0]], orderId: open[1], nowMs: 1 }));
      else if (roll < 0.5 && any) {
        const orderId = next() < 0.5 ? any[1] : null;
        decide(() => writer.matchReject({ rowIds: [any[0]], orderId, nowMs: 1 }));
        if (next() < 0.5) {
          // By its row, a rejection is taken back exactly, too: whole or of one order.
          const { before } = undo.pop() ?? { before: [] };
          writer.matchUndo({ rowIds: [any[0]], nowMs: 2 });
          expect(store.matches(), `seed ${seed}, step ${step}`).toEqual(before);
        }
      } else if (roll < 0.7 && free)
        decide(() => writer.matchByHand({ rowIds: [free[0]], orderIds: [free[1], free[1] + 1], nowMs: 1 }));
      else if (roll < 0.85 && any) decide(() => writer.matchUndo({ rowIds: [any[0]], nowMs: 1 }));
      else run();
    }
    expect(undo.length).toBeGreaterThan(5);
    for (const { before, back } of undo.reverse()) {
      back();
      expect(store.matches(), `seed ${seed}`).toEqual(before);
    }
  });

  it('leaves the checks with the same findings, whether they look at what was touched or at everything', async () => {
    const seed = testSeed() % 1_000_000;
    const next = seededRandom(seed);
    const store = matchedStore(seed, ORDERS);
    for (const kind of KINDS) await store.import(kind);
    const { writer, file } = store;
    writer.matchRun({ nowMs: 1 });
    store.check(true);
    for (let step = 0; step < 12; step++) {
      const pairs = file.prepare<[], [number, number]>('SELECT row_id, order_id FROM local.matches').raw().all();
      const pair = pairs[Math.floor(next() * pairs.length)];
      const index = Math.floor(next() * ORDERS);
      const wire = writeOrder(seed, draftOrder(seed, index));
      const roll = next();
      if (roll < 0.3 && pair) writer.matchReject({ rowIds: [pair[0]], orderId: pair[1], nowMs: 1 });
      else if (roll < 0.6)
        storeOrders(writer, [{ ...wire, amount: '12.34', is_send: next() < 0.5 }], { end: 'not ended' });
      else if (roll < 0.8) storeOrders(writer, [wire], { end: 'not ended' });
      else writer.matchRun({ nowMs: NOW_MS });
      store.check(false);
      const incremental = store.stored();
      store.check(true);
      expect(incremental, `seed ${seed}, step ${step}`).toEqual(store.stored());
    }
  });
});
