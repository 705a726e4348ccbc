import { canonicalJson } from '../../../shared/canonical-json.ts';
import { AppError } from '../../../shared/errors.ts';
import type { MatchChange } from '../../../shared/matches.ts';
import {
  type AuthoredFiles,
  type JournalAction,
  readJournalEntry,
  undoneBy,
  undoneTwice,
} from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import { act, type Image, imageOfRows, unknown, writeImage } from './decision-act.ts';
import type { MatchAct } from './service.ts';

/** The actions that {@link undoEntry} takes back. */
const DECISIONS: readonly JournalAction[] = ['match.accept', 'match.reject', 'match.hand', 'match.undo'];
/** So many decisions about a row are looked at for the last one that stands. */
const MOST_SEEN = 20;

type Pair = readonly [
  row: number,
  order: number,
  group: number,
  run: number | null,
  rule: string,
  state: string,
  byPerson: number,
];

/** What is to be put back of a decision: what was known of these rows before it. */
interface Part {
  entry: number;
  rows: readonly number[];
  before: Image;
  /** Whether the decision was about these rows only. */
  whole: boolean;
}

const pairsOf = ({ matches }: Image): readonly Pair[] => matches as unknown as readonly Pair[];

/** What of an image is about these rows. */
function partOf({ matches, rejections }: Image, rows: ReadonlySet<number>): Image {
  return {
    matches: (matches as number[][]).filter(([row = 0]) => rows.has(row)),
    rejections: (rejections as number[][]).filter(([row = 0]) => rows.has(row)),
  };
}

/**
 * An image without what rules have suggested and nobody decided, which every run works out anew, and without the names of
 * the groups, which change with what else is in them.
 */
function firm(image: Image): string {
  const matches = pairsOf(image).filter(([, , , , , state, byPerson]) => state === 'confirmed' || byPerson === 1);
  return canonicalJson({
    matches: matches.map(([row, order, , ...rest]) => [row, order, ...rest]),
    rejections: image.rejections,
  });
}

/** The rows of a decision that were in one group with this one before or after it. */
function connected(row: number, images: readonly Image[]): Set<number> {
  const groups = images.map((image) => Map.groupBy(pairsOf(image), ([, , group]) => group));
  const groupOf = images.map((image) => new Map(pairsOf(image).map(([each, , group]) => [each, group])));
  const found = new Set([row]);
  // A set is walked through with what is added on the way.
  for (const each of found) {
    for (const [index, names] of groupOf.entries()) {
      for (const [other] of groups[index]?.get(names.get(each) ?? 0) ?? []) found.add(other);
    }
  }
  return found;
}

/** The last decision about a row that stands, as far as it is about the row and what is grouped with it. */
function lastDecision(local: SqliteFile, row: number): Part | undefined {
  for (const decided of decisionsAbout(local, row)) {
    const entry = standingEntry(local, decided);
    const found = entry === null ? undefined : readJournalEntry(local, 'main', entry);
    if (entry === null || found === undefined) continue;
    const [before, after] = [found.before as unknown as Image & { rows: number[] }, found.after as unknown as Image];
    const rows = connected(row, [before, after]);
    if (firm(imageOfRows(local, [...rows])) !== firm(partOf(after, rows))) continue;
    return { entry, rows: [...rows], before: partOf(before, rows), whole: rows.size === before.rows.length };
  }
  return undefined;
}

/** Newest first, the decisions about a row. */
function decisionsAbout(local: SqliteFile, row: number): number[] {
  return local
    .prepare<[number], number>(
      `SELECT j.id FROM main.journal j WHERE j.action IN ('match.accept', 'match.reject', 'match.hand')
         AND EXISTS (SELECT 1 FROM json_each(j.after, '$.rows') e WHERE e.value = ?) ORDER BY j.id DESC LIMIT ${MOST_SEEN}`,
    )
    .pluck()
    .all(row);
}

/** The entry by which what this one did stands now: itself, or where its undoing was undone, that later one; else null. */
function standingEntry(local: SqliteFile, id: number): number | null {
  const undo = undoneBy(local, id);
  if (undo === null) return id;
  const redo = undoneBy(local, undo);
  return redo === null ? null : standingEntry(local, redo);
}

/**
 * See `MatchWriter.matchUndo`: of each row, what a person did last is taken back, where it still stands; otherwise the
 * match by rule is taken away, with its group.
 */
export function undoMatches(files: AuthoredFiles, { rowIds, ...given }: { rowIds: number[] } & MatchAct): MatchChange {
  const { local } = files;
  const parts: Part[] = [];
  const byRule: number[] = [];
  for (const row of rowIds) {
    if (parts.some(({ rows }) => rows.includes(row))) continue;
    const part = lastDecision(local, row);
    if (part === undefined) byRule.push(row);
    else parts.push(part);
  }
  const [only, more] = parts;
  const undoes = only?.whole && more === undefined && byRule.length === 0 ? only.entry : undefined;
  // What rules have grouped with the rows since belongs to the rows of the action, but is not asked for.
  const rows = [...new Set([...rowIds, ...parts.flatMap((part) => part.rows)])];
  return act(files, { ...given, action: 'match.undo', undoes, asked: rowIds }, rows, () => {
    for (const part of parts) writeImage(local, part.rows, part.before);
    takeAway(local, byRule);
  });
}

/** Takes the matches by rule of rows away, with their groups. @throws AppError MATCH_UNKNOWN, UNDO_REFUSED */
function takeAway(local: SqliteFile, rowIds: readonly number[]): void {
  const groupOf = local.prepare<[number], { group_id: number; by_person: number }>(
    'SELECT group_id, by_person FROM main.matches WHERE row_id = ? ORDER BY by_person DESC LIMIT 1',
  );
  const groups = rowIds.map((row) => {
    const found = groupOf.get(row);
    if (found === undefined) throw unknown();
    if (found.by_person === 1) throw later();
    return found.group_id;
  });
  const remove = local.prepare(
    'DELETE FROM main.matches WHERE by_person = 0 AND group_id = ? AND row_id IN (SELECT row_id FROM temp.chosen)',
  );
  for (const group of new Set(groups)) remove.run(group);
}

const later = (): AppError =>
  new AppError('UNDO_REFUSED', 'These rows were matched anew since. Undo the later action first.');

/** See `MatchWriter.matchUndoEntry`. */
export function undoEntry(
  files: AuthoredFiles,
  { entry: wanted, ...given }: { entry: number } & MatchAct,
): MatchChange {
  const { local } = files;
  const id = standingEntry(local, wanted);
  if (id === null) throw undoneTwice(wanted);
  const entry = readJournalEntry(local, 'main', id);
  if (entry === undefined || !DECISIONS.includes(entry.action)) {
    throw new AppError('ENTRY_UNKNOWN', `Entry ${id} of the journal is no decision about matches.`);
  }
  const before = entry.before as unknown as Image & { rows: number[] };
  const after = entry.after as unknown as Image;
  if (firm(imageOfRows(local, before.rows)) !== firm(after)) throw later();
  return act(files, { ...given, action: 'match.undo', undoes: id }, before.rows, () =>
    writeImage(local, before.rows, before),
  );
}
