import { dirname } from 'node:path';
import { openReaderFile } from '../../src/main/database/connection-files.ts';
import { sideReaderOf } from '../../src/main/engine/side-reader.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { draftOrder } from '../../src/main/sandbox/draft-order.ts';
import { writeOrder } from '../../src/main/sandbox/write-order.ts';
import { measureExactness } from './reconcile-exact.ts';
import { measureOtherKinds } from './reconcile-others.ts';
import { percentile, timed } from './table.ts';

/**
 * A process of its own: imports an ERP file into a filled connection folder, matches it, runs every check, then again
 * after single orders have changed, and prints what each took; then files of the other kinds, for what is found. Arguments: folder, file, seed, orders.
 */
const [folder = '', path = '', seedText = '', ordersText = ''] = process.argv.slice(2);
const [seed, orders] = [Number(seedText), Number(ordersText)];
const CHANGES = 25;
const timeZone = 'Europe/Istanbul';

/** Pairs that the bare join made, and how many of them have a row and an order. */
interface JoinCounts {
  pairs: number;
  rows: number;
  orders: number;
}

const nowMs = Date.now();
const rules = { nowMs, erpHours: 24, timeZone };
const worker = new URL('../../src/main/engine/worker.ts', import.meta.url);
const writer = createWriter(folder, undefined, null, undefined, null, sideReaderOf(worker));
// The store as it is day by day: its orders have been checked before the file comes.
const firstChecksMs = timed(() => writer.runChecks({ ...rules, all: true }));

const startedMs = performance.now();
const imported = await writer.importStatement({ path, kind: 'erp', dryRun: false, timeZone, nowMs });
const importMs = performance.now() - startedMs;

const matchMs = timed(() => writer.matchRun({ nowMs }));
const checksMs = timed(() => writer.runChecks({ ...rules, all: true }));
const joinMs = bareJoin();
// What is compared takes memory of its own, after everything that is measured.
const peakMb = Math.round(process.resourceUsage().maxRSS / 1_024);
const exact = measureExactness(folder, { seed, orders, kinds: ['erp'] });

const plan = { kind: 'refresh' as const, resumes: false, steps: [], requests: 0 };
const { runId, firstReading } = writer.beginRun({ kind: 'refresh', cause: 'command', plan, nowMs });
const recheckMs: number[] = [];
for (let change = 0; change < CHANGES; change += 1) {
  arrive(change, { status: change % 2 === 0 ? '400' : '510' });
  recheckMs.push(timed(() => writer.runChecks({ ...rules, all: false })));
}
// As they were: the generators do not know of the changes.
for (let change = 0; change < CHANGES; change += 1) arrive(CHANGES + change, {});
const erp = imported.statement ?? 0;
const others = await measureOtherKinds(writer, { folder, files: dirname(path), seed, orders, erp, nowMs, timeZone });
writer.close();

/** An order arrives, changed or as it was generated. */
function arrive(reading: number, change: { status?: string }): void {
  const { passId } = writer.beginPart({ runId, limit: 1, nowMs });
  const order = { ...writeOrder(seed, draftOrder(seed, (reading % CHANGES) * 31 + 7)), ...change };
  const body = new TextEncoder().encode(JSON.stringify({ count: 1, next: null, previous: null, results: [order] }));
  writer.applyPage({ passId, page: 1, nextPage: 2, pageSize: 1, body, reading: firstReading + reading, nowMs });
}

/**
 * The full outer join of rows and orders by their key, nothing else: each row with its orders or with none, then the orders
 * without a row, both in the order of their keys, as in matching. SQLite's own FULL JOIN notes every order it has met in a
 * table, which takes two to five times as long.
 */
function bareJoin(): number {
  const file = openReaderFile(folder);
  const keyed = 'local.statement_rows r INDEXED BY statement_rows_order';
  const join = file.prepare<[], JoinCounts>(`SELECT sum(pairs) AS pairs, sum(rows) AS rows, sum(orders) AS orders FROM (
    SELECT count(*) AS pairs, count(r.id) AS rows, count(o.id) AS orders
      FROM ${keyed} LEFT JOIN orders o ON o.number = r.order_key WHERE r.order_key IS NOT NULL
    UNION ALL SELECT count(*), count(*), 0 FROM local.statement_rows WHERE order_key IS NULL
    UNION ALL SELECT count(*), 0, count(*) FROM orders o INDEXED BY orders_number
      WHERE NOT EXISTS (SELECT 1 FROM ${keyed} WHERE r.order_key = o.number))`);
  let counts: JoinCounts | undefined;
  const ms = timed(() => {
    counts = join.get();
  });
  const held = file.prepare<[], JoinCounts>(`SELECT 0 AS pairs, (SELECT count(*) FROM local.statement_rows) AS rows,
    (SELECT count(*) FROM orders) AS orders`);
  const all = held.get();
  file.close();
  // Nothing may be left out: a row or an order stands in one pair at least.
  if (counts === undefined || all === undefined || counts.rows < all.rows || counts.orders < all.orders) {
    throw new Error('The join left rows or orders out.');
  }
  return ms;
}

process.stdout.write(
  `${JSON.stringify({
    rows: imported.rows,
    accepted: imported.accepted,
    importMs,
    matchMs,
    firstChecksMs,
    checksMs,
    joinMs,
    recheckP95Ms: percentile(recheckMs, 95),
    peakMb,
    exact,
    others,
  })}\n`,
);
