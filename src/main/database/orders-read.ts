import { PENDING_STATES } from '../../shared/corrections.ts';
import { formatAmount, formatMicrosText } from '../../shared/money.ts';
import type {
  OrderFacets,
  OrderFilter,
  OrderRow,
  OrderSelection,
  OrderSort,
  OrderTotals,
} from '../../shared/orders.ts';
import type { Period } from '../../shared/period.ts';
import { sqlList } from '../reconcile/check.ts';
import { CHECKS } from '../reconcile/checks/catalogue.ts';
import { FINDINGS_DECIDED, IN_QUEUE } from '../reconcile/queue/status-sql.ts';
import type { SqliteFile } from './open.ts';
import { type Condition, filterCondition, periodCondition, selectionCondition } from './order-filter.ts';
import { readOrderTotals } from './order-totals.ts';
import { createOrderWindows } from './order-windows.ts';

interface RawRow {
  id: number;
  number: string;
  channel: string | null;
  status: string;
  date_placed: string;
  currency: string;
  amount: string;
  refund: string | null;
  discount: string | null;
  shipping: string | null;
  sent: number;
  invoice_number: string | null;
  line_count: number;
  findings: number;
  errors: number;
  pending: number;
  pending_sent: number;
}

const PENDING = sqlList(PENDING_STATES);
const ERROR_CHECKS = sqlList(CHECKS.filter(({ severity }) => severity === 'error').map(({ code }) => code));

const OPEN_OF_ORDER = `SELECT count(*) FROM ${FINDINGS_DECIDED} WHERE f.order_id = o.id AND ${IN_QUEUE}`;

/** Amounts leave SQLite as text: the driver's numbers lose digits above 2^53. */
const ROW_SQL = `SELECT o.id, o.number, o.channel, o.status, o.date_placed, o.currency,
  CAST(o.amount AS TEXT) AS amount, CAST(o.refund_amount AS TEXT) AS refund,
  CAST(o.discount_amount AS TEXT) AS discount, CAST(o.shipping_amount AS TEXT) AS shipping,
  o.sent, o.invoice_number, o.line_count,
  (${OPEN_OF_ORDER}) AS findings,
  (${OPEN_OF_ORDER} AND f.check_code IN (${ERROR_CHECKS})) AS errors,
  (SELECT count(*) FROM local.corrections c WHERE c.order_id = o.id AND c.state IN (${PENDING})) AS pending,
  EXISTS (SELECT 1 FROM local.corrections c WHERE c.order_id = o.id AND c.line_id IS NULL AND c.state IN (${PENDING})) AS pending_sent
  FROM orders o WHERE o.id IN (SELECT value FROM json_each(?))`;

function toRow(raw: RawRow): OrderRow {
  return {
    id: raw.id,
    number: raw.number,
    channel: raw.channel,
    status: raw.status,
    datePlaced: raw.date_placed,
    currency: raw.currency,
    amount: formatAmount(BigInt(raw.amount), raw.currency),
    refund: formatMicrosText(raw.refund, raw.currency),
    discount: formatMicrosText(raw.discount, raw.currency),
    shipping: formatMicrosText(raw.shipping, raw.currency),
    sent: raw.sent === 1,
    invoiceNumber: raw.invoice_number,
    lines: raw.line_count,
    findings: raw.findings,
    worst: raw.findings === 0 ? null : raw.errors > 0 ? 'error' : 'warning',
    pendingSent: raw.pending_sent === 1,
    pending: raw.pending,
  };
}

export interface OrderReads {
  window(args: { filter: OrderFilter; sort: OrderSort; timeZone: string; offset: number; limit: number }): {
    total: number;
    offset: number;
    rows: OrderRow[];
  };
  /** The data changed and lists will read again: no window may answer from before. */
  dataChanged(): void;
  totals(args: { filter: OrderFilter; selection: OrderSelection; timeZone: string }): OrderTotals;
  facets(args: { period: Period; timeZone: string }): OrderFacets;
  /** Up to `limit` rows of a selection, in grid order. */
  selected(args: {
    filter: OrderFilter;
    sort: OrderSort;
    selection: OrderSelection;
    timeZone: string;
    limit: number;
  }): OrderRow[];
  byNumber(number: string): { id: number; number: string; channel: string | null }[];
}

/** Prepares everything the order grid reads. `nowMs` is a monotonic clock. */
export function prepareOrderReads(file: SqliteFile, nowMs: () => number): OrderReads {
  const windows = createOrderWindows(file, nowMs);
  // Prepared per call: `findings` may meanwhile be hidden by a temporary table of the same name.
  function rowsOf(ids: readonly number[]): OrderRow[] {
    const list = `[${ids.join(',')}]`;
    const raws = file.prepare<[string], RawRow>(ROW_SQL).all(list);
    const byId = new Map(raws.map((raw) => [raw.id, raw]));
    return ids.flatMap((id) => {
      const raw = byId.get(id);
      return raw === undefined ? [] : [toRow(raw)];
    });
  }

  function facet(column: 'status' | 'currency', condition: Condition): { value: string; orders: number }[] {
    return file
      .prepare<unknown[], { value: string; orders: number }>(
        `SELECT o.${column} AS value, count(*) AS orders FROM orders o WHERE ${condition.sql} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100`,
      )
      .all(...condition.values);
  }

  return {
    dataChanged: () => windows.forgetOutgrown(),
    window({ filter, sort, timeZone, offset, limit }) {
      const found = windows.ids(filterCondition(filter, timeZone), sort, { offset, limit });
      return { total: found.total, offset, rows: rowsOf(found.ids) };
    },
    totals: (args) => readOrderTotals(file, args),
    facets({ period, timeZone }) {
      const condition = periodCondition(period, timeZone);
      const range = file
        .prepare<unknown[], { first: string | null; last: string | null }>(
          `SELECT (SELECT o.date_placed FROM orders o WHERE ${condition.sql} ORDER BY o.date_placed_ms LIMIT 1) AS first,
             (SELECT o.date_placed FROM orders o WHERE ${condition.sql} ORDER BY o.date_placed_ms DESC LIMIT 1) AS last`,
        )
        .get(...condition.values, ...condition.values);
      return {
        statuses: facet('status', condition),
        currencies: facet('currency', condition),
        firstDate: range?.first ?? null,
        lastDate: range?.last ?? null,
      };
    },
    selected({ filter, sort, selection, timeZone, limit }) {
      const condition = selectionCondition(filter, selection, timeZone);
      return rowsOf(windows.ids(condition, sort, { offset: 0, limit }).ids);
    },
    byNumber(number) {
      return file
        .prepare<[string], { id: number; number: string; channel: string | null }>(
          'SELECT id, number, channel FROM orders WHERE number = ? ORDER BY id',
        )
        .all(number);
    },
  };
}
