import { expect, it } from 'vitest';
import { parseAmount } from '../../src/shared/money.ts';
import { statementKind } from '../../src/shared/statements.ts';
import { ISTANBUL, NOW_MS } from '../support/engine.ts';
import { seededRandom, testSeed } from '../support/random.ts';
import { type GivenRow, rowStore } from '../support/statement-rows.ts';

const ORDERS = 12;
const STEPS = 30;
const KINDS = statementKind.options;

interface RawPair {
  row_id: number;
  order_id: number;
  group_id: number;
  rule: string;
  kind: string;
  batch_key: string | null;
  amount: number;
  currency: string;
  rate: number | null;
  order_amount: number;
  order_refund: number;
  order_currency: string;
  order_status: string;
  cancelled: number;
}

type Store = ReturnType<typeof rowStore>;

/** What the rows of each kind differ by, worked out row by row from what is stored. */
function naive(store: Store): Map<string, bigint> {
  const pairs = store.file
    .prepare<[], RawPair>(
      `SELECT m.row_id, m.order_id, m.group_id, m.rule, s.kind, r.batch_key, r.amount, r.currency, r.rate,
         o.amount AS order_amount, o.refund_amount AS order_refund, o.currency AS order_currency, o.status AS order_status,
         NOT EXISTS (SELECT 1 FROM main.lines l WHERE l.order_id = o.id AND l.cancel_status IS NOT 'completed') AS cancelled
       FROM local.matches m JOIN local.statement_rows r ON r.id = m.row_id JOIN local.statements s ON s.id = r.statement_id
         JOIN main.orders o ON o.id = m.order_id WHERE m.state = 'confirmed' AND s.withdrawn_ms IS NULL`,
    )
    .all();
  const sums = new Map<string, bigint>();
  const add = (kind: string, currency: string, difference: bigint) => {
    sums.set(`${kind} ${currency}`, (sums.get(`${kind} ${currency}`) ?? 0n) + difference);
  };
  const ordersOf = Map.groupBy(pairs, ({ row_id }) => row_id);
  const isShared = ({ row_id, rule }: RawPair) => rule === 'batch' || (ordersOf.get(row_id)?.length ?? 0) > 1;
  const total = (some: readonly RawPair[]) => some.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  const alone = Map.groupBy(
    pairs.filter((pair) => !isShared(pair)),
    ({ kind, order_id }) => `${kind} ${order_id}`,
  );
  for (const of of alone.values()) {
    const [first] = of;
    if (first === undefined) continue;
    for (const sale of [true, false]) {
      const side = of.filter(({ amount }) => amount >= 0 === sale);
      if (side.length === 0 || side.some(({ currency, rate }) => currency !== first.order_currency && rate === null))
        continue;
      const wanted = sale ? BigInt(first.order_amount) : -BigInt(first.order_refund);
      const reversed =
        !sale && first.kind === 'erp' && total(of) === 0n && (first.order_status === '100' || first.cancelled === 1);
      add(first.kind, first.order_currency, reversed ? 0n : total(side) - wanted);
    }
  }
  const shared = Map.groupBy(pairs.filter(isShared), ({ kind, rule, group_id, batch_key }) =>
    rule === 'batch' ? `${kind} batch ${batch_key}` : `${kind} group ${group_id}`,
  );
  for (const of of shared.values()) {
    const [first] = of;
    if (first === undefined) continue;
    const received = total([...new Map(of.map((pair) => [pair.row_id, pair])).values()]);
    if (first.rule === 'batch') {
      const net = store.file
        .prepare<[string | null], { net: number; rows: number }>(
          `SELECT count(*) AS rows, sum(r.amount - ifnull(r.fee, 0)) AS net FROM local.statement_rows r
             JOIN local.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL AND s.kind IN ('gateway', 'marketplace')
           WHERE r.batch_key = ?`,
        )
        .get(first.batch_key);
      if (net !== undefined && net.rows > 0) add(first.kind, 'try', received - BigInt(net.net));
      continue;
    }
    const orders = [...new Map(of.map((pair) => [pair.order_id, pair])).values()];
    if (new Set(orders.map(({ order_currency }) => order_currency)).size > 1) continue;
    if (of.some(({ currency, order_currency, rate }) => currency !== order_currency && rate === null)) continue;
    const due = orders.reduce(
      (sum, order) =>
        sum +
        (of.some(({ amount }) => amount >= 0) ? BigInt(order.order_amount) : 0n) -
        (of.some(({ amount }) => amount < 0) ? BigInt(order.order_refund) : 0n),
      0n,
    );
    add(first.kind, first.order_currency, received - due);
  }
  return sums;
}

const shown = (sums: Map<string, bigint>) => [...sums].filter(([, sum]) => sum !== 0n).sort();

function ofStatements(store: Store): Map<string, bigint> {
  const kinds = new Map(store.file.prepare<[], [number, string]>('SELECT id, kind FROM local.statements').raw().all());
  const sums = new Map<string, bigint>();
  for (const { statement, difference } of store.reader.statementMatches()) {
    for (const [currency, amount] of Object.entries(difference)) {
      const key = `${kinds.get(statement)} ${currency}`;
      sums.set(key, (sums.get(key) ?? 0n) + parseAmount(amount));
    }
  }
  return sums;
}

function ofFindings(store: Store): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  const sides = store.file
    .prepare<[], { kind: string; currency: string; difference: string | null }>(
      `SELECT e.value ->> 'kind' AS kind, e.value ->> 'currency' AS currency, e.value ->> 'difference' AS difference
       FROM main.findings f, json_each(f.facts, '$.sides') e WHERE f.check_code IN ('erp.amount', 'erp.duplicate', 'statement.amount')`,
    )
    .all();
  for (const { kind, currency, difference } of sides) {
    sums.set(`${kind} ${currency}`, (sums.get(`${kind} ${currency}`) ?? 0n) + BigInt(difference ?? 0));
  }
  return sums;
}

