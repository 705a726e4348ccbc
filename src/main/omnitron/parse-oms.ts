import { z } from 'zod';
import { parseJsonLiterals } from './json-literals.ts';
import { type MappedOmsInvoice, type MappedOmsOrder, mapOmsInvoice, mapOmsOrder } from './map-oms.ts';
import type { BadRow } from './mapped-order.ts';
import type { OmsList } from './oms-client.ts';
import { inOmsWords } from './oms-words.ts';
import { type Fault, firstFault, notContract } from './parse-page.ts';
import { idText, wirePage } from './wire.ts';
import { type WireOmsOrder, wireOmsInvoice, wireOmsOrder } from './wire-oms.ts';

/** A row of OMS that is not as documented. */
export interface BadOmsRow extends BadRow {
  /** Of an invoice: OMS's id of its order; absent where the row has no usable one. */
  orderId?: number;
}

/** A page of a list of OMS after parsing. Rows keep the server's order. */
export interface OmsPage<T> {
  count: number;
  hasNext: boolean;
  rows: ({ ok: true; row: T } | { ok: false; bad: BadOmsRow })[];
}

/** A page together with the list that it is of. */
export type ParsedOms =
  | { list: 'orders'; page: OmsPage<MappedOmsOrder> }
  | { list: 'invoices'; page: OmsPage<MappedOmsInvoice> };

/**
 * Reads a page of a list of OMS.
 * @throws AppError RESPONSE_INVALID when the body is not the documented envelope
 */
export function parseOms(list: OmsList, bytes: Uint8Array): ParsedOms {
  if (list === 'orders') return { list, page: parseOmsOrders(bytes) };
  return { list, page: parsePage(bytes, wireOmsInvoice, 'a page of invoices', mapOmsInvoice, orderOfInvoice) };
}

/** A row that is not the documented order does not spoil the page: it is reported as bad, with path and code. */
function parseOmsOrders(bytes: Uint8Array): OmsPage<MappedOmsOrder> {
  return parsePage(bytes, wireOmsOrder, 'a page of orders', (order) => duplicateLine(order) ?? mapOmsOrder(order));
}

function parsePage<W, T extends { id: number }>(
  bytes: Uint8Array,
  schema: z.ZodType<W>,
  what: string,
  map: (wire: W) => T | Fault,
  orderOf: (value: unknown) => Pick<BadOmsRow, 'orderId'> = () => ({}),
): OmsPage<T> {
  const page = readEnvelope(bytes, what);
  const rows = page.results.map((value): OmsPage<T>['rows'][number] => {
    const parsed = schema.safeParse(value);
    const row = parsed.success ? map(parsed.data) : firstFault(parsed.error);
    return 'path' in row ? { ok: false, bad: { id: idOf(value), ...orderOf(value), ...row } } : { ok: true, row };
  });
  return { count: page.count, hasNext: page.next !== null, rows };
}

function readEnvelope(bytes: Uint8Array, what: string): z.infer<typeof wirePage> {
  try {
    const page = wirePage.safeParse(parseJsonLiterals(bytes));
    if (page.success) return page.data;
    throw notContract(what, firstFault(page.error));
  } catch (thrown) {
    throw inOmsWords(thrown);
  }
}

function duplicateLine({ orderitem_set: lines }: WireOmsOrder): Fault | null {
  const place = lines.findIndex(({ id }, index) => lines.findIndex((line) => line.id === id) !== index);
  return place === -1 ? null : { path: `orderitem_set.${place}.id`, code: 'duplicate_id' };
}

function idOf(value: unknown): number | null {
  const parsed = z.object({ id: idText }).safeParse(value);
  return parsed.success ? parsed.data.id : null;
}

function orderOfInvoice(value: unknown): Pick<BadOmsRow, 'orderId'> {
  const parsed = z.object({ order: idText }).safeParse(value);
  return parsed.success ? { orderId: parsed.data.order } : {};
}
