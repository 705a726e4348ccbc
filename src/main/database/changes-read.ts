import { AppError } from '../../shared/errors.ts';
import { formatMicrosText } from '../../shared/money.ts';
import type { OrderChange } from '../../shared/runs.ts';
import { instantMs } from '../omnitron/instants.ts';
import type { SqliteFile } from './open.ts';

interface RawChange {
  order_id: number;
  number: string;
  line_id: number | null;
  field: string;
  old: string | null;
  new: string | null;
  currency: string;
  seen_ms: number;
  run_id: number | null;
}

export interface ChangeWindow {
  /** Null = of every order. */
  orderId: number | null;
  /** An instant with its zone; null = since ever. */
  since: string | null;
  offset: number;
  limit: number;
}

/**
 * Changes that runs, pushes and single readings have seen, newest first. Amounts are in the currency of their line, or
 * of the order where the line has gone.
 * @throws AppError ORDER_UNKNOWN, VALUE_INVALID for text that is no instant
 */
export function readChanges(
  file: SqliteFile,
  { orderId, since, offset, limit }: ChangeWindow,
): { total: number; rows: OrderChange[] } {
  if (orderId !== null) refuseUnknown(file, orderId);
  const conditions = [
    ...(orderId === null ? [] : [{ sql: 'c.order_id = ?', value: orderId }]),
    ...(since === null ? [] : [{ sql: 'c.seen_ms >= ?', value: sinceMs(since) }]),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
  const values = conditions.map(({ value }) => value);
  const total = Number(
    file
      .prepare(`SELECT count(*) FROM changes c ${where}`)
      .pluck()
      .get(...values),
  );
  const raws = file
    .prepare<number[], RawChange>(
      `SELECT c.order_id, o.number, c.line_id, c.field, c.old, c.new, c.seen_ms, c.run_id,
              ifnull(l.currency, o.currency) AS currency
       FROM changes c JOIN orders o ON o.id = c.order_id LEFT JOIN lines l ON l.id = c.line_id
       ${where} ORDER BY c.id DESC LIMIT ? OFFSET ?`,
    )
    .all(...values, limit, offset);
  return { total, rows: raws.map(toChange) };
}

function refuseUnknown(file: SqliteFile, id: number): void {
  if (file.prepare('SELECT 1 FROM orders WHERE id = ?').pluck().get(id) === undefined)
    throw new AppError('ORDER_UNKNOWN', `Order ${id} is not in the cache. Sync, then try again.`);
}

function sinceMs(text: string): number {
  const ms = instantMs(text);
  if (ms === null)
    throw new AppError('VALUE_INVALID', 'This is no instant with its zone; write it like 2026-01-31T09:00:00Z.');
  return ms;
}

function toChange(raw: RawChange): OrderChange {
  const shown = (value: string | null): string | null => shownValue(raw.field, value, raw.currency);
  return {
    order: { id: raw.order_id, number: raw.number },
    lineId: raw.line_id,
    field: raw.field,
    from: shown(raw.old),
    to: shown(raw.new),
    currency: raw.currency,
    seenAt: new Date(raw.seen_ms).toISOString(),
    run: raw.run_id,
  };
}

/** The history keeps values as they are stored: millionths, 1 and 0, milliseconds. */
function shownValue(field: string, value: string | null, currency: string): string | null {
  if (value === null) return null;
  if (field === 'price' || field === 'amount' || field.endsWith('_amount')) return formatMicrosText(value, currency);
  if (field === 'tax_rate') return formatMicrosText(value, '');
  if (field === 'sent') return value === '1' ? 'true' : 'false';
  if (field === 'vanished') return new Date(Number(value)).toISOString();
  return value;
}
