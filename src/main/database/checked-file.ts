import { existsSync, statSync } from 'node:fs';
import { countCommits, countOfCommits, leastCount } from './commit-count.ts';
import { assertNotNewer, type Migration, migrate, schemaVersion } from './migrate.ts';
import { openSqlite, type SqliteFile } from './open.ts';
import { codeOf, DamageFound } from './sqlite-errors.ts';

/** Whether there is a file with anything in it. */
export function hasContent(path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  return there?.isFile() === true && there.size > 0;
}

/** How thoroughly a file is read through before it is used; null = not at all. */
export type Check = 'quick_check' | 'integrity_check' | null;

/**
 * Opens a file for writing, after a look at it, and brings it to the newest schema.
 * @throws DamageFound, AppError DATA_TOO_NEW, and what SQLite throws
 */
export function openChecked(path: string, migrations: readonly Migration[], check: Check): SqliteFile {
  if (existsSync(path)) {
    // SQLite would take the empty file for a new one and throw the WAL away.
    if (!hasContent(path) && hasContent(`${path}-wal`)) throw new DamageFound('The file is empty, its WAL is not.');
    inspect(path, migrations, check);
  }
  const file = openSqlite(path, { readonly: false });
  countCommits(file, path);
  try {
    migrateSound(file, migrations);
    proveWritable(file);
    return file;
  } catch (thrown) {
    file.close();
    throw thrown;
  }
}

/**
 * Looks at a file before anything could change it: opening for writing may rewrite its header, and closing it folds its
 * WAL into it.
 * @returns its schema version
 * @throws DamageFound, AppError DATA_TOO_NEW, and what SQLite throws
 */
export function inspect(path: string, migrations: readonly Migration[], check: Check): number {
  const least = leastCount(path);
  const file = openSqlite(path, { readonly: true });
  try {
    if (countOfCommits(file) < least) throw new DamageFound('The WAL has lost commits.');
    assertNotNewer(file, migrations);
    if (!hasContent(`${path}-wal`) && statSync(path).size % Number(file.pragma('page_size', { simple: true })) !== 0)
      throw new DamageFound('The last page is cut off.');
    if (check !== null && file.pragma(`${check}(1)`, { simple: true }) !== 'ok')
      throw new DamageFound(`The file does not pass ${check}.`);
    return schemaVersion(file);
  } finally {
    file.close();
  }
}

/** A step that does not fit the tables it finds: the file is not of the version that its header claims. */
function migrateSound(file: SqliteFile, migrations: readonly Migration[]): void {
  try {
    migrate(file, migrations);
  } catch (thrown) {
    if (!/^SQLITE_(ERROR|CONSTRAINT)/.test(codeOf(thrown))) throw thrown;
    throw new DamageFound('The tables are not those of the schema version.', { cause: thrown });
  }
}

/** SQLite opens for reading what it may not write: better said now than in the middle of the work. Leaves nothing. */
function proveWritable(file: SqliteFile): void {
  file.exec('BEGIN IMMEDIATE');
  try {
    file.pragma(`user_version = ${schemaVersion(file)}`);
  } finally {
    file.exec('ROLLBACK');
  }
}
