import type { Rules } from '../../shared/rules.ts';
import type { SqliteFile } from '../database/open.ts';
import type { SideQuery, SideReading, SideRow } from '../database/side-reading.ts';
import type { Check } from './check.ts';
import { orderSource } from './check-scope.ts';
import { CHECKS } from './checks/catalogue.ts';
import { prepared } from './prepared.ts';
import { countOf, isList, isSeenBeside, type Walk, walksOf } from './walks.ts';

const SUSPECTING = CHECKS.filter(({ suspect }) => suspect !== undefined);

/** SQL for the ids of the orders that {@link beginWalks} found for a check; null = it may have a finding of any order. */
export function suspectsOf(check: Check): string | null {
  const place = SUSPECTING.indexOf(check);
  return place === -1 ? null : `(SELECT order_id FROM temp.suspects WHERE place = ${place})`;
}

/** Begins to ask queries by another thread, beside this connection. */
export type AskBeside = (queries: readonly SideQuery[]) => SideReading;

/** How a run asks beside, and whether it has made the tables anew that checks share: these are not seen there then. */
export interface Beside {
  ask: AskBeside;
  made: boolean;
}

/** The walks of a run, some of them by another thread. */
export interface Walking {
  /** Walks over what only this connection sees: once the sums of statements are there. */
  walkOwn(): void;
  /**
   * Takes over what the other thread has found out and walks itself where it has not. After that `temp.suspects` is
   * complete. @returns how many orders each check cannot judge for want of data, by its code
   */
  finish(): ReadonlyMap<string, number>;
  /** Leaves nothing open, whatever has happened. */
  end(): void;
}

/**
 * Finds out which orders may have findings, and how many cannot be judged, in a few walks: one for each check took most of
 * a run's time. `temp.suspects` then has the orders of each check. `other` = null: there is no other thread.
 * @param named the named values of a statement
 */
export function beginWalks(
  file: SqliteFile,
  { rules, timeZone }: { rules: Rules; timeZone: string },
  named: (sql: string) => Record<string, bigint>,
  other: Beside | null,
): Walking {
  file.exec(`CREATE TEMP TABLE IF NOT EXISTS suspects (place INTEGER NOT NULL, order_id INTEGER NOT NULL,
      PRIMARY KEY (place, order_id)) WITHOUT ROWID;
    DELETE FROM temp.suspects`);
  const walks = walksOf(rules, timeZone, (sql) => other !== null && isSeenBeside(sql, other));
  const [beside, own] = [walks.filter((walk) => walk.beside), walks.filter((walk) => !walk.beside)];
  const reading = other?.ask(beside.map(({ sql }) => ({ sql, values: named(sql) }))) ?? null;
  const counts = new Map<string, number>();
  const walk = ({ sql }: Walk): SideRow => prepared(file, sql).raw().get(named(sql)) as SideRow;
  const take = (walked: Walk, row: SideRow): void => takeOver(file, { walked, row }, counts);

  return {
    walkOwn() {
      for (const each of own) take(each, walk(each));
    },
    finish() {
      // From the last one on: what the thread has not come to is done here while it does another.
      for (const [index, each] of [...beside.entries()].reverse()) take(each, reading?.answer(index) ?? walk(each));
      return lackingByCheck(file, { rules, timeZone }, counts);
    },
    end: () => reading?.end(),
  };
}

/** Notes what a walk has found out: suspects in their table, counts by their condition. */
function takeOver(
  file: SqliteFile,
  { walked, row }: { walked: Walk; row: SideRow },
  counts: Map<string, number>,
): void {
  const add = prepared(file, 'INSERT OR IGNORE INTO temp.suspects SELECT ?, value FROM json_each(?)');
  for (const [index, column] of walked.columns.entries()) {
    if ('lacking' in column) counts.set(column.lacking, Number(row[index]));
    else add.run(SUSPECTING.indexOf(column.suspectedBy), row[index]);
  }
}

function lackingByCheck(
  file: SqliteFile,
  { rules, timeZone }: { rules: Rules; timeZone: string },
  counts: ReadonlyMap<string, number>,
): Map<string, number> {
  const lacking = new Map<string, number>();
  for (const check of CHECKS) {
    const which = check.lacking(rules, timeZone);
    if (which === null) continue;
    const known = counts.get(isList(which) ? which.orders : which);
    lacking.set(check.code, known ?? (isList(which) ? countAmong(file, check, which.orders) : 0));
  }
  return lacking;
}

/** Of the few orders that a check suspects, those that lack something. */
function countAmong(file: SqliteFile, check: Check, orders: string): number {
  const ids = orders.replaceAll('HELD o', `${orderSource(suspectsOf(check))} o`);
  return Number(prepared(file, countOf(ids)).pluck().get());
}
