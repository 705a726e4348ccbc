import { AppError } from '../../shared/errors.ts';
import { formatAmount } from '../../shared/money.ts';
import type { OmsAnswer, OmsInvoice, OmsLine, OmsOrder } from '../../shared/oms.ts';
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
}

/** Prepares the statements that read what OMS says. */
export function prepareOmsReads(file: SqliteFile): OmsReads {
  const numberOf = file.prepare<[number], string>('SELECT number FROM orders WHERE id = ?').pluck();
  const sharers = file.prepare<[string], number>('SELECT count(*) FROM orders WHERE number = ?').pluck();
  const candidates = file.prepare<[string], RawOmsOrder>(
    `SELECT id, omnitron_id, number, state, read_ms, vanished_ms FROM oms_orders WHERE number = ?
     ORDER BY vanished_ms IS NOT NULL, id DESC`,
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

  /**
   * The OMS order of an order: id and number must both agree, for ids of another environment may be taken. Where OMS
   * names no id, its number must be the only one on both sides. Of several, the newest that is there.
   */
  function join(orderId: number, number: string): RawOmsOrder | null {
    const found = candidates.all(number);
    const named = found.find(({ omnitron_id }) => omnitron_id === orderId);
    if (named !== undefined) return named;
    const [only, ...more] = found;
    const alone = only !== undefined && more.length === 0 && (sharers.get(number) ?? 0) === 1;
    return alone && only.omnitron_id === null ? only : null;
  }

  const readMs = (): number | null => read.get() ?? null;

  const ofOrder = file.transaction((orderId: number): OmsAnswer => {
    const number = numberOf.get(orderId);
    if (number === undefined) {
      throw new AppError('ORDER_UNKNOWN', `Order ${orderId} is not in the cache. Sync, then try again.`);
    }
    const raw = join(orderId, number);
    return {
      order: raw === null ? null : toOrder(raw, lines.all(raw.id), invoices.all(raw.id)),
      readAt: instantOf(readMs()),
    };
  });
  return { ofOrder, readMs };
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
