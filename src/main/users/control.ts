import { controlRules, DEFAULT_CONTROL, type VersionedControl } from '../../shared/users.ts';
import type { SqliteFile } from '../database/open.ts';

/** The rules of control in force; version 0 = nobody has chosen any. `place` is where the connection has `local.db`. */
export function readControl(file: SqliteFile, place: 'main' | 'local'): VersionedControl {
  const found = file
    .prepare<[], { version: number; rules: string }>(
      `SELECT version, rules FROM ${place}.control_rules ORDER BY version DESC LIMIT 1`,
    )
    .get();
  return found === undefined
    ? { version: 0, rules: DEFAULT_CONTROL }
    : { version: found.version, rules: controlRules.parse(JSON.parse(found.rules)) };
}
