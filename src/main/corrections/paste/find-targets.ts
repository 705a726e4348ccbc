import { type NewCorrection, ORDER_FIELDS } from '../../../shared/corrections.ts';
import type { HeldTarget, PendingCorrection, TargetReads } from '../../database/corrections-targets.ts';
import { lookOf } from '../../statements/detect/keys.ts';
import { fieldsOf, refusal } from '../validate.ts';
import type { ReadRow } from './cells.ts';

/** What is held of everything that a paste names, read at once. */
export interface Known {
  /** By number; several where channels share it. */
  orders: ReadonlyMap<string, readonly HeldTarget[]>;
  /** By order id. */
  linesOf: ReadonlyMap<number, readonly HeldTarget[]>;
  lines: ReadonlyMap<number, HeldTarget>;
  /** By order id. */
  pending: ReadonlyMap<number, readonly PendingCorrection[]>;
}

/** A part of a row: an order or a line, and what is set of it. */
export interface FoundTarget {
  target: HeldTarget;
  set: NewCorrection['set'];
}

/** An invoice is an order's as a whole: its fields may be set on all lines at once. */
const OF_WHOLE_ORDER: readonly string[] = ['invoice_number', 'invoice_date', 'e_archive_url'];

/** Reads with a fixed number of statements what the rows of a paste name. */
export function readKnown(targets: TargetReads, rows: readonly ReadRow[]): Known {
  const numbers = [...new Set(rows.map(({ orderNumber }) => orderNumber))];
  const ids = targets.ordersOfNumbers(numbers).map(({ id }) => id);
  const lineIds = rows.flatMap(({ lineId }) => lineId ?? []);
  return {
    orders: groupedBy(targets.orders(ids), ({ orderNumber }) => orderNumber),
    linesOf: groupedBy(targets.linesOf(ids), ({ orderId }) => orderId),
    lines: new Map(targets.lines([...new Set(lineIds)]).map((line) => [line.lineId ?? 0, line])),
    pending: groupedBy(targets.pending(ids), ({ orderId }) => orderId),
  };
}

/**
 * The targets of a row. The fields of a line go to the line that is named, by its id or by a SKU that one line has, or to
 * the only line of the order; the invoice's to all of them where none is named.
 * @throws AppError ORDER_UNKNOWN, NUMBER_AMBIGUOUS, LINE_UNKNOWN, VALUE_INVALID; `details` names the reason
 */
export function findTargets(row: ReadRow, known: Known): FoundTarget[] {
  const order = orderOf(row, known);
  const parts = splitSet(row.set);
  const found: FoundTarget[] = [];
  if (Object.keys(parts.order).length > 0) found.push({ target: order, set: parts.order });
  const fields = Object.keys(parts.line);
  const isNamed = row.lineId !== null || row.sku !== '';
  if (fields.length === 0 && !isNamed) return found;
  const lines = linesOf(row, order, known);
  const [line, second] = lines;
  if (line === undefined) throw refusal('LINE_UNKNOWN', 'line-unknown', { field: 'line' });
  if (second !== undefined && !fields.every((field) => OF_WHOLE_ORDER.includes(field))) {
    throw refusal('VALUE_INVALID', 'line-needed', { field: 'line' });
  }
  return fields.length === 0 ? found : [...found, ...lines.map((target) => ({ target, set: parts.line }))];
}

function orderOf({ orderNumber }: ReadRow, { orders }: Known): HeldTarget {
  const held = orders.get(orderNumber) ?? [];
  const there = held.filter(({ vanished }) => !vanished);
  // One that has vanished does not keep the one that took its number from being named.
  const [order, other] = there.length > 0 ? there : held;
  if (order === undefined) {
    // A number whose last digits are zeros may be one that a spreadsheet has rounded.
    if (lookOf(orderNumber) === 'zeros') throw refusal('ORDER_UNKNOWN', 'key-cut', { field: 'order' });
    throw refusal('ORDER_UNKNOWN', 'order-unknown', { field: 'order' });
  }
  if (other !== undefined) throw refusal('NUMBER_AMBIGUOUS', 'order-ambiguous', { field: 'order' });
  return order;
}

function linesOf({ lineId, sku }: ReadRow, { orderId }: HeldTarget, known: Known): readonly HeldTarget[] {
  if (lineId === null) {
    const lines = known.linesOf.get(orderId) ?? [];
    return sku === '' ? lines : lines.filter((line) => line.sku === sku);
  }
  const line = known.lines.get(lineId);
  if (line === undefined) throw refusal('LINE_UNKNOWN', 'line-unknown', { field: 'line' });
  if (line.orderId !== orderId || (sku !== '' && line.sku !== sku)) {
    throw refusal('VALUE_INVALID', 'line-elsewhere', { field: 'line' });
  }
  return [line];
}

function splitSet(set: NewCorrection['set']): { order: NewCorrection['set']; line: NewCorrection['set'] } {
  const parts: { order: NewCorrection['set']; line: NewCorrection['set'] } = { order: {}, line: {} };
  for (const field of fieldsOf(set)) {
    const part = ORDER_FIELDS.some((name) => name === field) ? parts.order : parts.line;
    const value = set[field];
    if (value !== undefined) part[field] = value;
  }
  return parts;
}

function groupedBy<T, K>(all: readonly T[], keyOf: (each: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return groups;
}
