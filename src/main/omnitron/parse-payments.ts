import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { TRANSACTION_SETS, type TransactionSet, type UnreadablePart } from '../../shared/payments.ts';
import { parseJsonLiterals } from './json-literals.ts';
import {
  type MappedDiscountItem,
  type MappedPayments,
  type MappedPlan,
  type MappedTransaction,
  mapDiscountItem,
  mapPlan,
  mapTransaction,
} from './map-payments.ts';
import { type Fault, firstFault, notContract } from './parse-page.ts';
import { wireDetailed, wireDiscountItem, wireList, wirePlan, wireTransaction } from './wire-payments.ts';

/** The pages of one list as they came, or the code of the error with which the server refused it. */
export type ListBodies = { pages: Uint8Array[] } | { refused: string };

/** Everything that was answered about the payments of one order. */
export interface PaymentBodies {
  /** `detailed_integration` of the order. */
  detailed: Uint8Array;
  discounts: ListBodies;
  plans: ListBodies;
}

/** The lists of which the last page names a following one. */
export type UnfinishedList = 'discounts' | 'plans';

const ANY_SET = /^[a-z_]{0,60}transaction_set$/;
/** The primary set is always there; a tenant without one of the others has no such transactions. */
const ALWAYS_THERE: TransactionSet = 'transaction_set';

type Read<T> = { rows: T[] } | { fault: Fault };

/**
 * Reads the answers about one order's payments. A set or a list that is not as documented does not spoil the rest: it
 * is named in `unreadable` with path and code, and nothing of it is taken over. `unfinished` names the lists of which
 * further pages are needed.
 * @throws AppError RESPONSE_INVALID when the detailed answer is no JSON object about this order.
 */
export function parsePayments(
  orderId: number,
  bodies: PaymentBodies,
): { payments: MappedPayments; unfinished: UnfinishedList[] } {
  const detailed = readDetailed(orderId, bodies.detailed);
  const unreadable: UnreadablePart[] = [];
  const unfinished: UnfinishedList[] = [];
  const take = <T>(part: string, read: Read<T>): T[] => {
    if ('rows' in read) return read.rows;
    unreadable.push({ part, ...read.fault });
    return [];
  };

  const transactions = TRANSACTION_SETS.flatMap((set) => take<MappedTransaction>(set, readSet(set, detailed[set])));
  for (const [name, value] of Object.entries(detailed)) {
    if (isUnknownSet(name) && !isEmptySet(value)) unreadable.push({ part: name, path: '', code: 'unknown_set' });
  }

  function list<T>(part: UnfinishedList, given: ListBodies, schema: z.ZodType<ListRow<T>>): T[] {
    const read = readList(orderId, given, schema);
    if (read.hasNext) unfinished.push(part);
    return take(part, read.rows);
  }
  const discountItems = list<MappedDiscountItem>('discounts', bodies.discounts, DISCOUNT_ROW);
  const plans = list<MappedPlan>('plans', bodies.plans, PLAN_ROW);
  return { payments: { orderId, transactions, discountItems, plans, unreadable }, unfinished };
}

/**
 * The number of an order by its detailed answer; null where it has none.
 * @throws AppError RESPONSE_INVALID when that is no JSON object about this order
 */
export function parseDetailedNumber(orderId: number, body: Uint8Array): string | null {
  const { number } = readDetailed(orderId, body);
  return typeof number === 'string' && number !== '' ? number : null;
}

/**
 * The orders that a page of cancellation plans names. Plans that are not as documented are passed over: the rolling
 * reading meets their orders.
 * @throws AppError RESPONSE_INVALID when the body is no list
 */
export function parsePlanOrders(body: Uint8Array): { orderIds: number[]; hasNext: boolean } {
  const list = wireList.safeParse(parseJsonLiterals(body));
  if (!list.success) throw notContract('a list of cancellation plans', firstFault(list.error));
  const { results, hasNext } = list.data;
  const orders = results.flatMap((row) => {
    const plan = wirePlan.pick({ order: true }).safeParse(row);
    return plan.success ? [plan.data.order] : [];
  });
  return { orderIds: [...new Set(orders)], hasNext };
}

