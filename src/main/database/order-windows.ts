import type { OrderSort } from '../../shared/orders.ts';
import { collectIds, type IdCollector, type IdList } from './id-list.ts';
import type { SqliteFile } from './open.ts';
import { type Condition, sortColumn } from './order-filter.ts';

/** Windows that end before this row are read directly; deeper ones from the view's list of ids. */
const DIRECT_ROWS = 1_000;
/** Views whose count or list is kept. */
const KEPT = 4;
/**
 * While a sync writes, a view may be this old, or this many times as old as it took to make: rows drift a little, and at
 * most a fortieth of the reader's time goes into counting anew, so that hardly a window has to wait for that.
 */
const STALE_MS = 2_000;
const STALE_FACTOR = 40;

interface View {
  total: number;
  /** The ids of the whole view in its order, once somebody looked deep into it. */
  ids: IdList | null;
  dataVersion: number;
  madeMs: number;
  costMs: number;
}

/** The query for the ids of a view in its order. */
function inOrder({ sql }: Condition, sort: OrderSort): string {
  const direction = sort.direction === 'asc' ? 'ASC' : 'DESC';
  return `SELECT o.id FROM orders o WHERE ${sql} ORDER BY o.${sortColumn(sort)} ${direction}, o.id ${direction}`;
}

/** Windows over any filter and sort at any depth. */
export interface OrderWindows {
  /** The ids of rows `offset … offset + limit`, in view order, and how many rows the view has. */
  ids(
    condition: Condition,
    sort: OrderSort,
    window: { offset: number; limit: number },
  ): { total: number; ids: readonly number[] };
  /**
   * Drops every view that the data has outgrown. To be called whenever lists are told to read again: a view that is
   * allowed to be old while rows pour in would otherwise be what stays on the screen when they stop.
   */
  forgetOutgrown(): void;
}

/** `nowMs` is a monotonic clock, for staleness only. docs/adr/0003 tells why a list of ids and not keys. */
export function createOrderWindows(file: SqliteFile, nowMs: () => number): OrderWindows {
  const views = new Map<string, View>();
  let collecting: IdCollector | null = null;
  // Row by row: rows of the driver would be tens of megabytes of garbage at a million, and one text of all of them as many
  // that the thread never gives back.
  file.function('collect_id', { deterministic: false }, (id: unknown) => {
    collecting?.add(Number(id));
    return null;
  });

  function isFresh(view: View, dataVersion: number): boolean {
    return view.dataVersion === dataVersion || nowMs() - view.madeMs < Math.max(STALE_MS, view.costMs * STALE_FACTOR);
  }

  function viewOf(name: string, condition: Condition): View {
    const dataVersion = Number(file.pragma('data_version', { simple: true }));
    const held = views.get(name);
    views.delete(name);
    const view = held !== undefined && isFresh(held, dataVersion) ? held : counted(condition, dataVersion);
    views.set(name, view);
    for (const oldest of views.keys()) {
      if (views.size <= KEPT) break;
      views.delete(oldest);
    }
    return view;
  }

  function counted(condition: Condition, dataVersion: number): View {
    const startMs = nowMs();
    const sql = `SELECT count(*) FROM orders o WHERE ${condition.sql}`;
    const total = Number(
      file
        .prepare(sql)
        .pluck()
        .get(...condition.values),
    );
    return { total, ids: null, dataVersion, madeMs: nowMs(), costMs: nowMs() - startMs };
  }

  function select(condition: Condition, sort: OrderSort, limit: number, offset: number): number[] {
    return file
      .prepare<unknown[], number>(`${inOrder(condition, sort)} LIMIT ? OFFSET ?`)
      .pluck()
      .all(...condition.values, limit, offset);
  }

  function listIds(view: View, condition: Condition, sort: OrderSort): IdList {
    const startMs = nowMs();
    const collector = collectIds(view.total);
    collecting = collector;
    // The limit, which is none, keeps the inner order from being taken for a needless one.
    file.prepare(`SELECT count(collect_id(id)) FROM (${inOrder(condition, sort)} LIMIT -1)`).get(...condition.values);
    collecting = null;
    const ids = collector.ids();
    view.ids = ids;
    view.total = ids.length;
    view.costMs += nowMs() - startMs;
    view.madeMs = nowMs();
    return ids;
  }

  return {
    ids(condition, sort, { offset, limit }) {
      const view = viewOf(JSON.stringify([condition, sort]), condition);
      if (view.ids === null && offset + limit <= DIRECT_ROWS) {
        return { total: view.total, ids: select(condition, sort, limit, offset) };
      }
      const ids = view.ids ?? listIds(view, condition, sort);
      return { total: view.total, ids: [...ids.subarray(offset, offset + limit)] };
    },
    forgetOutgrown() {
      const dataVersion = Number(file.pragma('data_version', { simple: true }));
      for (const [name, view] of views) if (view.dataVersion !== dataVersion) views.delete(name);
    },
  };
}
