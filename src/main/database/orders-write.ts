import { hash } from 'node:crypto';
import type { MappedOrder } from '../omnitron/mapped-order.ts';
import type { SqliteFile } from './open.ts';
import type { OrderChanges } from './order-changes.ts';
import { type Bound, LINE_COLUMNS, lineValues, orderValues, READ_COLUMNS, searchText } from './order-values.ts';

/**
 * What storing one order did. `older` = a reading that began later is held already, so this one changed nothing;
 * `foreign-line` = another held order has a line of the same id, so nothing of this one was taken over.
 */
export type StoreOutcome = 'created' | 'updated' | 'unchanged' | 'older' | 'foreign-line';

export interface Reading {
  /** The pass that met the order; null keeps the mark of the pass that met it last. */
  passId: number | null;
  /** Place in the sequence in which readings began. */
  reading: number;
  nowMs: number;
}

export interface OrderStore {
  /**
   * Stores one reading of an order; call inside a transaction.
   * @returns what it did, and the newest pass that had met the order before (0 = none).
   */
  store(order: MappedOrder, reading: Reading): { outcome: StoreOutcome; metBy: number };
  /** Marks a held order as met by a pass, and as there if it had vanished, without taking anything over. */
  markMet(orderId: number, passId: number, nowMs: number): void;
}

interface Held {
  content_hash: string;
  seen_pass: number;
  reading: number;
  vanished_ms: number | null;
}

const ORDER_COLUMNS = [
  ...READ_COLUMNS,
  'line_count',
  'lines_total',
  'lines_discount',
  'lines_interest',
  'mixed_currency',
  'search',
  'content_hash',
  'seen_pass',
  'reading',
  'read_ms',
] as const;

/** Separators that occur in no field, and a mark that keeps null apart from empty text. */
const FIELD = '\u001f';
const ROW = '\u001e';
const join = (values: readonly Bound[]): string =>
  values.map((value) => (value === null ? '\u0000' : value)).join(FIELD);

/** The sum of amounts; null where one of them is not given, or where an INTEGER cannot hold it. */
function sumOfGiven(amounts: readonly (bigint | null)[]): bigint | null {
  let sum = 0n;
  for (const amount of amounts) {
    if (amount === null) return null;
    sum += amount;
  }
  return BigInt.asIntN(64, sum) === sum ? sum : null;
}

/** Prepares the statements that store orders and their lines. */
export function prepareOrderStore(cache: SqliteFile, changes: OrderChanges): OrderStore {
  const find = cache.prepare<[number], Held>(
    'SELECT content_hash, seen_pass, reading, vanished_ms FROM orders WHERE id = ?',
  );
  const touch = cache.prepare('UPDATE orders SET seen_pass = ?, reading = ?, read_ms = ? WHERE id = ?');
  const mark = cache.prepare('UPDATE orders SET seen_pass = max(seen_pass, ?) WHERE id = ?');
  const comeBack = cache.prepare('UPDATE orders SET vanished_ms = NULL WHERE id = ?');
  const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
  const insert = cache.prepare(
    `INSERT INTO orders (id, ${ORDER_COLUMNS.join(', ')}, version) VALUES (?, ${marks(ORDER_COLUMNS.length)}, 1)`,
  );
  const update = cache.prepare(
    `UPDATE orders SET ${ORDER_COLUMNS.map((column) => `${column} = ?`).join(', ')}, version = version + 1 WHERE id = ?`,
  );
  // Who shares a number with others may have kept them from being found by it, as by an order of OMS.
  const touchNamesakes = cache.prepare(
    `INSERT OR IGNORE INTO touched_orders SELECT n.id FROM orders o CROSS JOIN orders n ON n.number = o.number
     WHERE o.id = ? AND o.number <> ?`,
  );
  const dropLines = cache.prepare('DELETE FROM lines WHERE order_id = ?');
  const insertLine = cache.prepare(
    `INSERT INTO lines (${LINE_COLUMNS.join(', ')}) VALUES (${marks(LINE_COLUMNS.length)})`,
  );
  const foreignOwner = cache.prepare('SELECT 1 FROM lines WHERE id = ? AND order_id <> ?').pluck();

  function store(order: MappedOrder, { passId, reading, nowMs }: Reading): { outcome: StoreOutcome; metBy: number } {
    const held = find.get(order.id);
    const metBy = held?.seen_pass ?? 0;
    const met = Math.max(passId ?? 0, metBy);
    if (held !== undefined && held.reading > reading) {
      if (met !== metBy) mark.run(met, order.id);
      return { outcome: 'older', metBy };
    }
    const values = orderValues(order);
    const lines = order.lines.map((line) => lineValues(line, order.id));
    const content = hash('sha256', [values, ...lines].map(join).join(ROW), 'base64');
    if (held !== undefined) noteThere(order.id, held, nowMs);
    if (held !== undefined && held.content_hash === content) {
      touch.run(met, reading, nowMs, order.id);
      return { outcome: 'unchanged', metBy };
    }
    if (order.lines.some(({ id }) => foreignOwner.get(id, order.id) !== undefined)) {
      return { outcome: 'foreign-line', metBy };
    }
    const derived = [
      order.lines.length,
      order.lines.reduce((sum, line) => sum + line.price, 0n),
      sumOfGiven(order.lines.map(({ discountAmount }) => discountAmount)),
      sumOfGiven(order.lines.map(({ installmentInterestAmount }) => installmentInterestAmount)),
      order.lines.some((line) => line.currency !== order.currency) ? 1 : 0,
      searchText(order),
      content,
      met,
      reading,
      nowMs,
    ];
    if (held === undefined) insert.run(order.id, ...values, ...derived);
    else {
      changes.note(order.id, values, lines, nowMs);
      touchNamesakes.run(order.id, order.number);
      update.run(...values, ...derived, order.id);
      dropLines.run(order.id);
    }
    for (const line of lines) insertLine.run(...line);
    return { outcome: held === undefined ? 'created' : 'updated', metBy };
  }

  function noteThere(orderId: number, { vanished_ms }: Held, nowMs: number): void {
    if (vanished_ms === null) return;
    comeBack.run(orderId);
    changes.noteField(orderId, 'vanished', vanished_ms, null, nowMs);
  }

  function markMet(orderId: number, passId: number, nowMs: number): void {
    const held = find.get(orderId);
    if (held === undefined) return;
    noteThere(orderId, held, nowMs);
    mark.run(passId, orderId);
  }

  return { store, markMet };
}
