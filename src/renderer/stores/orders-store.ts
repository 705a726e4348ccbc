import { create } from 'zustand';
import type { AppError } from '../../shared/errors.ts';
import {
  NO_ORDER_FILTER,
  type OrderFacets,
  type OrderFilter,
  type OrderRow,
  type OrderSort,
  type OrderTotals,
} from '../../shared/orders.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import {
  addSelected,
  MAX_SELECTED_IDS,
  NOTHING_SELECTED,
  type Selection,
  toggleSelected,
  toOrderSelection,
} from './selection.ts';
import { createWindowStore } from './window-store.ts';

export interface OrderQuery {
  filter: OrderFilter;
  sort: OrderSort;
}

/** The rows of the order grid. */
export const orderRows = createWindowStore<OrderQuery, OrderRow>(({ filter, sort }, offset, limit) =>
  call('orders.window', { filter, sort, offset, limit }),
);

/** Rows that one call may carry. */
const CALL_ROWS = 500;
/** Selecting with the shift key held down moves fast; totals follow when it rests. */
const TOTALS_DELAY_MS = 60;

interface OrdersState {
  filter: OrderFilter;
  sort: OrderSort;
  selection: Selection;
  totals: OrderTotals | null;
  totalsError: AppError | null;
  facets: OrderFacets | null;
  /** Changes the filter. The selection goes with it: it was made among other rows. */
  setFilter(change: Partial<OrderFilter>): void;
  setSort(sort: OrderSort): void;
  setSelection(selection: Selection): void;
  toggle(id: number): void;
  /** Ticks the rows between two places of the list, both included; false when they are too many to name. */
  selectRange(from: number, to: number): Promise<boolean>;
  /** Reads rows, totals and facets again. */
  refresh(): void;
  reset(): void;
}

export const DEFAULT_ORDER_SORT: OrderSort = { column: 'datePlaced', direction: 'desc' };

export const useOrders = create<OrdersState>((set, get) => {
  let totalsAsked = 0;
  let totalsTimer: ReturnType<typeof setTimeout> | undefined;

  const readTotals = async (): Promise<void> => {
    totalsAsked += 1;
    const asked = totalsAsked;
    const { filter, selection } = get();
    try {
      const totals = await call('orders.totals', { filter, selection: toOrderSelection(selection) });
      if (asked === totalsAsked) set({ totals, totalsError: null });
    } catch (thrown) {
      if (asked === totalsAsked) set({ totalsError: asAppError(thrown) });
    }
  };

  const totalsSoon = (): void => {
    clearTimeout(totalsTimer);
    totalsTimer = setTimeout(() => void readTotals(), TOTALS_DELAY_MS);
  };

  const readFacets = async (): Promise<void> => {
    const { period } = get().filter;
    try {
      const facets = await call('orders.facets', { period });
      if (period === get().filter.period) set({ facets });
    } catch {
      // The filter lists stay as they are; the rows' own reading reports the error.
    }
  };

  const askRows = (): void => {
    const { filter, sort } = get();
    orderRows.getState().setQuery({ filter, sort });
  };

  return {
    filter: NO_ORDER_FILTER,
    sort: DEFAULT_ORDER_SORT,
    selection: NOTHING_SELECTED,
    totals: null,
    totalsError: null,
    facets: null,

    setFilter(change) {
      set({ filter: { ...get().filter, ...change }, selection: NOTHING_SELECTED });
      askRows();
      totalsSoon();
      if (change.period !== undefined) void readFacets();
    },

    setSort(sort) {
      set({ sort });
      askRows();
    },

    setSelection(selection) {
      set({ selection });
      totalsSoon();
    },

    toggle(id) {
      get().setSelection(toggleSelected(get().selection, id));
    },

    async selectRange(from, to) {
      const { filter, sort, selection } = get();
      const first = Math.min(from, to);
      const last = Math.max(from, to);
      if (last - first >= MAX_SELECTED_IDS) return false;
      const ids: number[] = [];
      for (let offset = first; offset <= last; offset += CALL_ROWS) {
        const limit = Math.min(CALL_ROWS, last - offset + 1);
        const known = knownIds(offset, limit);
        if (known !== null) ids.push(...known);
        else ids.push(...(await call('orders.window', { filter, sort, offset, limit })).rows.map((row) => row.id));
      }
      if (get().selection !== selection || get().filter !== filter) return true;
      const next = addSelected(selection, ids);
      if (next !== null) get().setSelection(next);
      return next !== null;
    },

    refresh() {
      if (orderRows.getState().query === null) askRows();
      else orderRows.getState().refresh();
      totalsSoon();
      void readFacets();
    },

    reset() {
      clearTimeout(totalsTimer);
      totalsAsked += 1;
      orderRows.getState().reset();
      set({
        filter: { ...NO_ORDER_FILTER, period: get().filter.period },
        selection: NOTHING_SELECTED,
        totals: null,
        totalsError: null,
        facets: null,
      });
    },
  };
});

function knownIds(offset: number, limit: number): number[] | null {
  const ids: number[] = [];
  for (let index = offset; index < offset + limit; index += 1) {
    const row = orderRows.getState().rowAt(index);
    if (row === undefined) return null;
    ids.push(row.id);
  }
  return ids;
}
