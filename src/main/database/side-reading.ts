/** A query that answers with one row of texts and numbers, and its named values. */
export interface SideQuery {
  sql: string;
  values: Record<string, bigint>;
}

export type SideRow = readonly (string | number | null)[];

/** Queries that another thread asks of the files as they are committed, while this one is at work. */
export interface SideReading {
  /**
   * The row of a query, waited for where it is being asked. Null where the thread has not come to it, and will not from now
   * on, or has failed: then it is for the caller to ask.
   */
  answer(index: number): SideRow | null;
  /** Gives up what has not begun. Returns when the thread's connection is closed. */
  end(): void;
}

/** Begins to ask queries of `cache.db`, with `local.db` attached as `local`, by another thread; without waiting. */
export type StartSideReading = (paths: { cache: string; local: string }, queries: readonly SideQuery[]) => SideReading;
