import type { Finding } from '../../shared/findings.ts';
import { checkTitle } from '../reconcile/checks/catalogue.ts';
import type { Labels, Language } from './label-types.ts';
import { statusText } from './labels.ts';
import type { ReportOrder } from './source.ts';

/**
 * How a value is written. text: a string, never a number or a formula. amount: canonical decimal text.
 * count: a whole number. instant: epoch milliseconds.
 */
export type ColumnKind = 'text' | 'amount' | 'count' | 'instant';

/** One column of a table, the same in CSV and XLSX. Null is "no data". */
export interface ReportColumn<Row> {
  id: keyof Labels['columns'];
  kind: ColumnKind;
  /** Width in the workbook, in characters. */
  width: number;
  /** Whether a long text goes on in further lines of its cell; otherwise it is cut off at the next one. */
  wraps: boolean;
  /** Whether the totals above the table add this column up. */
  totalled: boolean;
  value(row: Row, labels: Labels): string | number | null;
}

function text<Row>(
  id: ReportColumn<Row>['id'],
  width: number,
  value: (row: Row, labels: Labels) => string | null,
  wraps = false,
): ReportColumn<Row> {
  return { id, kind: 'text', width, wraps, totalled: false, value };
}

function amount<Row>(
  id: ReportColumn<Row>['id'],
  value: (row: Row) => string | null,
  totalled = true,
): ReportColumn<Row> {
  return { id, kind: 'amount', width: 14, wraps: false, totalled, value };
}

/** The amount columns of the order table, all of which are added up: their ids are the names of the order's fields. */
export const ORDER_AMOUNTS = ['linesTotal', 'shipping', 'discount', 'interest', 'amount', 'refund'] as const;
export type OrderAmount = (typeof ORDER_AMOUNTS)[number];

/** Columns of the order table. The first one stays in view. */
export const ORDER_COLUMNS: readonly ReportColumn<ReportOrder>[] = [
  text('number', 20, (order) => order.number),
  text('id', 11, (order) => String(order.id)),
  text('channel', 15, (order) => order.channel, true),
  text('status', 22, (order, labels) => statusText(order.status, labels), true),
  { id: 'datePlaced', kind: 'instant', width: 20, wraps: false, totalled: false, value: (order) => order.datePlacedMs },
  text('currency', 10, (order) => order.currency.toUpperCase()),
  ...ORDER_AMOUNTS.map((id) => amount<ReportOrder>(id, (order) => order[id])),
  text('invoiceNumber', 20, (order) => order.invoiceNumber),
  text('sent', 10, (order, labels) => (order.sent ? labels.values.yes : labels.values.no)),
  { id: 'findings', kind: 'count', width: 10, wraps: false, totalled: true, value: (order) => order.findings },
];

/**
 * Columns of the finding table. Only differences are totalled: a sum of expected or actual values of different checks
 * would say nothing.
 */
export function findingColumns(language: Language): readonly ReportColumn<Finding>[] {
  return [
    text('number', 20, (finding) => finding.order?.number ?? null),
    text('id', 11, (finding) => (finding.order === null ? null : String(finding.order.id))),
    text('check', 24, (finding) => checkTitle(finding.check, language), true),
    text('code', 21, (finding) => finding.check),
    text('severity', 11, (finding, labels) => labels.codes.severities[finding.severity]),
    amount('expected', (finding) => finding.expected, false),
    amount('actual', (finding) => finding.actual, false),
    amount('difference', (finding) => finding.difference),
    text('currency', 10, (finding) => finding.currency.toUpperCase()),
    text('explanation', 60, (finding) => finding.text[language], true),
    text('decision', 13, (finding, labels) => labels.codes.findingStatuses[finding.status]),
    text(
      'reason',
      24,
      (finding, labels) => (finding.reason === null ? null : labels.codes.reasons[finding.reason]),
      true,
    ),
    text('decisionNote', 36, (finding) => finding.note, true),
  ];
}
