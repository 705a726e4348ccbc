import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';

/** The variable that says where the empty store of this run lies. */
const EMPTY_STORE = 'MUTABAKAT_TEST_EMPTY_STORE';

let made = '';

/** Makes, before the first test, a store that holds nothing: to copy it takes a tenth of what every step of two schemas takes. */
export function setup(): void {
  made = mkdtempSync(join(tmpdir(), 'mutabakat-empty-'));
  openWriterFiles(made).close();
  process.env[EMPTY_STORE] = made;
}

/** Removes it. */
export function teardown(): void {
  rmSync(made, { recursive: true, force: true });
}

/** Puts an empty store into a new folder. Without one to copy, whoever opens the folder makes it. @returns the folder */
export function withEmptyStore(folder: string): string {
  const from = process.env[EMPTY_STORE];
  if (from !== undefined)
    for (const name of ['cache.db', 'local.db']) copyFileSync(join(from, name), join(folder, name));
  return folder;
}
