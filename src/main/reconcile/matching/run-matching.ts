import type { MatchRules, MatchRunResult, StateCounts } from '../../../shared/matches.ts';
import { statementKind } from '../../../shared/statements.ts';
import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import { giveBackMemory } from '../../database/give-back.ts';
import type { SqliteFile } from '../../database/open.ts';
import { readRules } from '../rules.ts';
import { matchByAmount } from './match-by-amount.ts';
import { joinBatches, matchByBatch } from './match-by-batch.ts';
import { matchByKey } from './match-by-key.ts';
import { readMatchRules } from './match-rules.ts';
import { mendGroups } from './mend-groups.ts';
import { imageOf, type Pair } from './pairs.ts';
import {
  beginRunTables,
  clearRunTables,
  dropConfirmed,
  keepConfirmed,
  kindsToDo,
  ROWS_IN_FORCE,
} from './run-tables.ts';
import { setTolerances } from './tolerance-sql.ts';

/** Thrown to leave a transaction without storing anything. */
class Nothing extends Error {}

/** Runs `work` in a transaction that is always taken back. */
export function withoutStoring<T>(local: SqliteFile, work: () => T): T {
  const answer: { value?: T } = {};
  try {
    local
      .transaction(() => {
        answer.value = work();
        throw new Nothing();
      })
      .immediate();
  } catch (thrown) {
    if (!(thrown instanceof Nothing)) throw thrown;
  }
  return answer.value as T;
}

/**
 * What is written had better stay in memory until the end: pages that fall out are written twice. Of the orders a part is enough:
 * few are searched for by their keys, many are read in the order of an index. With 128 MB for both, matching a
 * million rows took 80 MB more.
 */
const LARGE_CACHE_KIB = { main: 131_072, cache: 49_152 } as const;

/** Runs `work` with a larger page cache of both files. */
export function withLargeCache<T>(local: SqliteFile, work: () => T): T {
  const names = ['main', 'cache'] as const;
  const before = names.map((name) => Number(local.pragma(`${name}.cache_size`, { simple: true })));
  for (const name of names) local.pragma(`${name}.cache_size = ${-LARGE_CACHE_KIB[name]}`);
  try {
    return work();
  } finally {
    for (const [place, name] of names.entries()) local.pragma(`${name}.cache_size = ${before[place]}`);
    giveBackMemory(local);
  }
}

/** What a run has changed. */
interface MatchedRows {
  /** The suggestions that are gone. */
  removed: Pair[];
  /** How many pairs are new, by state and in all. */
  counts: Omit<StateCounts, 'unmatched'>;
  added: number;
}

/**
 * Matches rows by rules into `main.matches` under the number `run`; within the caller's transaction. Suggestions that a
 * run before made and that are the same now keep that run's number. `unasked`: rows of undone runs stay as they are.
 */
export function matchRows(
  local: SqliteFile,
  rules: MatchRules,
  { run, unasked = false }: { run: number; unasked?: boolean },
): MatchedRows {
  setTolerances(local, readRules(local, 'main').rules.tolerances);
  beginRunTables(local, { unasked });
  for (const kind of kindsToDo(local)) {
    for (const { key, days } of rules[kind]) {
      if (key === 'batch') matchByBatch(local, { kind, run });
      else if (key === 'amount-date') matchByAmount(local, { kind, run }, days ?? 0);
      else matchByKey(local, key, { kind, run });
    }
  }
  for (const kind of statementKind.options) {
    if (rules[kind].some(({ key }) => key === 'batch')) joinBatches(local, { kind, run }, { unasked });
  }
  storeTentative(local, run);
  keepConfirmed(local, run);
  const removed = local
    .prepare<[number], Pair>(
      `SELECT u.*, 0 AS by_person FROM temp.undecided u WHERE NOT EXISTS (SELECT 1 FROM main.matches m
         WHERE m.row_id = u.row_id AND m.order_id = u.order_id AND m.run_id IS NOT ?) ORDER BY 1, 2`,
    )
    .all(run);
  const counts = countOfRun(local, run);
  // Rows of withdrawn statements and of undone runs stay, where others of their group were matched anew.
  mendGroups(local, 'SELECT group_id FROM temp.undecided');
  clearRunTables(local);
  return { removed, counts, added: counts.confirmed + counts.suggested + counts.ambiguous };
}