it('statements of a kind differ by what the findings differ by, after any history', async () => {
  const seed = testSeed();
  const next = seededRandom(seed);
  const upTo = (n: number) => Math.floor(next() * n);
  const store = rowStore(
    Array.from({ length: ORDERS }, (_, index) => ({
      id: index + 1,
      number: `N${index + 1}`,
      amount: '100.00',
      currency: index % 6 === 5 ? 'eur' : 'try',
      refund_amount: index % 3 === 0 ? '40.00' : '0.00',
      status: index % 4 === 1 ? '100' : '500',
      invoice_number: index % 2 === 0 ? `F${index >> 2}` : null,
    })),
  );
  const { writer, file } = store;
  const history: string[] = [];
  let files = 0;
  const row = (): GivenRow => {
    const index = upTo(ORDERS);
    const amounts = ['100.00', '100.00', '60.00', '40.00', '99.99', '-40.00', '-100.00', '-39.00', '200.00', '0.00'];
    const key = next();
    return {
      ...(key < 0.75
        ? { order: `N${index + 1}` }
        : key < 0.9
          ? { invoice: `F${upTo(4)}` }
          : { order: `Z${files}${upTo(50)}` }),
      amount: amounts[upTo(amounts.length)] ?? '1.00',
      date: `${10 + upTo(5)}.03.2026`,
      ...(next() < 0.4 ? { batch: `B${upTo(3)}` } : {}),
      ...(next() < 0.2 ? { fee: '2.00' } : {}),
    };
  };
  const steps: Record<string, () => unknown> = {
    import: async () => {
      const kind = KINDS[upTo(KINDS.length)] ?? 'erp';
      files += 1;
      const rows = Array.from({ length: 1 + upTo(8) }, row);
      const transfers = ['98.00', '196.00', '60.00', '138.00', `${upTo(300)}.00`].map((amount) => ({
        batch: `B${upTo(3)}`,
        amount,
      }));
      // A row of its own, so that no file is a copy of another.
      const own = { order: `FILE${files}`, amount: `${1000 + files}.00` };
      history.push(`import ${kind} ${JSON.stringify(rows)}`);
      await store.import(kind, kind === 'bank' ? [...transfers, own] : [...rows, own]);
    },
    run: () => store.match(),
    withdraw: () => writer.withdrawStatement({ statement: pick('withdrawn_ms IS NULL'), reason: 'x', nowMs: NOW_MS }),
    restore: () => writer.restoreStatement({ statement: pick('withdrawn_ms IS NOT NULL'), reason: 'x', nowMs: NOW_MS }),
    undoRun: () => writer.matchUndoRun({ runId: null, nowMs: NOW_MS }),
    accept: () => writer.matchAccept({ rowIds: [open()], orderId: null, nowMs: NOW_MS }),
    undo: () => writer.matchUndo({ rowIds: [any()], nowMs: NOW_MS }),
    reject: () =>
      writer.matchReject({ rowIds: [any()], orderId: next() < 0.5 ? null : 1 + upTo(ORDERS), nowMs: NOW_MS }),
    hand: () => {
      const free = `SELECT r.id FROM local.statement_rows r JOIN local.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL
        WHERE s.kind = '${KINDS[upTo(KINDS.length)]}' AND NOT EXISTS (SELECT 1 FROM local.matches m WHERE m.row_id = r.id AND m.state = 'confirmed')`;
      const rowIds = [one(free), one(free)];
      writer.matchByHand({ rowIds, orderIds: [1 + upTo(ORDERS), 1 + upTo(ORDERS)], nowMs: NOW_MS });
    },
  };
  const one = (sql: string): number => {
    const ids = file.prepare<[], number>(sql).pluck().all();
    return ids[upTo(ids.length)] ?? 0;
  };
  const pick = (where: string) => one(`SELECT id FROM local.statements WHERE ${where}`);
  const open = () => one(`SELECT row_id FROM local.matches WHERE state <> 'confirmed'`);
  const any = () => one('SELECT row_id FROM local.matches');

  const names = [...Object.keys(steps), 'import', 'run', 'run', 'withdraw', 'restore'];
  let compared = 0;
  for (let step = 0; step < STEPS; step++) {
    const name = step < 4 ? 'import' : (names[upTo(names.length)] ?? 'run');
    history.push(name);
    try {
      await steps[name]?.();
    } catch (error) {
      // What cannot be done in this state is refused; rows of a file that change what is held are set aside.
      const refused = error instanceof Error && 'code' in error && !String(error.code).startsWith('SQLITE');
      if (!refused && !String(error).startsWith('Error: rejected')) throw error;
    }
    writer.runChecks({ nowMs: NOW_MS, erpHours: 24, timeZone: ISTANBUL });
    const expected = shown(naive(store));
    const hint = `seed ${seed}, step ${step}: ${history.join('; ')}`;
    expect(shown(ofFindings(store)), hint).toEqual(expected);
    expect(shown(ofStatements(store)), hint).toEqual(expected);
    // What a match shows is the whole picture of its order.
    const groups = store
      .groups()
      .filter(({ state, rule, orderCount }) => state === 'confirmed' && rule !== 'batch' && orderCount === 1);
    const byOrder = Map.groupBy(groups, ({ rows, orders }) => `${rows[0]?.statement} ${orders[0]?.id}`);
    for (const of of byOrder.values()) expect(new Set(of.map(({ difference }) => difference)).size, hint).toBe(1);
    compared += expected.length;
  }
  expect(compared, `seed ${seed}`).toBeGreaterThan(0);
});
