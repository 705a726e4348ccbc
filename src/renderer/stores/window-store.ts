import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../shared/errors.ts';
import { asAppError } from '../bridge/bridge.ts';

/** Rows of one page; small enough for one IPC answer, large enough that scrolling rarely waits. */
export const PAGE_SIZE = 200;
/** Pages kept. 30 pages of 200 rows bound the memory however long the list is. */
export const MAX_PAGES = 30;

export interface RowWindow<Row> {
  total: number;
  offset: number;
  rows: readonly Row[];
}

export type ReadWindow<Query, Row> = (query: Query, offset: number, limit: number) => Promise<RowWindow<Row>>;

export interface WindowState<Query, Row> {
  /** Null until the first query is set. */
  query: Query | null;
  /** Rows of the whole list; null while it is not known yet. */
  total: number | null;
  pages: ReadonlyMap<number, readonly Row[]>;
  /** True while what is shown belongs to an earlier query or reading. */
  settling: boolean;
  error: AppError | null;
  /** Asks for another list and shows it from the top; what is shown stays until the first rows arrive. */
  setQuery(query: Query): void;
  /** Reads again what is shown: the data underneath changed. */
  refresh(): void;
  /** Forgets everything: another connection was opened. */
  reset(): void;
  /** Makes sure that these rows are loaded or on their way. */
  ensure(first: number, last: number): void;
  rowAt(index: number): Row | undefined;
}

/** A list of any length, read in pages as they come into view, with the least recently used pages forgotten. */
export function createWindowStore<Query, Row>(readWindow: ReadWindow<Query, Row>): StoreApi<WindowState<Query, Row>> {
  /** Grows with every new query or refresh; answers to an earlier one are ignored. */
  let generation = 0;
  let shown = { first: 0, last: 0 };
  /** True until the first rows of a new query arrive: pages of the former one are then dropped. */
  let otherQuery = false;
  const inFlight = new Set<number>();
  /** Pages read in the present generation, least recently used first. */
  const fresh = new Set<number>();

  return createStore<WindowState<Query, Row>>((set, get) => {
    const forget = (): void => {
      generation += 1;
      inFlight.clear();
      fresh.clear();
    };

    const touch = (page: number): void => {
      fresh.delete(page);
      fresh.add(page);
    };

    const store = (page: number, answer: RowWindow<Row>): void => {
      const pages = new Map(otherQuery ? [] : get().pages);
      otherQuery = false;
      pages.set(page, answer.rows);
      touch(page);
      const stale = [...pages.keys()].filter((key) => !fresh.has(key));
      for (const old of [...stale, ...fresh]) {
        if (pages.size <= MAX_PAGES) break;
        fresh.delete(old);
        pages.delete(old);
      }
      set({ pages, total: answer.total, settling: false, error: null });
    };

    const load = async (query: Query, page: number): Promise<void> => {
      const asked = generation;
      inFlight.add(page);
      try {
        const answer = await readWindow(query, page * PAGE_SIZE, PAGE_SIZE);
        if (asked !== generation) return;
        inFlight.delete(page);
        store(page, answer);
      } catch (thrown) {
        if (asked !== generation) return;
        inFlight.delete(page);
        set({ error: asAppError(thrown), settling: false });
      }
    };

    const ensure = (first: number, last: number): void => {
      const { query, total } = get();
      shown = { first, last };
      if (query === null) return;
      const end = total === null ? first : Math.min(last, Math.max(total - 1, 0));
      for (let page = Math.floor(first / PAGE_SIZE); page <= Math.floor(end / PAGE_SIZE); page += 1) {
        if (fresh.has(page)) touch(page);
        else if (!inFlight.has(page)) void load(query, page);
      }
    };

    return {
      query: null,
      total: null,
      pages: new Map(),
      settling: false,
      error: null,
      setQuery(query) {
        forget();
        otherQuery = true;
        set({ query, settling: true, error: null });
        ensure(0, PAGE_SIZE - 1);
      },
      refresh() {
        if (get().query === null) return;
        forget();
        set({ settling: true, error: null });
        ensure(shown.first, shown.last);
      },
      reset() {
        forget();
        shown = { first: 0, last: 0 };
        otherQuery = false;
        set({ query: null, total: null, pages: new Map(), settling: false, error: null });
      },
      ensure,
      rowAt(index) {
        return get().pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
      },
    };
  });
}
