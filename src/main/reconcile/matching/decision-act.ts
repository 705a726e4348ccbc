import type { JsonValue } from '../../../shared/canonical-json.ts';
import { AppError } from '../../../shared/errors.ts';
import type { MatchChange } from '../../../shared/matches.ts';
import { type AuthoredFiles, appendJournal, type JournalAction } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import { mendGroups } from './mend-groups.ts';
import { imageOf, insertImage, type Pair } from './pairs.ts';
import type { MatchAct } from './service.ts';

/** Everything that is known of some rows: their pairs, and the pairs that people rejected. */
export type Image = { matches: JsonValue; rejections: JsonValue };

/** The refusal for rows, orders or matches that are not there. */
export const unknown = (): AppError =>
  new AppError('MATCH_UNKNOWN', 'There is no such row or match any more. Look at the list again.');

/** Makes the rows of an action available to SQL as `temp.chosen`. */
function choose(local: SqliteFile, rowIds: readonly number[]): void {
  local.exec('CREATE TEMP TABLE IF NOT EXISTS chosen (row_id INTEGER PRIMARY KEY); DELETE FROM temp.chosen');
  const insert = local.prepare('INSERT OR IGNORE INTO temp.chosen VALUES (?)');
  for (const id of rowIds) insert.run(id);
}

function chosenRows(local: SqliteFile): number[] {
  return local.prepare<[], number>('SELECT row_id FROM temp.chosen ORDER BY 1').pluck().all();
}

const GROUPS_OF_CHOSEN =
  'SELECT DISTINCT g.group_id FROM temp.chosen c CROSS JOIN main.matches g ON g.row_id = c.row_id';

/** Adds the rows that are in one group with the chosen ones, and belong to them. */
function chooseGroups(local: SqliteFile): void {
  mendGroups(local, GROUPS_OF_CHOSEN);
  local.exec(`INSERT OR IGNORE INTO temp.chosen SELECT row_id FROM (
      ${GROUPS_OF_CHOSEN}) k
    JOIN main.matches m ON m.group_id = k.group_id AND m.group_id <> m.row_id;
    INSERT OR IGNORE INTO temp.chosen SELECT m.row_id FROM (
      ${GROUPS_OF_CHOSEN}) k
    JOIN main.matches m ON m.row_id = k.group_id AND m.group_id = k.group_id`);
}

function readImage(local: SqliteFile): Image {
  const pairs = local
    .prepare<[], Pair>(
      'SELECT m.* FROM main.matches m WHERE m.row_id IN (SELECT row_id FROM temp.chosen) ORDER BY m.row_id, m.order_id',
    )
    .all();
  const rejections = local
    .prepare<[], [number, number]>(
      'SELECT row_id, order_id FROM main.match_rejections WHERE row_id IN (SELECT row_id FROM temp.chosen) ORDER BY 1, 2',
    )
    .raw()
    .all();
  return { matches: imageOf(pairs), rejections };
}

/** What is known of these rows, whatever else is in their groups. */
export function imageOfRows(local: SqliteFile, rowIds: readonly number[]): Image {
  choose(local, rowIds);
  return readImage(local);
}

/**
 * Makes what is known of these rows what an image says of them. Rows that rules have grouped with them since keep their
 * own pairs, in a group of their own.
 */
export function writeImage(local: SqliteFile, rowIds: readonly number[], { matches, rejections }: Image): void {
  const remove = local.prepare('DELETE FROM main.matches WHERE row_id = ?');
  const allow = local.prepare('DELETE FROM main.match_rejections WHERE row_id = ?');
  for (const row of rowIds) {
    remove.run(row);
    allow.run(row);
  }
  regroup(local);
  insertImage(local, matches);
  // An older version may have journaled rows in one group that do not belong together.
  mendGroups(local, GROUPS_OF_CHOSEN);
  const reject = local.prepare('INSERT INTO main.match_rejections VALUES (?, ?)');
  for (const [row, order] of rejections as readonly [number, number][]) reject.run(row, order);
}

/**
 * Names the groups of the chosen rows after the smallest row that each has. `left` are rows that have left their groups:
 * `together` for one group, or those of each former group for one.
 */
export function regroup(local: SqliteFile, left: readonly number[] = [], together = false): void {
  const gone = new Set(left);
  const pairs = local
    .prepare<[], Pair>(
      'SELECT m.* FROM main.matches m WHERE m.row_id IN (SELECT row_id FROM temp.chosen) ORDER BY m.row_id',
    )
    .all();
  const nameOf = ({ row_id, group_id }: Pair): string => {
    if (!gone.has(row_id)) return `${group_id}`;
    return together ? 'left' : `left ${group_id}`;
  };
  const first = new Map<string, number>();
  for (const pair of pairs) if (!first.has(nameOf(pair))) first.set(nameOf(pair), pair.row_id);
  const rename = local.prepare('UPDATE main.matches SET group_id = ? WHERE row_id = ? AND order_id = ?');
  for (const pair of pairs) {
    const name = first.get(nameOf(pair));
    if (name !== undefined && name !== pair.group_id) rename.run(name, pair.row_id, pair.order_id);
  }
}

/**
 * Rows of a withdrawn statement count no longer: nothing is decided about them.
 * @throws AppError STATEMENT_STATE
 */
function assertInForce(local: SqliteFile, rowIds: readonly number[]): void {
  const withdrawn = local
    .prepare<[number], number>(
      `SELECT s.id FROM main.statement_rows r JOIN main.statements s ON s.id = r.statement_id
       WHERE r.id = ? AND s.withdrawn_ms IS NOT NULL`,
    )
    .pluck();
  for (const row of rowIds) {
    const statement = withdrawn.get(row);
    if (statement !== undefined) {
      throw new AppError(
        'STATEMENT_STATE',
        `Row ${row} is of statement ${statement}, which is withdrawn. Restore the statement first.`,
        { details: { statements: [statement] } },
      );
    }
  }
}

/** The orders of an image: what the checks must look at again. */
function ordersOf({ matches }: Image): number[] {
  return (matches as readonly (readonly [number, number])[]).map(([, order]) => order);
}

interface Act extends MatchAct {
  action: JournalAction;
  undoes?: number | undefined;
  /** The rows that a person named, where `rowIds` has more. */
  asked?: readonly number[];
}

/**
 * Does `change` to what is known of rows and of those grouped with them, in one transaction, with the journal and what
 * the checks must see.
 * @throws AppError STATEMENT_STATE where one of the rows asked for is of a withdrawn statement
 */
export function act(
  { local, author }: AuthoredFiles,
  { action, nowMs, reason = null, undoes, asked }: Act,
  rowIds: readonly number[],
  change: () => void,
): MatchChange {
  return local
    .transaction((): MatchChange => {
      assertInForce(local, asked ?? rowIds);
      choose(local, rowIds);
      chooseGroups(local);
      const rows = chosenRows(local);
      const before = readImage(local);
      change();
      const after = readImage(local);
      const entry = appendJournal(local, {
        ...author,
        atMs: nowMs,
        action,
        subject: rows.length === 1 ? `row ${rows[0]}` : `${rows.length} rows from row ${rows[0]}`,
        before: { rows, ...before },
        after: { rows, ...after },
        reason,
        undoes: undoes ?? null,
      });
      const touch = local.prepare('INSERT INTO main.touched (kind, subject) VALUES (?, ?)');
      for (const row of rows) touch.run('row', row);
      for (const order of new Set([...ordersOf(before), ...ordersOf(after)])) touch.run('order', order);
      return { entry, rows };
    })
    .immediate();
}
