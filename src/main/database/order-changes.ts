import type { SqliteFile } from './open.ts';
import { type Bound, LINE_COLUMNS, READ_COLUMNS } from './order-values.ts';

/** Order fields whose changes are kept: money, invoice, status and the sent flag. */
const ORDER_FIELDS = [
  'status',
  'currency',
  'amount',
  'shipping_amount',
  'net_shipping_amount',
  'discount_amount',
  'installment_interest_amount',
  'shipping_interest_amount',
  'refund_amount',
  'discount_refund_amount',
  'shipping_refund_amount',
  'sent',
  'invoice_number',
  'invoice_date',
  'e_archive_url',
] as const satisfies readonly (typeof READ_COLUMNS)[number][];

const LINE_FIELDS = [
  'status',
  'currency',
  'price',
  'tax_rate',
  'discount_amount',
  'installment_interest_amount',
  'cancel_status',
  'invoice_number',
  'invoice_date',
  'e_archive_url',
] as const satisfies readonly (typeof LINE_COLUMNS)[number][];

export interface OrderChanges {
  /**
   * Notes every difference between the stored order with its lines and the values that are about to replace them; call
   * before they do. Values are kept as stored: millionths, codes, texts. A line that came or went is the field `line`.
   */
  note(orderId: number, order: readonly Bound[], lines: readonly (readonly Bound[])[], seenMs: number): void;
  /** Notes one change that no reading shows, like an order that vanished. */
  noteField(orderId: number, field: string, old: Bound, now: Bound, seenMs: number): void;
}

const asText = (value: Bound | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

/** The fields that differ between two rows of the same columns. */
function differences(
  columns: readonly string[],
  fields: readonly string[],
  old: readonly Bound[],
  now: readonly Bound[],
): { field: string; old: string | null; now: string | null }[] {
  return fields.flatMap((field) => {
    const place = columns.indexOf(field);
    const [before, after] = [asText(old[place]), asText(now[place])];
    return before === after ? [] : [{ field, old: before, now: after }];
  });
}

/** Prepares the statements of the change history. `run` answers the run that reads at present; null = none. */
export function prepareOrderChanges(cache: SqliteFile, run: () => number | null): OrderChanges {
  const insert = cache.prepare(
    'INSERT INTO changes (order_id, line_id, field, old, new, seen_ms, run_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const orderRow = cache
    .prepare<[number], Bound[]>(`SELECT ${READ_COLUMNS.join(', ')} FROM orders WHERE id = ?`)
    .safeIntegers()
    .raw();
  const lineRows = cache
    .prepare<[number], Bound[]>(`SELECT ${LINE_COLUMNS.join(', ')} FROM lines WHERE order_id = ?`)
    .safeIntegers()
    .raw();
  const SKU = LINE_COLUMNS.indexOf('sku');

  return {
    note(orderId, order, lines, seenMs) {
      const runId = run();
      const add = (lineId: number | null, field: string, old: string | null, now: string | null): unknown =>
        insert.run(orderId, lineId, field, old, now, seenMs, runId);
      const held = orderRow.get(orderId);
      if (held === undefined) return;
      for (const each of differences(READ_COLUMNS, ORDER_FIELDS, held, order))
        add(null, each.field, each.old, each.now);
      const heldLines = new Map(lineRows.all(orderId).map((line) => [Number(line[0]), line]));
      for (const line of lines) {
        const lineId = Number(line[0]);
        const before = heldLines.get(lineId);
        heldLines.delete(lineId);
        if (before === undefined) add(lineId, 'line', null, asText(line[SKU]));
        else
          for (const each of differences(LINE_COLUMNS, LINE_FIELDS, before, line))
            add(lineId, each.field, each.old, each.now);
      }
      for (const [lineId, line] of heldLines) add(lineId, 'line', asText(line[SKU]), null);
    },
    noteField: (orderId, field, old, now, seenMs) =>
      insert.run(orderId, null, field, asText(old), asText(now), seenMs, run()),
  };
}
