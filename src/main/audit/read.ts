import type { AuditEntry, AuditFilter } from '../../shared/audit.ts';
import { periodBounds } from '../../shared/period.ts';
import { foldForSearch } from '../../shared/text.ts';
import type { SqliteFile } from '../database/open.ts';
import { allOf, type Condition } from '../database/order-filter.ts';

/** More of what was before and after than this many characters is not shown: runs name every row that they matched. */
export const MOST_SHOWN = 4_000;
/** The end of the year 9999. Somebody who put an instant beyond it into the table must not blind the whole list by it. */
const LATEST_MS = 253_402_300_799_999;

interface RawEntry extends Omit<AuditEntry, 'at' | 'keyed'> {
  at_ms: number;
  before_length: number | null;
  after_length: number | null;
  mac: string | null;
}

/** Entries that a filter lets through, newest first. `file` has `local.db` attached as `local`. */
export function readAudit(
  file: SqliteFile,
  { filter, timeZone, offset, limit }: { filter: AuditFilter; timeZone: string; offset: number; limit: number },
): { total: number; offset: number; rows: AuditEntry[] } {
  const { sql, values } = conditionOf(filter, timeZone);
  // Looked for once: every word is looked for in everything that an entry says.
  const ids = file
    .prepare<unknown[], number>(`SELECT id FROM local.journal WHERE ${sql} ORDER BY id DESC`)
    .pluck()
    .all(...values);
  const rows = file
    .prepare<[string], RawEntry>(
      `SELECT id, at_ms, who, host, profile, action, subject, reason, undoes, mac,
         substr(before, 1, ${MOST_SHOWN}) AS before, length(before) AS before_length,
         substr(after, 1, ${MOST_SHOWN}) AS after, length(after) AS after_length
       FROM local.journal WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC`,
    )
    .all(JSON.stringify(ids.slice(offset, offset + limit)));
  return { total: ids.length, offset, rows: rows.map(toEntry) };
}

function conditionOf({ text, groups, period }: AuditFilter, timeZone: string): Condition {
  const { fromMs, toMs } = periodBounds(period, timeZone);
  const parts: Condition[] = [];
  if (fromMs !== null) parts.push({ sql: 'at_ms >= ?', values: [fromMs] });
  if (toMs !== null) parts.push({ sql: 'at_ms < ?', values: [toMs] });
  if (groups.length > 0) {
    parts.push({
      sql: `substr(action, 1, instr(action, '.') - 1) IN (SELECT value FROM json_each(?))`,
      values: [JSON.stringify(groups)],
    });
  }
  for (const word of foldForSearch(text).split(/\s+/).filter(Boolean)) {
    parts.push({
      sql: `instr(search_fold(concat_ws(' ', action, subject, reason, who, host, profile, before, after)), ?) > 0`,
      values: [word],
    });
  }
  return allOf(parts);
}

function toEntry({ at_ms, before, before_length, after, after_length, mac, ...raw }: RawEntry): AuditEntry {
  return {
    ...raw,
    at: new Date(Math.min(Math.max(at_ms, 0), LATEST_MS)).toISOString(),
    before: shown(before, before_length),
    after: shown(after, after_length),
    keyed: mac !== null,
  };
}

function shown(text: string | null, length: number | null): string | null {
  return text === null || length === null || length <= MOST_SHOWN ? text : `${text} …`;
}
