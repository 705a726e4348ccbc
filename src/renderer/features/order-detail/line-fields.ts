import { type Judged, judgeValue, KNOWN_CARRIERS, type ValueFacts } from '../../../shared/correction-values.ts';
import {
  type CorrectionField,
  type CorrectionRow,
  type FieldValue,
  type LINE_FIELDS,
  PENDING_STATES,
} from '../../../shared/corrections.ts';
import { expectsEInvoices } from '../../../shared/e-invoices.ts';
import { parseDayForPeople, utcDay } from '../../../shared/format.ts';
import type { OrderDetail, OrderLine } from '../../../shared/orders.ts';
import { CANCEL_STATUSES, STATUS_NAMES } from '../../../shared/statuses.ts';

export type LineField = (typeof LINE_FIELDS)[number];

const SERVER_VALUES: Readonly<Record<LineField, keyof OrderLine>> = {
  invoice_number: 'invoiceNumber',
  invoice_date: 'invoiceDate',
  e_archive_url: 'eArchiveUrl',
  tracking_number: 'trackingNumber',
  shipping_company: 'shippingCompany',
  status: 'status',
  cancel_status: 'cancelStatus',
};

/** What Omnitron has in a field of a line. */
export function serverValue(line: OrderLine, field: LineField): string | null {
  const value = line[SERVER_VALUES[field]];
  return typeof value === 'string' ? value : null;
}

/** The values that a field is chosen from; null = it is typed. */
export function choicesOf(field: LineField): readonly string[] | null {
  if (field === 'status') return Object.keys(STATUS_NAMES);
  return field === 'cancel_status' ? CANCEL_STATUSES : null;
}

/** Values that are offered while one is typed. */
export function suggestionsFor(field: LineField): readonly string[] {
  return field === 'shipping_company' ? KNOWN_CARRIERS : [];
}

/** The other field of an invoice, with which number and date are judged together; null = the field stands by itself. */
export function companionOf(field: LineField): 'invoice_number' | 'invoice_date' | null {
  if (field === 'invoice_number') return 'invoice_date';
  return field === 'invoice_date' ? 'invoice_number' : null;
}

/** What a line's values are judged by here; carriers and closed periods are left to the engine, which knows them. */
export function factsOfLine(order: OrderDetail, line: OrderLine, nowMs: number, timeZone: string): ValueFacts {
  return {
    nowMs,
    timeZone,
    closedUntil: null,
    eInvoices: expectsEInvoices({ currency: order.currency, datePlacedMs: Date.parse(order.datePlaced) }),
    cancelStatus: line.cancelStatus === '' ? null : line.cancelStatus,
    knowsCarrier: () => true,
  };
}

/** The wanted value of the newest pending correction of a field; undefined when there is none. */
export function stagedValue(
  corrections: readonly CorrectionRow[],
  lineId: number | null,
  field: CorrectionField,
): FieldValue | undefined {
  let newest: { id: number; target: FieldValue } | undefined;
  for (const { id, state, lineId: target, fields } of corrections) {
    if (target !== lineId || !PENDING_STATES.includes(state) || (newest !== undefined && newest.id > id)) continue;
    const found = fields.find((entry) => entry.field === field);
    if (found !== undefined) newest = { id, target: found.target };
  }
  return newest?.target;
}

/** True when Omnitron, or a pending correction over it, already has this value in a field of a line. */
export function holdsValue(
  corrections: readonly CorrectionRow[],
  line: OrderLine,
  field: LineField,
  value: string,
): boolean {
  const held = stagedValue(corrections, line.id, field) ?? serverValue(line, field);
  if (typeof held !== 'string') return false;
  return field === 'invoice_date' ? utcDay(held) === utcDay(value) : held === value;
}

/**
 * Reads what was typed into a field, or chosen for it, as the value of a correction: an invoice date becomes
 * `YYYY-MM-DD`. Clearing a field is not offered: Omnitron does not document that it works.
 */
export function readFieldText(field: LineField, text: string, facts: ValueFacts): Judged {
  const typed = field === 'invoice_date' && text.trim() !== '' ? (parseDayForPeople(text.trim()) ?? text) : text;
  return judgeValue(field, typed, facts);
}
