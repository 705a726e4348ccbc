import type { JsonValue } from '../../../shared/canonical-json.ts';
import { AppError } from '../../../shared/errors.ts';
import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import { mendGroups } from './mend-groups.ts';
import { insertImage } from './pairs.ts';
import type { MatchAct } from './service.ts';

/** See `MatchWriter.matchUndoRun`. */
export function undoRun(
  { local, author }: AuthoredFiles,
  { runId, nowMs, reason = null }: { runId: number | null } & MatchAct,
): { entry: number; run: number; removed: number } {
  return local
    .transaction(() => {
      const run = local
        .prepare<[{ run: number | null }], { id: number; undone_ms: number | null }>(
          `SELECT id, undone_ms FROM main.match_runs WHERE :run IS NULL AND undone_ms IS NULL OR id = :run ORDER BY id DESC LIMIT 1`,
        )
        .get({ run: runId });
      if (run === undefined) throw new AppError('MATCH_UNKNOWN', 'There is no run of matching to undo.');
      if (run.undone_ms !== null) {
        throw new AppError('UNDO_REFUSED', `Run ${run.id} has been undone already; nothing was changed.`);
      }
      const ofRun = 'FROM main.matches WHERE run_id = ? AND by_person = 0';
      const pause = 'INSERT OR IGNORE INTO main.match_paused';
      local.prepare(`${pause} SELECT DISTINCT row_id ${ofRun}`).run(run.id);
      const removed = local.prepare(`DELETE ${ofRun}`).run(run.id).changes;
      const undone = entryOfRun(local, run.id);
      if (undone !== null) {
        local.prepare(`${pause} SELECT e.value ->> 0 FROM json_each(?) e`).run(JSON.stringify(undone.removed));
        putBack(local, undone.removed);
      }
      // Of a group, some rows may be of other runs, and some may have been decided about since.
      mendGroups(local, null);
      local.prepare('UPDATE main.match_runs SET undone_ms = ? WHERE id = ?').run(nowMs, run.id);
      const entry = appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'match.undo-run',
        subject: `match run ${run.id}`,
        before: { run: run.id, removed },
        after: null,
        reason,
        undoes: undone?.id ?? null,
      });
      local.exec(`INSERT INTO main.touched (kind, subject) VALUES ('statements', 0)`);
      return { entry, run: run.id, removed };
    })
    .immediate();
}

/** What a run took away, unless its rows or pairs have been decided about since. */
function putBack(local: SqliteFile, removed: JsonValue): void {
  const decided = local
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM main.matches WHERE row_id = :row) OR EXISTS (SELECT 1 FROM main.match_rejections WHERE row_id = :row)`,
    )
    .pluck();
  const rows = new Map<number, JsonValue[]>();
  for (const pair of removed as readonly (readonly [number])[]) rows.set(pair[0], [...(rows.get(pair[0]) ?? []), pair]);
  for (const [row, pairs] of rows) if (decided.get({ row }) !== 1) insertImage(local, pairs);
}

function entryOfRun(local: SqliteFile, run: number): { id: number; removed: JsonValue } | null {
  const found = local
    .prepare<[string], { id: number; removed: string }>(
      `SELECT id, before ->> '$.removed' AS removed FROM main.journal WHERE action = 'match.run' AND subject = ?`,
    )
    .get(`match run ${run}`);
  return found === undefined ? null : { id: found.id, removed: JSON.parse(found.removed) };
}
