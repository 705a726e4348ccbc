import { AppError } from '../../shared/errors.ts';
import type { SqliteFile } from './open.ts';

/** One step of a schema. Steps are never edited once released; a new one is added. */
export interface Migration {
  /** 1, 2, 3 …; equals `user_version` after the step. */
  version: number;
  sql: string;
}

/** The schema version of a file. */
export function schemaVersion(file: SqliteFile): number {
  return Number(file.pragma('user_version', { simple: true }));
}

/**
 * Brings a file to the newest schema, each step in a transaction together with its number.
 * @throws AppError DATA_TOO_NEW when a newer program wrote the file; it is then left as it is.
 */
export function migrate(file: SqliteFile, migrations: readonly Migration[]): void {
  assertNotNewer(file, migrations);
  const current = schemaVersion(file);
  for (const [index, step] of migrations.entries()) {
    if (step.version !== index + 1) throw new AppError('INTERNAL', `Migration ${step.version} is out of order.`);
    if (step.version <= current) continue;
    file.transaction(() => {
      file.exec(step.sql);
      file.pragma(`user_version = ${step.version}`);
    })();
  }
}

/** @throws AppError DATA_TOO_NEW */
export function assertNotNewer(file: SqliteFile, migrations: readonly Migration[]): void {
  const version = schemaVersion(file);
  if (version <= migrations.length) return;
  throw new AppError(
    'DATA_TOO_NEW',
    `The data was written by a newer version of Mutabakat (schema ${version}, this program knows ${migrations.length}). Update the program; nothing was changed.`,
  );
}
