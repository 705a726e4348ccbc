import { DEFAULT_RULES, rulesSchema, type VersionedRules } from '../../shared/rules.ts';
import type { SqliteFile } from '../database/open.ts';

/** The rules in force; `place` is the name under which the connection has `local.db`. */
export function readRules(file: SqliteFile, place: 'main' | 'local'): VersionedRules {
  return readVersion(file, place, Number.MAX_SAFE_INTEGER);
}

/** The rules by which the stored findings were made; those in force where the checks have not run yet. */
export function rulesOfFindings(file: SqliteFile): VersionedRules {
  const version = file.prepare<[], number>('SELECT rules_version FROM main.check_run').pluck().get();
  return readVersion(file, 'local', version ?? Number.MAX_SAFE_INTEGER);
}

/** The newest rules up to a version. */
function readVersion(file: SqliteFile, place: 'main' | 'local', upTo: number): VersionedRules {
  const row = file
    .prepare<[number], { version: number; rules: string }>(
      `SELECT version, rules FROM ${place}.rules WHERE version <= ? ORDER BY version DESC LIMIT 1`,
    )
    .get(upTo);
  if (row === undefined) return { version: 0, rules: DEFAULT_RULES, assumed: true };
  return heldRules(row);
}

/** A row of `rules`: JSON null stands for a choice that was taken back. */
export function heldRules({ version, rules }: { version: number; rules: string }): VersionedRules {
  const held: unknown = JSON.parse(rules);
  return held === null ? { version, rules: DEFAULT_RULES, assumed: true } : { version, rules: rulesSchema.parse(held) };
}
