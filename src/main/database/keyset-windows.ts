import type { OrderSort } from '../../shared/orders.ts';
import type { SqliteFile } from './open.ts';
import { type Condition, sortColumn } from './order-filter.ts';

type SortKey = string | bigint;
interface Anchor {
  key: SortKey;
  id: bigint;
}

/** Rows between two anchors. */
const STEP = 1_000;
/** Views whose anchors are kept. */
const KEPT = 8;
/** While a sync writes, anchors may be this old: rows drift a little instead of being counted anew every page. */
const STALE_MS = 1_000;

interface View {
  total: number;
  /** `anchors[n]` is row `n * STEP` of the view. Grows as deeper windows are asked for. */
  anchors: Anchor[];
  dataVersion: number;
  madeMs: number;
}

/**
 * Windows over any filter and sort at any depth. Instead of OFFSET, which walks every row before the window, a window
 * starts at the nearest anchor (every 1,000th key) and goes on by key.
 */
export interface KeysetWindows {
  /** The ids of rows `offset … offset + limit`, in view order, and how many rows the view has. */
  ids(
    condition: Condition,
    sort: OrderSort,
    window: { offset: number; limit: number },
  ): { total: number; ids: bigint[] };
}

/** `nowMs` is a monotonic clock, for staleness only. */
export function createKeysetWindows(file: SqliteFile, nowMs: () => number): KeysetWindows {
  const views = new Map<string, View>();

  function viewOf(name: string, condition: Condition): View {
    const dataVersion = Number(file.pragma('data_version', { simple: true }));
    const held = views.get(name);
    if (held !== undefined && (held.dataVersion === dataVersion || nowMs() - held.madeMs < STALE_MS)) return held;
    const total = file
      .prepare(`SELECT count(*) FROM orders o WHERE ${condition.sql}`)
      .pluck()
      .get(...condition.values);
    const view: View = { total: Number(total), anchors: [], dataVersion, madeMs: nowMs() };
    views.delete(name);
    views.set(name, view);
    for (const oldest of views.keys()) {
      if (views.size <= KEPT) break;
      views.delete(oldest);
    }
    return view;
  }

  /**
   * `count` keys from a starting point on; `skip` rows of it are passed over. Two ranges instead of one comparison of
   * row values, of which SQLite would use the first column only: with few distinct keys that walks every equal key.
   */
  function keysFrom(
    condition: Condition,
    sort: OrderSort,
    start: Anchor | null,
    skip: number,
    count: number,
  ): Anchor[] {
    const column = sortColumn(sort);
    const [direction, beyond] = sort.direction === 'asc' ? ['ASC', '>'] : ['DESC', '<'];
    const select = `SELECT o.${column} AS key, o.id AS id FROM orders o WHERE ${condition.sql}`;
    const ranges =
      start === null
        ? select
        : `${select} AND o.${column} = ? AND o.id ${beyond}= ? UNION ALL ${select} AND o.${column} ${beyond} ?`;
    const values =
      start === null ? condition.values : [...condition.values, start.key, start.id, ...condition.values, start.key];
    return file
      .prepare<unknown[], Anchor>(`${ranges} ORDER BY key ${direction}, id ${direction} LIMIT ? OFFSET ?`)
      .safeIntegers()
      .all(...values, count, skip);
  }

  function extendAnchors(view: View, condition: Condition, sort: OrderSort, upTo: number): void {
    if (view.anchors.length === 0) view.anchors.push(...keysFrom(condition, sort, null, 0, 1));
    while (view.anchors.length > 0 && view.anchors.length <= upTo) {
      const last = view.anchors.at(-1) ?? null;
      const next = keysFrom(condition, sort, last, STEP, 1);
      if (next.length === 0) return;
      view.anchors.push(...next);
    }
  }

  return {
    ids(condition, sort, { offset, limit }) {
      const view = viewOf(JSON.stringify([condition, sort]), condition);
      if (offset >= view.total) return { total: view.total, ids: [] };
      const wanted = Math.floor(offset / STEP);
      if (wanted > 0) extendAnchors(view, condition, sort, wanted);
      const nearest = Math.min(wanted, Math.max(0, view.anchors.length - 1));
      const start = wanted === 0 ? null : (view.anchors[nearest] ?? null);
      const keys = keysFrom(condition, sort, start, offset - nearest * STEP, limit);
      return { total: view.total, ids: keys.map((key) => key.id) };
    },
  };
}