/** What rules suggest counts only for rows that no rule has confirmed. */
function storeTentative(local: SqliteFile, run: number): void {
  dropConfirmed(local);
  // A group of which a later rule has confirmed the first row is named after the first that is left.
  local.exec(`UPDATE temp.tentative SET group_id = n.name FROM (
      SELECT v.group_id, min(v.row_id) AS name FROM temp.tentative v CROSS JOIN temp.todo t ON t.row_id = v.row_id
      WHERE v.group_id <> v.row_id AND v.group_id NOT IN (SELECT row_id FROM temp.todo) GROUP BY 1) n
    WHERE tentative.group_id = n.group_id`);
  local
    .prepare(
      `INSERT INTO main.matches (row_id, order_id, group_id, run_id, rule, state, by_person)
       SELECT v.row_id, v.order_id, v.group_id,
         CASE WHEN (u.group_id, u.rule, u.state) = (v.group_id, v.rule, v.state) THEN u.run_id ELSE ? END, v.rule, v.state, 0
       FROM temp.tentative v JOIN temp.todo t ON t.row_id = v.row_id
         LEFT JOIN temp.undecided u ON u.row_id = v.row_id AND u.order_id = v.order_id`,
    )
    .run(run);
}

/** How many pairs a run has added, by state. */
function countOfRun(local: SqliteFile, run: number): Omit<StateCounts, 'unmatched'> {
  const count = (state: string): string => `count(*) FILTER (WHERE state = '${state}') AS ${state}`;
  return local
    .prepare<[number], Omit<StateCounts, 'unmatched'>>(
      `SELECT ${count('confirmed')}, ${count('suggested')}, ${count('ambiguous')} FROM main.matches WHERE run_id = ?`,
    )
    .get(run) as Omit<StateCounts, 'unmatched'>;
}

/** Rows of the statements in force by state. A row with matches has the state of its matches: they are all of one. */
export function countStates(local: SqliteFile): StateCounts {
  const count = (from: string): number => Number(local.prepare(`SELECT count(*) FROM ${from}`).pluck().get());
  // Where nothing is withdrawn, each row with a match is in force: then a million of them need not be looked up.
  const anyWithdrawn = count('main.statements WHERE withdrawn_ms IS NOT NULL') > 0;
  const pairs = anyWithdrawn ? `main.matches m CROSS JOIN ${ROWS_IN_FORCE} AND r.id = m.row_id` : 'main.matches m';
  // In the order of the rows, which the key and the index of the undecided have, nothing needs sorting.
  const rowsThat = (are: string): number =>
    Number(local.prepare(`SELECT count(DISTINCT m.row_id) FROM ${pairs} WHERE ${are}`).pluck().get());
  const confirmed = rowsThat(`m.state = 'confirmed'`);
  const [suggested, ambiguous] = (['suggested', 'ambiguous'] as const).map((state) =>
    rowsThat(`m.state = '${state}' AND m.state <> 'confirmed'`),
  ) as [number, number];
  return { confirmed, suggested, ambiguous, unmatched: count(ROWS_IN_FORCE) - confirmed - suggested - ambiguous };
}

/** See `MatchWriter.matchRun`. */
export function runMatching(
  { local, author }: AuthoredFiles,
  { nowMs, dryRun = false, unasked = false }: { nowMs: number; dryRun?: boolean; unasked?: boolean },
): MatchRunResult {
  const nothing = (): MatchRunResult => ({ run: null, added: 0, removed: 0, rows: countStates(local) });
  if (!anyInForce(local)) return nothing();
  const { version, rules } = readMatchRules(local, 'main');
  if (dryRun) {
    return withoutStoring(local, () => {
      const { removed, added } = matchRows(local, rules, { run: 0, unasked });
      return { run: null, added, removed: removed.length, rows: countStates(local) };
    });
  }
  return local
    .transaction((): MatchRunResult => {
      if (!unasked) local.exec('DELETE FROM main.match_paused');
      const run = Number(
        local
          .prepare(
            'INSERT INTO main.match_runs (at_ms, rules_version, confirmed, suggested, ambiguous) VALUES (?, ?, 0, 0, 0)',
          )
          .run(nowMs, version).lastInsertRowid,
      );
      const { removed, added, counts } = matchRows(local, rules, { run, unasked });
      if (added === 0 && removed.length === 0) {
        local.prepare('DELETE FROM main.match_runs WHERE id = ?').run(run);
        return nothing();
      }
      local
        .prepare('UPDATE main.match_runs SET confirmed = ?, suggested = ?, ambiguous = ? WHERE id = ?')
        .run(counts.confirmed, counts.suggested, counts.ambiguous, run);
      appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'match.run',
        subject: `match run ${run}`,
        before: { removed: imageOf(removed) },
        after: { run, rulesVersion: version, ...counts },
        reason: null,
        undoes: null,
      });
      local.exec(`INSERT INTO main.touched (kind, subject) VALUES ('statements', 0)`);
      return { run, added, removed: removed.length, rows: countStates(local) };
    })
    .immediate();
}

/** Without statements there is nothing to match. */
function anyInForce(local: SqliteFile): boolean {
  return local.prepare('SELECT EXISTS (SELECT 1 FROM main.statements WHERE withdrawn_ms IS NULL)').pluck().get() === 1;
}
