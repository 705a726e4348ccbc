import { DEFAULT_MATCH_RULES, type MatchRules, matchRules, type VersionedMatchRules } from '../../../shared/matches.ts';
import type { SqliteFile } from '../../database/open.ts';

/** The rules of matching in force; `place` is the name under which the connection has `local.db`. */
export function readMatchRules(file: SqliteFile, place: 'main' | 'local'): VersionedMatchRules {
  const row = file
    .prepare<[], { version: number; rules: string }>(
      `SELECT version, rules FROM ${place}.match_rules ORDER BY version DESC LIMIT 1`,
    )
    .get();
  if (row === undefined) return { version: 0, rules: DEFAULT_MATCH_RULES };
  return { version: row.version, rules: matchRules.parse(JSON.parse(row.rules)) };
}

/** Puts rules in force, under the next number; within the caller's transaction. */
export function storeMatchRules(
  local: SqliteFile,
  { rules, reason, nowMs }: { rules: MatchRules; reason: string; nowMs: number },
): VersionedMatchRules {
  const version = readMatchRules(local, 'main').version + 1;
  local
    .prepare('INSERT INTO main.match_rules (version, rules, chosen_ms, reason) VALUES (?, ?, ?, ?)')
    .run(version, JSON.stringify(rules), nowMs, reason);
  return { version, rules };
}
