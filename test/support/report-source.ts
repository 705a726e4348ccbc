import { CHECK_CODES } from '../../src/main/reconcile/checks/catalogue.ts';
import type { ReportControl, ReportOrder, ReportSource } from '../../src/main/reports/source.ts';
import type { Finding } from '../../src/shared/findings.ts';
import { formatAmount, parseAmount } from '../../src/shared/money.ts';
import { FINDING_STATUSES } from '../../src/shared/queue.ts';
import type { ReportTotals } from '../../src/shared/reports.ts';
import { DEFAULT_RULES } from '../../src/shared/rules.ts';

/** An order of a report with everything filled in; `changes` replace what a test is about. */
export function reportOrder(id: number, changes: Partial<ReportOrder> = {}): ReportOrder {
  return {
    id,
    number: String(2_790_000_000_000_000 + id),
    channel: 'Web',
    status: '550',
    datePlacedMs: Date.UTC(2026, 0, 5, 21, 30, 15) + id * 60_000,
    currency: 'try',
    linesTotal: '100.10',
    shipping: '9.90',
    discount: '5.00',
    interest: '0.00',
    amount: '105.00',
    refund: '0.00',
    invoiceNumber: `ABC2026${String(id).padStart(9, '0')}`,
    sent: true,
    findings: 0,
    ...changes,
  };
}

/** A finding of a report. */
export function reportFinding(id: number, changes: Partial<Finding> = {}): Finding {
  return {
    check: 'amount.total',
    subject: id,
    severity: 'warning',
    row: null,
    order: { id, number: String(2_790_000_000_000_000 + id) },
    expected: '105.00',
    actual: '106.50',
    difference: '-1.50',
    currency: 'try',
    text: { en: 'The amount is 1.50 too high; look at it.', tr: 'Tutar 1,50 fazla; inceleyin.' },
    status: 'open',
    age: 3,
    reason: null,
    owner: null,
    note: null,
    ...changes,
  };
}

/** Orders that a check with findings could not judge. */
export const NOT_JUDGED = 12;

function groupOf(found: readonly Finding[]): Pick<ReportControl['byCheck'][number], 'count' | 'differences'> {
  const currencies = new Set(found.filter(({ difference }) => difference !== null).map(({ currency }) => currency));
  const sumIn = (currency: string): bigint =>
    found
      .filter((finding) => finding.currency === currency)
      .reduce((sum, { difference }) => sum + parseAmount(difference ?? '0'), 0n);
  return {
    count: found.length,
    differences: [...currencies].map((currency) => ({ currency, difference: formatAmount(sumIn(currency), currency) })),
  };
}

function controlOf(orders: readonly ReportOrder[], findings: readonly Finding[]): ReportControl {
  const totals = new Map<string, ReportTotals[string]>();
  for (const order of orders) {
    const known = totals.get(order.currency) ?? { orders: 0, amount: '0', refund: '0' };
    totals.set(order.currency, {
      orders: known.orders + 1,
      amount: formatAmount(parseAmount(known.amount) + parseAmount(order.amount), order.currency),
      refund: formatAmount(parseAmount(known.refund) + parseAmount(order.refund ?? '0'), order.currency),
    });
  }
  const dates = orders.map((order) => order.datePlacedMs).sort((a, b) => a - b);
  return {
    orders: orders.length,
    findings: findings.length,
    totals: Object.fromEntries(totals),
    byCheck: CHECK_CODES.filter((check) => findings.some((finding) => finding.check === check)).map((check) => ({
      check,
      skipped: NOT_JUDGED,
      ...groupOf(findings.filter((finding) => finding.check === check)),
    })),
    byStatus: FINDING_STATUSES.filter((status) => findings.some((finding) => finding.status === status)).map(
      (status) => ({ status, ...groupOf(findings.filter((finding) => finding.status === status)) }),
    ),
    firstDateMs: dates[0] ?? null,
    lastDateMs: dates.at(-1) ?? null,
    distinctNumbers: new Set(orders.map((order) => order.number)).size,
  };
}

/** A report source over lists, in chunks of `chunk` rows. */
export function reportSource(
  orders: ReportOrder[],
  findings: Finding[] = [],
  changes: { control?: Partial<ReportControl>; header?: Partial<ReportSource['header']>; chunk?: number } = {},
): ReportSource {
  const size = changes.chunk ?? 3;
  function* chunks<Row>(rows: Row[]): Iterable<Row[]> {
    for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
  }
  return {
    header: {
      company: 'Örnek Mağazacılık A.Ş.',
      connection: 'default',
      source: 'https://shop.example.com',
      period: { from: '2026-01-01', to: '2026-01-31' },
      timeZone: 'Europe/Istanbul',
      filter: '',
      runAtMs: Date.UTC(2026, 1, 2, 8, 5, 9),
      programVersion: '0.1.0',
      rulesVersion: '1',
      rules: DEFAULT_RULES,
      otherQuantityKey: false,
      lastSync: { finishedAtMs: Date.UTC(2026, 1, 2, 7), complete: true, remoteCount: 5 },
      lastCompleteMs: Date.UTC(2026, 1, 2, 7),
      unfinishedMs: null,
      quarantined: 0,
      vanished: 0,
      checkRun: { nowMs: Date.UTC(2026, 1, 2, 7, 0, 5), erpHours: 24 },
      ...changes.header,
    },
    control: { ...controlOf(orders, findings), ...changes.control },
    orders: () => chunks(orders),
    findings: () => chunks(findings),
  };
}