interface ListRow<T> {
  order: number;
  mapped: T & { id: number };
}

const DISCOUNT_ROW = wireDiscountItem.transform((wire) => ({ order: wire.order, mapped: mapDiscountItem(wire) }));
const PLAN_ROW = wirePlan.transform((wire) => ({ order: wire.order, mapped: mapPlan(wire) }));

function readDetailed(orderId: number, body: Uint8Array): Record<string, unknown> {
  const parsed = wireDetailed.safeParse(parseJsonLiterals(body));
  if (!parsed.success) throw notContract('a detailed order', firstFault(parsed.error));
  if (parsed.data.pk !== orderId)
    throw notContract('the order that was asked for', { path: 'pk', code: 'other_order' });
  return parsed.data;
}

/** The name of a set goes into the data, so nothing but the name of a set may be one. */
function isUnknownSet(name: string): boolean {
  return ANY_SET.test(name) && !TRANSACTION_SETS.some((set) => set === name);
}

function isEmptySet(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function readSet(set: TransactionSet, value: unknown): Read<MappedTransaction> {
  if ((value === undefined || value === null) && set !== ALWAYS_THERE) return { rows: [] };
  if (!Array.isArray(value)) return { fault: { path: '', code: value === undefined ? 'missing' : 'invalid_type' } };
  return readRows(
    value,
    wireTransaction.transform((wire) => mapTransaction(set, wire)),
    () => null,
  );
}

function readList<T>(
  orderId: number,
  given: ListBodies,
  schema: z.ZodType<ListRow<T>>,
): { rows: Read<T>; hasNext: boolean } {
  if ('refused' in given) return { rows: { fault: { path: '', code: given.refused } }, hasNext: false };
  const values: unknown[] = [];
  let hasNext = false;
  for (const page of given.pages) {
    const parsed = readPage(page);
    if (parsed === null) return { rows: { fault: { path: '', code: 'not_list' } }, hasNext: false };
    values.push(...parsed.results);
    hasNext = parsed.hasNext;
  }
  // A filter that is not honoured is ignored in silence: then other orders' rows come.
  const read = readRows(
    values,
    schema.transform(({ order, mapped }) => ({ id: mapped.id, order, mapped })),
    (row) => (row.order === orderId ? null : { path: 'order', code: 'other_order' }),
  );
  if ('fault' in read) return { rows: read, hasNext: false };
  return { rows: { rows: read.rows.map(({ mapped }) => mapped) }, hasNext };
}

function readPage(body: Uint8Array): z.infer<typeof wireList> | null {
  try {
    const parsed = wireList.safeParse(parseJsonLiterals(body));
    return parsed.success ? parsed.data : null;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'RESPONSE_INVALID') return null;
    throw thrown;
  }
}

/** Every row, or the first fault: a sum over some of the rows would look like one over all. */
function readRows<T extends { id: number }>(
  values: readonly unknown[],
  schema: z.ZodType<T>,
  judge: (row: T) => Fault | null,
): Read<T> {
  const rows: T[] = [];
  const seen = new Set<number>();
  for (const [place, value] of values.entries()) {
    const parsed = schema.safeParse(value);
    const fault = parsed.success ? judge(parsed.data) : firstFault(parsed.error);
    if (fault !== null)
      return { fault: { path: `${place}${fault.path === '' ? '' : `.${fault.path}`}`, code: fault.code } };
    if (!parsed.success) continue;
    if (seen.has(parsed.data.id)) return { fault: { path: `${place}.pk`, code: 'duplicate_id' } };
    seen.add(parsed.data.id);
    rows.push(parsed.data);
  }
  return { rows };
}
