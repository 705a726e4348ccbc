import type { AuditEntry, AuditFilter } from '../../shared/audit.ts';
import { periodBounds } from '../../shared/period.ts';
import { foldForSearch } from '../../shared/text.ts';
import type { SqliteFile } from '../database/open.ts';
import { allOf, type Condition } from '../database/order-filter.ts';
import type { AuditReader } from './service.ts';

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

/**
 * Answers with entries that a filter lets through, newest first. Looking for words in everything that entries say takes
 * long, so what was found last is kept until the filter or the table is another: a list is read in windows.
 * `file` has `local.db` attached as `local`.
 */
export function createAuditSearch(file: SqliteFile): AuditReader['auditWindow'] {
  let last: { key: string; ids: number[] } | null = null;
  return ({ filter, timeZone, offset, limit }) => {
    const key = JSON.stringify([filter, timeZone, file.pragma('local.data_version', { simple: true })]);
    if (last?.key !== key) last = { key, ids: idsOf(file, conditionOf(filter, timeZone)) };
    const { ids } = last;
    return { total: ids.length, offset, rows: rowsOf(file, ids.slice(offset, offset + limit)) };
  };
}

function idsOf(file: SqliteFile, { sql, values }: Condition): number[] {
  return file
    .prepare<unknown[], number>(`SELECT id FROM local.journal WHERE ${sql} ORDER BY id DESC`)
    .pluck()
    .all(...values);
}

function rowsOf(file: SqliteFile, ids: readonly number[]): AuditEntry[] {
  return file
    .prepare<[string], RawEntry>(
      `SELECT id, at_ms, who, host, profile, action, subject, reason, undoes, mac,
         substr(before, 1, ${MOST_SHOWN}) AS before, length(before) AS before_length,
         substr(after, 1, ${MOST_SHOWN}) AS after, length(after) AS after_length
       FROM local.journal WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC`,
    )
    .all(JSON.stringify(ids))
    .map(toEntry);
}

function conditionOf({ text, names = {}, groups, period }: AuditFilter, timeZone: string): Condition {
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
      sql: `instr(search_fold(concat_ws(' ', action, (SELECT value FROM json_each(?) WHERE key = action), subject, reason, who, host, profile, before, after)), ?) > 0`,
      values: [JSON.stringify(names), word],
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
