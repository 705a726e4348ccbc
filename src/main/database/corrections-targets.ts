import { type BatchState, batchNumberOf, batchState } from '../../shared/batches.ts';
import {
  type CorrectionField,
  type CorrectionState,
  correctionField,
  correctionState,
  type FieldValue,
  fieldValue,
  PENDING_STATES,
} from '../../shared/corrections.ts';
import type { SqliteFile } from './open.ts';

/** An order or a line as a proposal needs it: what Omnitron holds in the fields that can be corrected, as last read. */
export interface HeldTarget {
  orderId: number;
  orderNumber: string;
  /** Null = the order itself. */
  lineId: number | null;
  /** Empty for an order. */
  sku: string;
  /** The order's. */
  currency: string;
  datePlacedMs: number;
  /** Whether Omnitron no longer has the order. */
  vanished: boolean;
  values: Partial<Record<CorrectionField, FieldValue>>;
}

/** A correction that lies over an order or a line, with the batch that it belongs to. */
export interface PendingCorrection {
  id: number;
  orderId: number;
  lineId: number | null;
  state: CorrectionState;
  batch: { number: string; state: BatchState; kind: string } | null;
  fields: { field: CorrectionField; base: FieldValue; target: FieldValue }[];
}

/** Reads what proposals are about, however many, with a fixed number of statements. Ids that are not held are left out. */
export interface TargetReads {
  orders(ids: readonly number[]): HeldTarget[];
  lines(ids: readonly number[]): HeldTarget[];
  /** The lines of these orders, ascending by id. */
  linesOf(orderIds: readonly number[]): HeldTarget[];
  /** The orders with these numbers, of every channel. */
  ordersOfNumbers(numbers: readonly string[]): { id: number; number: string }[];
  /** Corrections of fields that lie over these orders and their lines, oldest first. */
  pending(orderIds: readonly number[]): PendingCorrection[];
  /** Whether a line carries this carrier. */
  hasCarrier(code: string): boolean;
  /** The first of these corrections that waits in a batch that is submitted or approved; undefined = none does. */
  fixedAmong(ids: readonly number[]): { id: number; batch: string } | undefined;
  /** Those of the given orders that are not sent and have not vanished, in the given order. */
  unsent(ids: readonly number[]): { id: number; number: string }[];
}

interface RawTarget {
  order_id: number;
  order_number: string;
  currency: string;
  date_placed_ms: number;
  vanished_ms: number | null;
  line_id: number | null;
  sku: string | null;
  sent: number;
  status: string | null;
  cancel_status: string | null;
  invoice_number: string | null;
  invoice_date: string | null;
  e_archive_url: string | null;
  tracking_number: string | null;
  shipping_company: string | null;
}

interface RawPending {
  id: number;
  order_id: number;
  line_id: number | null;
  state: string;
  year: number | null;
  seq: number | null;
  batch_state: string | null;
  batch_kind: string | null;
  field: string;
  base: string;
  target: string;
}

const OF_ORDER =
  'o.id AS order_id, o.number AS order_number, o.currency, o.date_placed_ms, o.vanished_ms, o.sent, NULL AS line_id, NULL AS sku';
const OF_LINE = `o.id AS order_id, o.number AS order_number, o.currency, o.date_placed_ms, o.vanished_ms, o.sent,
  l.id AS line_id, l.sku, l.status, l.cancel_status, l.invoice_number, l.invoice_date, l.e_archive_url, l.tracking_number, l.shipping_company`;

