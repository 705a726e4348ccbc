import { dirname } from 'node:path';
import { openReaderFile } from '../../src/main/database/connection-files.ts';
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
const nowMs = Date.now();
const rules = { nowMs, erpHours: 24, timeZone };
const writer = createWriter(folder);
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

/** The full outer join of rows and orders by their key, nothing else: rows in the order of their keys, as in matching. */
function bareJoin(): number {
  const file = openReaderFile(folder);
  const rows = 'local.statement_rows INDEXED BY statement_rows_order';
  const join = file.prepare(`SELECT count(*), count(r.id), count(o.id)
    FROM (SELECT id, order_key FROM ${rows} WHERE order_key IS NOT NULL
      UNION ALL SELECT id, NULL FROM local.statement_rows WHERE order_key IS NULL) r
    FULL JOIN orders o ON o.number = r.order_key`);
  const ms = timed(() => join.get());
  file.close();
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
