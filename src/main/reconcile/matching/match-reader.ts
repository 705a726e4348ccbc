import type { MatchGroup, MatchRunRow } from '../../../shared/matches.ts';
import type { SqliteFile } from '../../database/open.ts';
import { prepareMatchCandidates } from './match-candidates.ts';
import { prepareMatchGroups } from './match-groups.ts';
import { readMatchRules } from './match-rules.ts';
import { prepareMatchWindows } from './match-windows.ts';
import type { MatchReader } from './service.ts';
import { readStatementMatches } from './statement-matches.ts';

interface RawRun {
  id: number;
  at_ms: number;
  rules_version: number;
  confirmed: number;
  suggested: number;
  ambiguous: number;
  undone_ms: number | null;
}

const instant = (ms: number): string => new Date(ms).toISOString();

function toRun({ id, at_ms, rules_version, undone_ms, ...counts }: RawRun): MatchRunRow {
  const undoneAt = undone_ms === null ? null : instant(undone_ms);
  return { run: id, at: instant(at_ms), rulesVersion: rules_version, ...counts, undoneAt };
}

/** See {@link MatchReader}. */
export function matchReader(file: SqliteFile): MatchReader {
  const groups = prepareMatchGroups(file);
  const windows = prepareMatchWindows(file);
  const candidates = prepareMatchCandidates(file);
  const listed = (ids: readonly number[]): MatchGroup[] => ids.flatMap((id) => groups.group(id) ?? []);
  const ofOrder = file
    .prepare<[number], number>(
      `SELECT DISTINCT m.group_id FROM local.matches m JOIN local.statement_rows r ON r.id = m.row_id
         JOIN local.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL
       WHERE m.order_id = ? ORDER BY 1 LIMIT 100`,
    )
    .pluck();
  return {
    matchRules: () => readMatchRules(file, 'local'),
    statementMatches: () => readStatementMatches(file),
    matchesWindow: ({ filter, offset, limit }) => {
      const { total, ids } = windows.window(filter, { offset, limit });
      return { total, offset, rows: listed(ids) };
    },
    matchesOfOrder: ({ id }) => listed(ofOrder.all(id)),
    matchRuns: ({ offset, limit }) => ({
      total: Number(file.prepare('SELECT count(*) FROM local.match_runs').pluck().get()),
      offset,
      rows: file
        .prepare<[number, number], RawRun>('SELECT * FROM local.match_runs ORDER BY id DESC LIMIT ? OFFSET ?')
        .all(limit, offset)
        .map(toRun),
    }),
    matchCandidates: (args) => candidates(args),
  };
}
