import type { FindingFilter } from '../../shared/findings.ts';
import { formatAmount } from '../../shared/money.ts';
import type { Period } from '../../shared/period.ts';
import type { CheckRules } from '../engine/services.ts';
import { CATALOGUE_VERSION, CHECK_CODES } from '../reconcile/checks/catalogue.ts';
import { FINDINGS_DECIDED, IN_QUEUE } from '../reconcile/queue/status-sql.ts';
import { readRules, rulesOfFindings } from '../reconcile/rules.ts';
import { runChecksAside } from '../reconcile/run-checks.ts';
import type { ReportHeader, ReportOrder, ReportSource } from '../reports/source.ts';
import { readDataState } from './data-state.ts';
import { prepareFindingReads } from './findings-read.ts';
import type { SqliteFile } from './open.ts';
import { periodCondition } from './order-filter.ts';
import { currencyTotals } from './order-totals.ts';
import { readQuantityKeys } from './quantity-key.ts';

interface RawOrderRow {
  id: bigint;
  number: string;
  channel: string | null;
  status: string;
  date_placed_ms: bigint;
  currency: string;
  lines_total: bigint;
  shipping_amount: bigint | null;
  discount_amount: bigint | null;
  installment_interest_amount: bigint | null;
  shipping_interest_amount: bigint | null;
  amount: bigint;
  refund_amount: bigint | null;
  invoice_number: string | null;
  sent: bigint;
  findings: bigint;
}

const CHUNK = 1_000;

/** What the caller knows about a report; the rest of its header comes from the data. */
interface ReportAsked {
  company: string;
  connection: string;
  source: string;
  period: Period;
  timeZone: string;
  runAtMs: number;
  programVersion: string;
  /** Runs the checks anew, for this report only; null takes the stored findings. */
  rules: CheckRules | null;
}

/**
 * A report's header, totals and rows from `file`, which must be a connection of its own: all of them are of one snapshot,
 * a transaction that lasts until the connection is closed. Rows can be walked any number of times.
 */
export function openReportSource(file: SqliteFile, { rules, ...asked }: ReportAsked): ReportSource {
  file.exec('BEGIN');
  const { period } = asked;
  const inPeriod = periodCondition(period, asked.timeZone);
  const state = readDataState(file, inPeriod);
  // After the first read: the checks must see the snapshot that the orders are read from.
  if (rules !== null) runChecksAside(file, rules);
  const inForce = rules === null ? rulesOfFindings(file) : readRules(file, 'local');
  const header: ReportHeader = {
    ...asked,
    ...state,
    checkRun: rules ?? state.checkRun,
    filter: '',
    rulesVersion: `${CATALOGUE_VERSION}.${inForce.version}`,
    rules: inForce.rules,
    otherQuantityKey: readQuantityKeys(file).heldBy !== inForce.rules.quantityKey,
  };
  const filter: FindingFilter = { period, checks: [], text: '' };
  const findings = prepareFindingReads(file, () => asked.runAtMs);
  const totals = currencyTotals(file, inPeriod);
  const range = file
    .prepare<unknown[], { orders: number; first: number | null; last: number | null; numbers: number }>(
      `SELECT count(*) AS orders, min(o.date_placed_ms) AS first, max(o.date_placed_ms) AS last,
         count(DISTINCT o.number) AS numbers FROM orders o WHERE ${inPeriod.sql}`,
    )
    .get(...inPeriod.values);
  const summary = findings.summary({ filter, timeZone: header.timeZone });

  function* orders(): Iterable<ReportOrder[]> {
    const next = file
      .prepare<unknown[], RawOrderRow>(
        `SELECT o.id, o.number, o.channel, o.status, o.date_placed_ms, o.currency, o.lines_total, o.shipping_amount,
           o.discount_amount, o.installment_interest_amount, o.shipping_interest_amount, o.amount, o.refund_amount,
           o.invoice_number, o.sent, 
             (SELECT count(*) FROM ${FINDINGS_DECIDED} WHERE f.order_id = o.id AND ${IN_QUEUE}) AS findings
         FROM orders o WHERE ${inPeriod.sql} AND (o.date_placed_ms, o.id) > (?, ?)
         ORDER BY o.date_placed_ms, o.id LIMIT ${CHUNK}`,
      )
      .safeIntegers();
    let after: [bigint, bigint] = [-9_007_199_254_740_991n, 0n];
    for (;;) {
      const found = next.all(...inPeriod.values, ...after);
      if (found.length > 0) yield found.map(toReportOrder);
      const last = found.at(-1);
      if (last === undefined || found.length < CHUNK) return;
      after = [last.date_placed_ms, last.id];
    }
  }

  return {
    header,
    control: {
      orders: range?.orders ?? 0,
      findings: findings.count(filter, header.timeZone),
      totals: Object.fromEntries(
        totals.map(({ currency, orders: n, amount, refund }) => [currency, { orders: n, amount, refund }]),
      ),
      byCheck: CHECK_CODES.flatMap((code) =>
        summary
          .filter(({ check }) => check === code)
          .map(({ check, count, differences, skipped }) => ({ check, count, differences, skipped })),
      ),
      byStatus: findings.byStatus({ filter, timeZone: header.timeZone }),
      firstDateMs: range?.first ?? null,
      lastDateMs: range?.last ?? null,
      distinctNumbers: range?.numbers ?? 0,
    },
    orders,
    findings: () => findings.chunks(filter, header.timeZone, CHUNK),
  };
}

function toReportOrder(row: RawOrderRow): ReportOrder {
  const money = (micros: bigint | null): string | null => (micros === null ? null : formatAmount(micros, row.currency));
  const interests = [row.installment_interest_amount, row.shipping_interest_amount].filter((part) => part !== null);
  return {
    id: Number(row.id),
    number: row.number,
    channel: row.channel,
    status: row.status,
    datePlacedMs: Number(row.date_placed_ms),
    currency: row.currency,
    linesTotal: formatAmount(row.lines_total, row.currency),
    shipping: money(row.shipping_amount),
    discount: money(row.discount_amount),
    interest: interests.length === 0 ? null : money(interests.reduce((sum, part) => sum + part, 0n)),
    amount: formatAmount(row.amount, row.currency),
    refund: money(row.refund_amount),
    invoiceNumber: row.invoice_number,
    sent: row.sent === 1n,
    findings: Number(row.findings),
  };
}
