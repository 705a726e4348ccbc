import type { MatchFilter } from '../../../shared/matches.ts';
import type { SqliteFile } from '../../database/open.ts';
import { allOf, type Condition } from '../../database/order-filter.ts';

/** The first row of every so many groups is remembered, so that a deep window costs no more than a shallow one. */
const STEP = 500;
/** Most filters whose anchors are remembered. */
const MOST_KEPT = 8;

interface Anchors {
  total: number;
  /** The groups at places 0, {@link STEP}, 2 × {@link STEP} … */
  ids: number[];
}

/** Windows of groups and unmatched rows by their first row. */
export function prepareMatchWindows(file: SqliteFile): {
  window(filter: MatchFilter, part: { offset: number; limit: number }): { total: number; ids: number[] };
} {
  const known = new Map<string, Anchors>();
  let version = -1;

  function anchorsOf(filter: MatchFilter): Anchors {
    const now = Number(file.pragma('local.data_version', { simple: true }));
    if (now !== version) known.clear();
    version = now;
    const name = JSON.stringify([filter.statement, filter.state, filter.text]);
    const kept = known.get(name);
    if (kept !== undefined) return kept;
    const { sql, values } = groupsOf(filter);
    const anchors: Anchors = { total: 0, ids: [] };
    for (const id of file
      .prepare<unknown[], number>(`${sql} ORDER BY 1`)
      .pluck()
      .iterate(...values)) {
      if (anchors.total % STEP === 0) anchors.ids.push(id);
      anchors.total += 1;
    }
    if (known.size >= MOST_KEPT) known.clear();
    known.set(name, anchors);
    return anchors;
  }

  return {
    window(filter, { offset, limit }) {
      const { total, ids } = anchorsOf(filter);
      const from = ids[Math.floor(offset / STEP)];
      if (from === undefined) return { total, ids: [] };
      const { sql, values } = groupsOf(filter, from);
      const found = file
        .prepare<unknown[], number>(`${sql} ORDER BY 1 LIMIT ? OFFSET ?`)
        .pluck()
        .all(...values, limit, offset % STEP);
      return { total, ids: found };
    },
  };
}

/**
 * SQL for the groups that have a row which the filter lets through, each once, by their names, from one on. A group is
 * met at its first row; where that is not let through, at the others.
 */
function groupsOf(filter: MatchFilter, from = 0): Condition {
  const { sql, values } = rowCondition(filter, 'r');
  const { state } = filter;
  const free = 'NOT EXISTS (SELECT 1 FROM local.matches m WHERE m.row_id = r.id)';
  const rows = `SELECT r.id AS id FROM local.statement_rows r WHERE r.id >= ${from} AND ${sql}`;
  if (state === 'unmatched') return { sql: `${rows} AND ${free}`, values };
  const inState = state === null ? '1' : `m.state = '${state}'`;
  const first = `EXISTS (SELECT 1 FROM local.matches m WHERE m.row_id = r.id AND m.group_id = r.id AND ${inState})`;
  // Few rows are undecided, and an index knows them.
  const undecided =
    state === 'suggested' || state === 'ambiguous'
      ? `AND r.id IN (SELECT m.row_id FROM local.matches m WHERE m.state <> 'confirmed' AND ${inState})`
      : '';
  const leader = rowCondition(filter, 'y');
  const others = `SELECT DISTINCT m.group_id FROM local.matches m JOIN local.statement_rows r ON r.id = m.row_id
    WHERE m.group_id <> m.row_id AND m.group_id >= ${from} AND ${inState} AND ${sql}
      AND NOT EXISTS (SELECT 1 FROM local.statement_rows y WHERE y.id = m.group_id AND ${leader.sql}
        AND EXISTS (SELECT 1 FROM local.matches z WHERE z.row_id = y.id AND z.group_id = y.id))`;
  return {
    sql: `${rows} AND (${first}${state === null ? ` OR ${free}` : ''}) ${undecided} UNION ALL ${others}`,
    values: [...values, ...values, ...leader.values],
  };
}

function rowCondition({ statement, text }: MatchFilter, row: string): Condition {
  const parts: Condition[] = [
    { sql: `${row}.statement_id IN (SELECT s.id FROM local.statements s WHERE s.withdrawn_ms IS NULL)`, values: [] },
  ];
  if (statement !== null) parts.push({ sql: `${row}.statement_id = ?`, values: [statement] });
  const wanted = text.trim();
  if (wanted !== '') {
    const columns = ['order_key', 'invoice_key', 'transaction_key', 'batch_key'];
    const begins = columns.map((column) => `${row}.${column} >= ? AND ${row}.${column} < ?`).join(' OR ');
    parts.push({ sql: `(${begins})`, values: columns.flatMap(() => [wanted, `${wanted}\u{10ffff}`]) });
  }
  return allOf(parts);
}