/** `file` has both `cache.db` and `local.db`, whichever is attached: the names of their tables differ. */
export function prepareTargets(file: SqliteFile): TargetReads {
  // CROSS JOIN keeps this order of the loops: the list outside, the key's look-up inside. The other way round is quadratic.
  const orders = file.prepare<[string], RawTarget>(
    `SELECT ${OF_ORDER} FROM json_each(?) w CROSS JOIN orders o ON o.id = w.value ORDER BY w.key`,
  );
  const lines = file.prepare<[string], RawTarget>(
    `SELECT ${OF_LINE} FROM json_each(?) w CROSS JOIN lines l ON l.id = w.value CROSS JOIN orders o ON o.id = l.order_id
     ORDER BY w.key`,
  );
  const linesOf = file.prepare<[string], RawTarget>(
    `SELECT ${OF_LINE} FROM json_each(?) w CROSS JOIN orders o ON o.id = w.value CROSS JOIN lines l ON l.order_id = o.id
     ORDER BY w.key, l.id`,
  );
  const numbers = file.prepare<[string], { id: number; number: string }>(
    `SELECT o.id, o.number FROM json_each(?) w CROSS JOIN orders o ON o.number = w.value ORDER BY w.key, o.id`,
  );
  const pending = file.prepare<[string, string], RawPending>(
    `SELECT c.id, c.order_id, c.line_id, c.state, b.year, b.seq, b.state AS batch_state, b.kind AS batch_kind,
       f.field, f.base, f.target
     FROM json_each(?) w CROSS JOIN corrections c ON c.order_id = w.value CROSS JOIN correction_fields f ON f.correction_id = c.id
       LEFT JOIN batches b ON b.id = c.batch_id
     WHERE c.kind = 'fields' AND c.state IN (SELECT value FROM json_each(?)) ORDER BY c.id, f.field`,
  );
  const carrier = file.prepare<[string], number>('SELECT 1 FROM lines WHERE shipping_company = ? LIMIT 1').pluck();
  const fixed = file.prepare<[string], { id: number; year: number; seq: number }>(
    `SELECT c.id, b.year, b.seq FROM corrections c JOIN batches b ON b.id = c.batch_id
     WHERE c.id IN (SELECT value FROM json_each(?)) AND b.state IN ('for_approval', 'approved') ORDER BY c.id LIMIT 1`,
  );
  const unsent = file.prepare<[string], { id: number; number: string }>(
    `SELECT o.id, o.number FROM json_each(?) w CROSS JOIN orders o ON o.id = w.value
     WHERE o.sent = 0 AND o.vanished_ms IS NULL ORDER BY w.key`,
  );
  return {
    orders: (ids) => orders.all(JSON.stringify(ids)).map(toTarget),
    lines: (ids) => lines.all(JSON.stringify(ids)).map(toTarget),
    linesOf: (ids) => linesOf.all(JSON.stringify(ids)).map(toTarget),
    ordersOfNumbers: (list) => numbers.all(JSON.stringify(list)),
    pending: (ids) => toPending(pending.all(JSON.stringify(ids), JSON.stringify(PENDING_STATES))),
    hasCarrier: (code) => carrier.get(code) === 1,
    fixedAmong(ids) {
      const found = fixed.get(JSON.stringify(ids));
      return found === undefined ? undefined : { id: found.id, batch: batchNumberOf(found.year, found.seq) };
    },
    unsent: (ids) => unsent.all(JSON.stringify(ids)),
  };
}

function toTarget(raw: RawTarget): HeldTarget {
  const { order_id: orderId, order_number: orderNumber, line_id: lineId, currency, date_placed_ms: datePlacedMs } = raw;
  const place = {
    orderId,
    orderNumber,
    lineId,
    sku: raw.sku ?? '',
    currency,
    datePlacedMs,
    vanished: raw.vanished_ms !== null,
  };
  if (lineId === null) return { ...place, values: { is_send: raw.sent === 1 } };
  const { status, cancel_status, invoice_number, invoice_date, e_archive_url, tracking_number, shipping_company } = raw;
  return {
    ...place,
    values: { status, cancel_status, invoice_number, invoice_date, e_archive_url, tracking_number, shipping_company },
  };
}

function toPending(raws: readonly RawPending[]): PendingCorrection[] {
  const found = new Map<number, PendingCorrection>();
  for (const raw of raws) {
    const held = found.get(raw.id) ?? pendingOf(raw);
    held.fields.push({
      field: correctionField.parse(raw.field),
      base: readValue(raw.base),
      target: readValue(raw.target),
    });
    found.set(raw.id, held);
  }
  return [...found.values()];
}

function pendingOf({ id, order_id, line_id, year, seq, ...raw }: RawPending): PendingCorrection {
  const { batch_state: of, batch_kind: kind } = raw;
  return {
    id,
    orderId: order_id,
    lineId: line_id,
    state: correctionState.parse(raw.state),
    batch:
      year === null || seq === null || of === null
        ? null
        : { number: batchNumberOf(year, seq), state: batchState.parse(of), kind: kind ?? 'corrections' },
    fields: [],
  };
}

function readValue(json: string): FieldValue {
  return fieldValue.parse(JSON.parse(json));
}
