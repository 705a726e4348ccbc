import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'vite';
import { BUNDLE_FOLDER } from './bundled.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** What tests start as processes and threads of their own. */
const ENTRIES = [
  'src/main/cli/index',
  'src/main/cli/main',
  'src/main/engine/worker',
  'src/main/sandbox/worker',
  'test/bench/push-child',
  'test/support/migrate-child',
  'test/support/push-child',
  'test/support/sync-child',
];

let folder = '';

/**
 * Bundles, before the first test, what tests start hundreds of times over: a thread or process begins in less than half
 * the time it takes from some two hundred source files. The files lie as the sources do, so that they find each other.
 * Where that fails, only the tests that start something do.
 */
export async function setup(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'mutabakat-bundle-'));
  try {
    await buildInto(folder);
    process.env[BUNDLE_FOLDER] = folder;
  } catch (thrown) {
    process.stderr.write(`The sources cannot be bundled: ${thrown instanceof Error ? thrown.message : thrown}\n`);
  }
}

async function buildInto(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(ENTRIES.map((entry) => [entry, join(ROOT, `${entry}.ts`)])),
        output: { entryFileNames: '[name].ts', chunkFileNames: 'src/main/chunks/[name]-[hash].js' },
      },
    },
  });
  cpSync(join(ROOT, 'package.json'), join(outDir, 'package.json'));
  for (const name of ['node_modules', 'resources']) symlinkSync(join(ROOT, name), join(outDir, name), 'junction');
}

/** Removes the bundle. */
export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
