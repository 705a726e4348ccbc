import { z } from 'zod';
import { type CorrectionField, type CorrectionRow, type FieldValue, fieldValue } from '../../shared/corrections.ts';
import { AppError } from '../../shared/errors.ts';
import type { SqliteFile } from '../database/open.ts';
import { lineReading } from '../database/quantity-key.ts';
import { heldOrder } from '../database/raw-order.ts';
import type { ReadingShape } from '../engine/push-service.ts';
import type { MappedLine, MappedOrder, ParsedFields } from '../omnitron/mapped-order.ts';
import { parseLineFields, parseOrder, parseOrderFields } from '../omnitron/parse-page.ts';
import { extraKeysOf } from './compare.ts';

/** The corrected fields as an answer shows them; a field that it does not carry is not there. */
export type ServerValues = Partial<Record<CorrectionField, FieldValue>>;

/**
 * Reads the corrected fields out of an answer; the cache takes over what it says. `store` puts an order there.
 * @throws AppError NOT_FOUND when the answer is about another order or line, LINE_UNKNOWN when the line is not where it
 * was corrected, RESPONSE_INVALID
 */
export function readInto(
  cache: SqliteFile,
  { row, shape, body }: { row: CorrectionRow; shape: ReadingShape; body: Uint8Array },
  store: (order: MappedOrder) => void,
): ServerValues {
  const inCache = (order: MappedOrder): void => cache.transaction(() => store(order)).immediate();
  if (shape === 'order') {
    const order = parseOrder(body, lineReading(cache));
    assertSame(order.id, row.order.id);
    inCache(order);
    return corrected(row, valuesOf(row, order));
  }
  const parsed =
    shape === 'line'
      ? parseLineFields(body, extraKeysOf(row.fields.map(({ field }) => field)))
      : parseOrderFields(body);
  assertSame(parsed.id, row.lineId ?? row.order.id);
  if (shape === 'line') assertNotMoved(row, body);
  const held = heldOrder(cache, row.order.id);
  if (held !== undefined) {
    overlay(held, row.lineId, parsed);
    inCache(held);
  }
  const { id: _, ...values } = parsed;
  return corrected(row, values);
}

/** Only the corrected fields, and of those only what can be kept: anything else counts as not said. */
function corrected(row: CorrectionRow, values: ServerValues): ServerValues {
  const kept: ServerValues = {};
  for (const { field } of row.fields) {
    const value = fieldValue.safeParse(values[field]);
    if (value.success) kept[field] = value.data;
  }
  return kept;
}

/** The order that a line belongs to, as `/api/v1/order_items/{pk}/` names it. */
const wireLineOwner = z.object({ order: z.number().int() });

/** A line read by itself must still belong to the order it was corrected in, where the answer names one. */
function assertNotMoved(row: CorrectionRow, body: Uint8Array): void {
  const owner = wireLineOwner.safeParse(JSON.parse(Buffer.from(body).toString('utf8')));
  if (owner.success && owner.data.order !== row.order.id) throw lineMoved(row, row.order.number);
}

function lineMoved({ lineId }: CorrectionRow, orderNumber: string): AppError {
  return new AppError(
    'LINE_UNKNOWN',
    `Line ${lineId} no longer belongs to order ${orderNumber} at Omnitron. Sync, then correct the line where it is now.`,
  );
}

function assertSame(got: number, wanted: number): void {
  if (got === wanted) return;
  throw new AppError(
    'NOT_FOUND',
    'Omnitron answered with another order or line: its number exists in more than one channel.',
  );
}

function valuesOf(row: CorrectionRow, order: MappedOrder): ServerValues {
  if (row.lineId === null) return { is_send: order.sent };
  const line = order.lines.find(({ id }) => id === row.lineId);
  if (line === undefined) throw lineMoved(row, order.number);
  return {
    invoice_number: line.invoiceNumber,
    invoice_date: line.invoiceDate,
    e_archive_url: line.eArchiveUrl,
    tracking_number: line.trackingNumber,
    shipping_company: line.shippingCompany,
    status: line.status,
    cancel_status: line.cancelStatus,
  };
}

/** Puts the fields of a partial reading over the held order. */
function overlay(order: MappedOrder, lineId: number | null, parsed: ParsedFields): void {
  if (lineId === null) {
    if (parsed.is_send !== undefined) order.sent = parsed.is_send;
    return;
  }
  const line = order.lines.find(({ id }) => id === lineId);
  if (line !== undefined) overlayLine(line, parsed);
}

function overlayLine(line: MappedLine, parsed: ParsedFields): void {
  if (parsed.invoice_number !== undefined) line.invoiceNumber = parsed.invoice_number;
  if (parsed.invoice_date !== undefined) line.invoiceDate = parsed.invoice_date;
  if (parsed.e_archive_url !== undefined) line.eArchiveUrl = parsed.e_archive_url;
  if (parsed.tracking_number !== undefined) line.trackingNumber = parsed.tracking_number;
  if (parsed.shipping_company !== undefined) line.shippingCompany = parsed.shipping_company;
  if (parsed.status !== undefined) line.status = parsed.status;
  if (parsed.cancel_status !== undefined) line.cancelStatus = parsed.cancel_status;
}
