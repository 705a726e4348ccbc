import { AppError } from '../../shared/errors.ts';
import { formatAmount } from '../../shared/money.ts';
import type { OmsAnswer, OmsInvoice, OmsLine, OmsOrder } from '../../shared/oms.ts';
import { OMS_ID_SQL } from './oms-join.ts';
import type { SqliteFile } from './open.ts';

interface RawOmsOrder {
  id: number;
  omnitron_id: number | null;
  number: string;
  state: string;
  read_ms: number;
  vanished_ms: number | null;
}

interface RawOmsLine {
  id: bigint;
  omnitron_id: bigint | null;
  sku: string;
  state: string;
  currency: string;
  price: bigint;
  net_amount: bigint | null;
  retail_price: bigint | null;
  discount_amount: bigint | null;
  tax_rate: bigint | null;
}

export interface OmsReads {
  /** What is held of an order in OMS. @throws AppError ORDER_UNKNOWN */
  ofOrder(orderId: number): OmsAnswer;
  /** When the last complete reading of OMS ended; null = there was none. */
  readMs(): number | null;
  /** What the next reading of OMS is expected to be like; null before the first complete one. */
  expected(): OmsExpected | null;
}

/** Rows held of OMS, and the requests that the last complete reading took. */
export interface OmsExpected {
  orders: number;
  invoices: number;
  lastTook: number;
}

/** Prepares the statements that read what OMS says. */
export function prepareOmsReads(file: SqliteFile): OmsReads {
  const numberOf = file.prepare<[number], string>('SELECT number FROM orders WHERE id = ?').pluck();
  const paired = file.prepare<[number], RawOmsOrder>(
    `SELECT id, omnitron_id, number, state, read_ms, vanished_ms FROM oms_orders
     WHERE id = (SELECT ${OMS_ID_SQL} FROM orders o WHERE o.id = ?)`,
  );
  const lines = file
    .prepare<[number], RawOmsLine>('SELECT * FROM oms_lines WHERE order_id = ? ORDER BY id')
    .safeIntegers();
  const invoices = file.prepare<[number], OmsInvoice>(
    'SELECT id, number, type, status FROM oms_invoices WHERE order_id = ? AND vanished_ms IS NULL ORDER BY id',
  );
  const read = file
    .prepare<[], number | null>("SELECT max(finished_ms) FROM oms_passes WHERE list = 'orders' AND state = 'complete'")
    .pluck();

  const lastTook = file
    .prepare<[], number>("SELECT oms_requests FROM runs WHERE oms_state = 'complete' ORDER BY id DESC LIMIT 1")
    .pluck();
  const count = (table: 'oms_orders' | 'oms_invoices'): number =>
    Number(file.prepare(`SELECT count(*) FROM ${table} WHERE vanished_ms IS NULL`).pluck().get());

  const readMs = (): number | null => read.get() ?? null;

  const ofOrder = file.transaction((orderId: number): OmsAnswer => {
    const number = numberOf.get(orderId);
    if (number === undefined) {
      throw new AppError('ORDER_UNKNOWN', `Order ${orderId} is not in the cache. Sync, then try again.`);
    }
    const raw = paired.get(orderId) ?? null;
    return {
      order: raw === null ? null : toOrder(raw, lines.all(raw.id), invoices.all(raw.id)),
      readAt: instantOf(readMs()),
    };
  });
  return {
    ofOrder,
    readMs,
    expected() {
      if (readMs() === null) return null;
      return { orders: count('oms_orders'), invoices: count('oms_invoices'), lastTook: lastTook.get() ?? 0 };
    },
  };
}

function instantOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function toOrder(raw: RawOmsOrder, lines: readonly RawOmsLine[], invoices: OmsInvoice[]): OmsOrder {
  return {
    id: raw.id,
    omnitronId: raw.omnitron_id,
    number: raw.number,
    state: raw.state,
    lines: lines.map(toLine),
    invoices,
    readAt: new Date(raw.read_ms).toISOString(),
    vanishedAt: instantOf(raw.vanished_ms),
  };
}

function toLine(raw: RawOmsLine): OmsLine {
  const money = (micros: bigint | null): string | null => (micros === null ? null : formatAmount(micros, raw.currency));
  return {
    id: Number(raw.id),
    omnitronId: raw.omnitron_id === null ? null : Number(raw.omnitron_id),
    sku: raw.sku,
    state: raw.state,
    currency: raw.currency,
    price: formatAmount(raw.price, raw.currency),
    netAmount: money(raw.net_amount),
    retailPrice: money(raw.retail_price),
    discount: money(raw.discount_amount),
    taxRate: raw.tax_rate === null ? null : formatAmount(raw.tax_rate, ''),
  };
}
