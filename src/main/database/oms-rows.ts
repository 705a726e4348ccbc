import { hash } from 'node:crypto';
import type { MappedOmsInvoice, MappedOmsOrder } from '../omnitron/map-oms.ts';
import type { SqliteFile } from './open.ts';

/** What storing one row of OMS did, and the newest pass that had met it before (0 = none). */
export interface OmsStored {
  outcome: 'created' | 'updated' | 'unchanged';
  metBy: number;
}

export interface OmsMark {
  passId: number;
  nowMs: number;
}

/** The held rows of one list of OMS. */
export interface OmsRows<T> {
  /** Stores one row; call inside a transaction. One that had vanished is there again. */
  store(row: T, mark: OmsMark): OmsStored;
  /** Marks a held row as met without taking anything over. @returns the pass that had met it before (0 = not held) */
  markMet(id: number, mark: OmsMark): number;
  /** Ids of those that a pass did not meet and that have not vanished yet. */
  unmet(passId: number): number[];
  vanish(id: number, nowMs: number): void;
  /** Rows held that have not vanished. */
  count(): number;
}

interface Held {
  content_hash: string;
  seen_pass: number;
}

type Value = string | number | bigint | null;

/** Prepares the statements of a table of OMS rows. `columns` are those with the row's own values. */
function prepareRows<T extends { id: number }>(
  cache: SqliteFile,
  table: 'oms_orders' | 'oms_invoices',
  columns: readonly string[],
  {
    valuesOf,
    content,
    before,
    after,
  }: {
    valuesOf(row: T): Value[];
    content(row: T): unknown;
    before?(id: number): void;
    after?(row: T, isNew: boolean): void;
  },
): OmsRows<T> {
  const all = [...columns, 'content_hash', 'seen_pass', 'read_ms'];
  const find = cache.prepare<[number], Held>(`SELECT content_hash, seen_pass FROM ${table} WHERE id = ?`);
  const insert = cache.prepare(
    `INSERT INTO ${table} (${all.join(', ')}, id) VALUES (${all.map(() => '?').join(', ')}, ?)`,
  );
  const update = cache.prepare(
    `UPDATE ${table} SET ${all.map((column) => `${column} = ?`).join(', ')}, vanished_ms = NULL WHERE id = ?`,
  );
  const touch = cache.prepare(`UPDATE ${table} SET seen_pass = ?, read_ms = ?, vanished_ms = NULL WHERE id = ?`);
  const mark = cache.prepare(`UPDATE ${table} SET seen_pass = ?, vanished_ms = NULL WHERE id = ?`);
  const unmet = cache
    .prepare<[number], number>(`SELECT id FROM ${table} WHERE seen_pass < ? AND vanished_ms IS NULL`)
    .pluck();
  const vanish = cache.prepare(`UPDATE ${table} SET vanished_ms = ? WHERE id = ?`);
  const count = cache.prepare<[], number>(`SELECT count(*) FROM ${table} WHERE vanished_ms IS NULL`).pluck();

  return {
    store(row, { passId, nowMs }) {
      const held = find.get(row.id);
      const metBy = held?.seen_pass ?? 0;
      const digest = hash('sha256', JSON.stringify(content(row), bigintsAsText), 'base64');
      if (held?.content_hash === digest) {
        touch.run(passId, nowMs, row.id);
        return { outcome: 'unchanged', metBy };
      }
      if (held !== undefined) before?.(row.id);
      (held === undefined ? insert : update).run(...valuesOf(row), digest, passId, nowMs, row.id);
      after?.(row, held === undefined);
      return { outcome: held === undefined ? 'created' : 'updated', metBy };
    },
    markMet(id, { passId }) {
      const metBy = find.get(id)?.seen_pass ?? 0;
      if (metBy > 0) mark.run(passId, id);
      return metBy;
    },
    unmet: (passId) => unmet.all(passId),
    vanish: (id, nowMs) => void vanish.run(nowMs, id),
    count: () => count.get() ?? 0,
  };
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value;
}

/** The orders of OMS with their lines. */
export function prepareOmsOrders(cache: SqliteFile): OmsRows<MappedOmsOrder> {
  // What an order of OMS was until now may name other orders than what it is then, which a trigger notes.
  const touchFormer = cache.prepare(`INSERT OR IGNORE INTO touched_orders
    SELECT o.id FROM oms_orders m JOIN orders o ON o.id = m.omnitron_id OR o.number = m.number WHERE m.id = ?`);
  const dropLines = cache.prepare('DELETE FROM oms_lines WHERE order_id = ?');
  const insertLine = cache.prepare(
    `INSERT INTO oms_lines (order_id, id, omnitron_id, sku, state, currency, price, net_amount, retail_price,
     discount_amount, tax_rate) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return prepareRows<MappedOmsOrder>(cache, 'oms_orders', ['omnitron_id', 'number', 'state'], {
    valuesOf: ({ omnitronId, number, state }) => [omnitronId, number, state],
    content: (order) => order,
    before: (id) => void touchFormer.run(id),
    after({ id: orderId, lines }, isNew) {
      if (!isNew) dropLines.run(orderId);
      for (const line of lines) {
        const { id, omnitronId, sku, state, currency, price, netAmount, retailPrice, discountAmount, taxRate } = line;
        insertLine.run(
          orderId,
          id,
          omnitronId,
          sku,
          state,
          currency,
          price,
          netAmount,
          retailPrice,
          discountAmount,
          taxRate,
        );
      }
    },
  });
}

/** The invoices of OMS. */
export function prepareOmsInvoices(cache: SqliteFile): OmsRows<MappedOmsInvoice> {
  return prepareRows<MappedOmsInvoice>(cache, 'oms_invoices', ['order_id', 'number', 'type', 'status'], {
    valuesOf: ({ orderId, number, type, status }) => [orderId, number, type, status],
    content: (invoice) => invoice,
  });
}
