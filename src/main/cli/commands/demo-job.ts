import { isDeepStrictEqual } from 'node:util';
import type {
  CorrectionField,
  CorrectionRow,
  FieldValue,
  NewCorrection,
  PushSummary,
} from '../../../shared/corrections.ts';
import { NO_ORDER_FILTER, type OrderDetail } from '../../../shared/orders.ts';
import { businessDay, type Period } from '../../../shared/period.ts';
import type { ReportResult, ReportTotals } from '../../../shared/reports.ts';
import type { SyncSummary } from '../../../shared/sync.ts';
import type { Connection } from '../../connections/connection.ts';
import { listPlanted, type PlantedDiscrepancy } from '../../sandbox/planting.ts';
import type { CliContext } from '../context.ts';
import { allCorrections } from './corrections-list.ts';
import { describeProgress } from './corrections-push.ts';
import { type Comparison, compareWithPlanted } from './demo-comparison.ts';
import { inOrder } from './reconcile.ts';
import { progressLine } from './sync.ts';

/** What the demo did and saw, step by step. */
export interface DemoJob {
  sync: SyncSummary;
  totals: ReportTotals;
  /** Findings against the planted discrepancies, before and after the corrections. */
  before: Comparison;
  after: Comparison;
  /** Corrections queued by this run. */
  queued: number;
  push: PushSummary;
  /** How many of them have values that the sandbox hands out when it is read anew. */
  held: number;
  report: ReportResult;
  /** True when the totals in the file, in the window and on the command line are the same. */
  tiesOut: boolean;
}

const EVERYTHING: Period = { from: null, to: null };

async function pull(context: CliContext, connection: Connection): Promise<SyncSummary> {
  return connection.sync({ signal: context.signal, onProgress: (progress) => context.tell(progressLine(progress)) });
}

async function compare(
  context: CliContext,
  connection: Connection,
  store: { orders: number; seed: number },
): Promise<Comparison> {
  await connection.reconcile(context.clock.now());
  const { timeZone } = context.settings;
  const found = await connection.reader.findingsAll({ filter: { period: EVERYTHING, checks: [], text: '' }, timeZone });
  const planted = await visible(connection, listPlanted(store.seed, store.orders));
  return compareWithPlanted(planted, await allCorrections(connection.reader), found);
}

/** What can be found with what has been read: the payments of most orders never are, nor is OMS in a demo store. */
async function visible(
  { reader }: Connection,
  planted: readonly PlantedDiscrepancy[],
): Promise<readonly PlantedDiscrepancy[]> {
  const omsIsRead = (await reader.omsReadMs()) !== null;
  const shown: PlantedDiscrepancy[] = [];
  for (const each of planted) {
    const { needs, orderId } = each;
    const isShown =
      needs === 'orders' ||
      (needs === 'oms' && omsIsRead) ||
      (needs === 'payments' && (await reader.orderPayments({ id: orderId })) !== null);
    if (isShown) shown.push(each);
  }
  return shown;
}

/** Marks what is missing in the ERP as sent, and gives the first order without an invoice one; answers the ids. */
async function queueCorrections({ settings, clock }: CliContext, { reader, writer }: Connection): Promise<number[]> {
  const { timeZone } = settings;
  const nowMs = clock.now();
  const marked = await writer.markSent({
    filter: { ...NO_ORDER_FILTER, check: 'erp.not-sent' },
    selection: { mode: 'all', except: [] },
    timeZone,
    nowMs,
  });
  const filter = { period: EVERYTHING, checks: ['invoice.missing'], text: '' };
  const { rows } = await reader.findingsWindow({ filter, timeZone, offset: 0, limit: 1 });
  const orderId = rows[0]?.order?.id;
  const line = orderId === undefined ? undefined : (await reader.orderDetail({ id: orderId })).lines[0];
  if (orderId === undefined || line === undefined) return marked.ids;
  const today = businessDay(nowMs, timeZone);
  const number = `DEM${today.slice(0, 4)}${`${orderId}`.padStart(9, '0')}`;
  const set = {
    invoice_number: number,
    invoice_date: today,
    e_archive_url: `https://earsiv.example.com/fatura/${number}`,
  };
  const correction: NewCorrection = { target: { kind: 'line', lineId: line.id }, set };
  const { id } = await writer.addCorrection({ correction, timeZone, nowMs });
  return [...marked.ids, id];
}

/** True when the order, as the server last handed it out, has every value that the correction wanted. */
function isHeld(order: OrderDetail, { lineId, fields }: CorrectionRow): boolean {
  const line = order.lines.find((each) => each.id === lineId);
  const read: Partial<Record<CorrectionField, FieldValue | undefined>> = {
    is_send: order.sent,
    invoice_number: line?.invoiceNumber,
    invoice_date: line?.invoiceDate?.slice(0, 10),
    e_archive_url: line?.eArchiveUrl,
  };
  return fields.every(({ field, target }) => read[field] === target);
}

async function countHeld({ reader }: Connection, ids: readonly number[]): Promise<number> {
  const mine = (await allCorrections(reader)).filter((row) => ids.includes(row.id));
  let held = 0;
  for (const row of mine) if (isHeld(await reader.orderDetail({ id: row.order.id }), row)) held += 1;
  return held;
}

/** The totals under the window's grid in the form of a report's. */
async function windowTotals({ reader }: Connection, timeZone: string): Promise<ReportTotals> {
  const { all } = await reader.ordersTotals({ filter: NO_ORDER_FILTER, selection: { mode: 'ids', ids: [] }, timeZone });
  return Object.fromEntries(all.map(({ currency, orders, amount, refund }) => [currency, { orders, amount, refund }]));
}

/** The whole job on an opened demo store: pull, compare, correct, pull again, report. */
export async function runDemoJob(
  context: CliContext,
  connection: Connection,
  store: { orders: number; seed: number },
  reportPath: string,
): Promise<DemoJob> {
  const { settings, clock, signal, tell } = context;
  const { timeZone } = settings;
  const sync = await pull(context, connection);
  const before = await compare(context, connection, store);
  const ids = await queueCorrections(context, connection);
  const push = await connection.push({ signal, onProgress: (progress) => tell(describeProgress(progress)) });
  await pull(context, connection);
  const after = await compare(context, connection, store);
  const held = await countHeld(connection, ids);
  const report = await connection.report(
    { kind: 'reconciliation', format: 'xlsx', period: EVERYTHING, language: settings.language },
    { path: reportPath, nowMs: clock.now(), signal, onProgress: (rows, total) => tell(`${rows} of ${total} rows`) },
  );
  const { totals } = await connection.reader.periodTotals({ period: EVERYTHING, timeZone });
  const tiesOut =
    isDeepStrictEqual(report.totals, totals) && isDeepStrictEqual(await windowTotals(connection, timeZone), totals);
  return { sync, totals: inOrder(totals), before, after, queued: ids.length, push, held, report, tiesOut };
}
