import { z } from 'zod';
import type { ExtraFieldName, FieldValue } from '../../shared/corrections.ts';
import { AppError } from '../../shared/errors.ts';
import { isWithinLimit } from '../../shared/money.ts';
import { statusCode } from '../../shared/statuses.ts';
import { parseJsonLiterals } from './json-literals.ts';
import { DOCUMENTED_READING, eArchiveUrlOf, type LineReading, mapOrder } from './map-order.ts';
import type { BadRow, MappedOrder, ParsedFields, ParsedPage } from './mapped-order.ts';
import { type WireOrder, wireFields, wireLineFields, wireOrder, wirePage } from './wire.ts';

/** Where a value breaks the contract and how. Never the value itself. */
export interface Fault {
  path: string;
  code: string;
}

/** The first fault that a schema found. */
export function firstFault(error: z.core.$ZodError): Fault {
  const issue = error.issues[0];
  if (issue === undefined) return { path: '', code: 'unknown' };
  // Our own checks name their fault in the message (wire.ts).
  return { path: issue.path.join('.'), code: issue.code === 'custom' ? issue.message : issue.code };
}

/** The error for an answer that is not what was asked for; it never quotes the answer. */
export function notContract(what: string, fault: Fault): AppError {
  const at = fault.path === '' ? '' : ` at ${fault.path}`;
  return new AppError(
    'RESPONSE_INVALID',
    `Omnitron's answer is not ${what} as its API describes it (${fault.code}${at}). Nothing of it was stored.`,
    { details: { ...fault } },
  );
}

/**
 * Made into code once: a page takes a quarter less time, and there are no maps that the uncompiled schema fills for each row,
 * which outlived it and kept the collector busy.
 */
const order = z.compile(wireOrder, { strict: true });

function duplicateLine({ orderitem_set: lines }: WireOrder): Fault | null {
  const seen = new Set<number>();
  for (const [index, line] of lines.entries()) {
    if (seen.has(line.id)) return { path: `orderitem_set.${index}.id`, code: 'duplicate_id' };
    seen.add(line.id);
  }
  return null;
}

/** Prices whose sum is beyond the limit of one amount cannot be compared with the order's. */
function hugeTotal({ orderitem_set: lines }: WireOrder): Fault | null {
  const total = lines.reduce((sum, line) => sum + line.price, 0n);
  return isWithinLimit(total) ? null : { path: 'orderitem_set', code: 'sum_too_large' };
}

function readOrder(
  value: unknown,
  reading: LineReading,
): { ok: true; order: MappedOrder } | { ok: false; fault: Fault } {
  const parsed = order.safeParse(value);
  if (!parsed.success) return { ok: false, fault: firstFault(parsed.error) };
  const fault = duplicateLine(parsed.data) ?? hugeTotal(parsed.data);
  return fault === null ? { ok: true, order: mapOrder(parsed.data, reading) } : { ok: false, fault };
}

function badRow(value: unknown, fault: Fault): BadRow {
  const id = wireOrder.pick({ id: true }).safeParse(value);
  return { id: id.success ? id.data.id : null, path: fault.path, code: fault.code };
}

/**
 * Reads a page of `/api/i1/orders/`. A row that is not the contract's order does not spoil the page: it is reported as
 * bad, with path and code. What is going to be stored is read with the key in force (`lineReading`).
 * @throws AppError RESPONSE_INVALID when the body is not the documented envelope; `details` holds path and code.
 */
export function parseOrdersPage(bytes: Uint8Array, reading: LineReading = DOCUMENTED_READING): ParsedPage {
  const page = wirePage.safeParse(parseJsonLiterals(bytes));
  if (!page.success) throw notContract('a page of orders', firstFault(page.error));
  const rows = page.data.results.map((value): ParsedPage['rows'][number] => {
    const row = readOrder(value, reading);
    return row.ok ? row : { ok: false, bad: badRow(value, row.fault) };
  });
  return { count: page.data.count, hasNext: page.data.next !== null, rows };
}

/**
 * Reads one order in the i1 shape (order by number), its lines as `parseOrdersPage` does.
 * @throws AppError RESPONSE_INVALID
 */
export function parseOrder(bytes: Uint8Array, reading: LineReading = DOCUMENTED_READING): MappedOrder {
  const row = readOrder(parseJsonLiterals(bytes), reading);
  if (!row.ok) throw notContract('an order', row.fault);
  return row.order;
}

function readFields<T extends typeof wireFields>(
  schema: T,
  bytes: Uint8Array,
  what: string,
): z.infer<T> & { id: number } {
  const parsed = schema.safeParse(parseJsonLiterals(bytes));
  if (!parsed.success) throw notContract(what, firstFault(parsed.error));
  const id = parsed.data.pk ?? parsed.data.id;
  if (id === undefined) throw notContract(what, { path: 'pk', code: 'missing' });
  return { ...parsed.data, id };
}

function invoiceFields(wire: z.infer<typeof wireFields> & { id: number }): ParsedFields {
  const fields: ParsedFields = { id: wire.id };
  if (wire.invoice_number !== undefined) fields.invoice_number = wire.invoice_number;
  if (wire.invoice_date !== undefined) fields.invoice_date = wire.invoice_date;
  const eArchiveUrl = eArchiveUrlOf(wire);
  if (eArchiveUrl !== undefined) fields.e_archive_url = eArchiveUrl;
  return fields;
}

/**
 * The correctable fields of an order in the i1, the flat v1 or the detailed shape. The detailed shape carries
 * credentials: nothing but these fields is taken over.
 * @throws AppError RESPONSE_INVALID
 */
export function parseOrderFields(bytes: Uint8Array): ParsedFields {
  const wire = readFields(wireFields, bytes, 'an order');
  const fields = invoiceFields(wire);
  if (wire.is_send !== undefined) fields.is_send = wire.is_send;
  return fields;
}

/**
 * The correctable fields of a line (`/api/v1/order_items/{pk}/`), with the keys of `extra_field` that are asked for: the
 * others may hold anything and are dropped unread.
 * @throws AppError RESPONSE_INVALID
 */
export function parseLineFields(bytes: Uint8Array, extraKeys: readonly string[]): ParsedFields {
  const wire = readFields(wireLineFields, bytes, 'an order line');
  const fields = invoiceFields(wire);
  if (wire.tracking_number !== undefined) fields.tracking_number = wire.tracking_number;
  if (wire.shipping_company !== undefined) fields.shipping_company = wire.shipping_company;
  if (wire.status !== undefined && wire.status !== null) fields.status = statusCode(wire.status);
  if (wire.cancel_status !== undefined) fields.cancel_status = wire.cancel_status;
  return wire.extra_field === undefined ? fields : { ...fields, ...extraFields(wire.extra_field, extraKeys) };
}

/** The contract lets `extra_field` be null; anything but that and an object says nothing about its keys. */
function extraFields(value: unknown, keys: readonly string[]): Record<ExtraFieldName, FieldValue> {
  if (typeof value !== 'object' || Array.isArray(value)) return {};
  const found: Record<ExtraFieldName, FieldValue> = {};
  for (const key of keys) {
    // Numbers are texts already, so that JSON has nothing else to offer than what a field value is.
    const held = value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : null;
    found[`extra_field.${key}`] = held as FieldValue;
  }
  return found;
}
