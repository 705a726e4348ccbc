import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import { damagedCopy } from '../../src/main/database/damaged-cache.ts';
import { schemaVersion } from '../../src/main/database/migrate.ts';
import { CACHE_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import { bundled } from '../support/bundled.ts';
import { tempFolder } from '../support/engine.ts';
import { emptyAt, oldStore, schemaOf } from '../support/old-stores.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const KILLS = Number(process.env.MUTABAKAT_MIGRATION_KILLS ?? 50);
/** So many that the indexes of the later steps take a while. */
const ORDERS = 4_000;

/** Starts a migration and kills it so many milliseconds after it began; answers whether it came to its end first. */
async function migrateAndKill(
  folder: string,
  delayMs: number | null,
): Promise<{ ending: 'killed' | 'done'; tookMs: number }> {
  const child = spawn(process.execPath, [bundled('test/support/migrate-child.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  let beganMs = 0;
  let tookMs = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (printed === '') {
      beganMs = performance.now();
      if (delayMs !== null) setTimeout(() => child.kill('SIGKILL'), delayMs);
    }
    printed += text;
    if (printed.includes('done')) tookMs = performance.now() - beganMs;
  });
  await once(child, 'close');
  return { ending: tookMs > 0 ? 'done' : 'killed', tookMs };
}

const orderedRows = (file: SqliteFile): unknown[] =>
  file.prepare('SELECT id, number, amount, search, sort_invoice FROM orders ORDER BY id').raw().safeIntegers().all();

function schemas(folder: string): string[][] {
  return CACHE_MIGRATIONS.map(({ version }) => {
    const file = emptyAt(join(folder, `reference-${version}.db`), CACHE_MIGRATIONS, version);
    const schema = schemaOf(file);
    file.close();
    return schema;
  });
}

test(`a migration that is killed ${KILLS} times leaves one version or another, never one between`, {
  timeout: 600_000,
}, async () => {
  const seed = testSeed();
  const random = seededRandom(seed);
  const parent = tempFolder();
  const known = schemas(parent);
  const old = join(parent, 'old');
  mkdirSync(old);
  oldStore(old, { cache: 1, local: 1 }, ORDERS);
  const read = openSqlite(join(old, 'cache.db'), { readonly: true });
  const before = orderedRows(read);
  read.close();
  const found: Record<string, number> = {};
  // As long as a migration takes here and now, so that the kills spread over it.
  const whole = join(parent, 'whole');
  cpSync(old, whole, { recursive: true });
  let { tookMs } = await migrateAndKill(whole, null);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const at = `seed ${seed}, kill ${kill}`;
    const folder = join(parent, `killed-${kill}`);
    cpSync(old, folder, { recursive: true });
    const { ending, ...run } = await migrateAndKill(folder, random() * tookMs);
    if (ending === 'done') tookMs = run.tookMs;
    const left = openSqlite(join(folder, 'cache.db'), { readonly: true });
    const version = schemaVersion(left);
    expect(schemaOf(left), at).toEqual(known[version - 1]);
    expect(orderedRows(left), at).toEqual(before);
    left.close();
    const files = openWriterFiles(folder);
    expect(damagedCopy(folder, files.cache), at).toBeNull();
    expect(schemaOf(files.cache), at).toEqual(known.at(-1));
    expect(orderedRows(files.cache), at).toEqual(before);
    expect(files.cache.pragma('quick_check', { simple: true }), at).toBe('ok');
    files.close();
    found[`${ending} at ${version}`] = (found[`${ending} at ${version}`] ?? 0) + 1;
    rmSync(folder, { recursive: true });
  }
  process.stdout.write(`killed migrations, seed ${seed}: ${JSON.stringify(found)}\n`);
});
