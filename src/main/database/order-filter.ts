import type { OrderFilter, OrderSelection, OrderSort } from '../../shared/orders.ts';
import { type Period, periodBounds } from '../../shared/period.ts';
import { foldForSearch } from '../../shared/text.ts';
import { FINDINGS_DECIDED, IN_QUEUE, STATUS } from '../reconcile/queue/status-sql.ts';

/** A condition over `orders o`, with its values in order. */
export interface Condition {
  sql: string;
  values: (string | number)[];
}

/** Orders of a period by `date_placed`, cut in the business time zone. */
export function periodCondition(period: Period, timeZone: string): Condition {
  const bounds = periodBounds(period, timeZone);
  const parts: Condition[] = [];
  if (bounds.fromMs !== null) parts.push({ sql: 'o.date_placed_ms >= ?', values: [bounds.fromMs] });
  if (bounds.toMs !== null) parts.push({ sql: 'o.date_placed_ms < ?', values: [bounds.toMs] });
  return allOf(parts);
}

/** The filter of the order grid as a condition. */
export function filterCondition(filter: OrderFilter, timeZone: string): Condition {
  const parts: Condition[] = [periodCondition(filter.period, timeZone)];
  if (filter.statuses.length > 0) parts.push(oneOf('o.status', filter.statuses));
  if (filter.currencies.length > 0) parts.push(oneOf('o.currency', filter.currencies));
  if (filter.sent !== null) parts.push({ sql: 'o.sent = ?', values: [filter.sent ? 1 : 0] });
  const withFinding = `o.id IN (SELECT f.order_id FROM ${FINDINGS_DECIDED} WHERE`;
  if (filter.withFindings) parts.push({ sql: `${withFinding} ${IN_QUEUE})`, values: [] });
  if (filter.check !== null) {
    // What is being corrected stays in the list, with its correction over it, until that is done.
    const sql = `${withFinding} (${IN_QUEUE} OR ${STATUS} = 'corrected') AND f.check_code = ?)`;
    parts.push({ sql, values: [filter.check] });
  }
  const text = filter.text.trim();
  if (text !== '') parts.push({ sql: `o.search LIKE ? ESCAPE '\\'`, values: [likePattern(text)] });
  return allOf(parts);
}

/** The rows of a selection: always within the filter. */
export function selectionCondition(filter: OrderFilter, selection: OrderSelection, timeZone: string): Condition {
  const inFilter = filterCondition(filter, timeZone);
  const named = selectedIdsCondition(inFilter, selection);
  return selection.mode === 'ids'
    ? named
    : allOf([
        inFilter,
        { sql: 'o.id NOT IN (SELECT value FROM json_each(?))', values: [JSON.stringify(selection.except)] },
      ]);
}

/** The orders that a selection names, within the filter: the ticked ones, or the ones left out of "all". */
export function selectedIdsCondition(inFilter: Condition, selection: OrderSelection): Condition {
  const ids = selection.mode === 'ids' ? selection.ids : selection.except;
  return allOf([{ sql: 'o.id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(ids)] }, inFilter]);
}

/** Both conditions, and so on; the empty list lets everything through. */
export function allOf(parts: readonly Condition[]): Condition {
  const used = parts.filter((part) => part.sql !== '1');
  if (used.length === 0) return { sql: '1', values: [] };
  return { sql: used.map((part) => part.sql).join(' AND '), values: used.flatMap((part) => part.values) };
}

function oneOf(column: string, values: readonly string[]): Condition {
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values: [...values] };
}

/** Folded text anywhere, with LIKE's own signs taken literally. */
export function likePattern(text: string): string {
  return `%${foldForSearch(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

const SORT_COLUMNS: Readonly<Record<OrderSort['column'], string>> = {
  datePlaced: 'date_placed_ms',
  number: 'number',
  channel: 'sort_channel',
  status: 'status',
  currency: 'currency',
  amount: 'amount',
  refund: 'sort_refund',
  sent: 'sent',
  invoice: 'sort_invoice',
};

/** The indexed column behind a sortable column of the grid. */
export function sortColumn(sort: OrderSort): string {
  return SORT_COLUMNS[sort.column];
}
