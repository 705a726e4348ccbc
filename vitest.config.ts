import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { defineConfig } from 'vitest/config';
import { HeavyFirst } from './test/support/heavy-first.ts';

// The program's threads run from their sources, hundreds of times over; stripped of types and compiled they are kept
// for the next start. The processes of the tests inherit it.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'mutabakat-test-compiled');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    globalSetup: ['test/support/bundle.ts', 'test/support/empty-store.ts'],
    testTimeout: 30_000,
    pool: 'forks',
    // Of itself vitest leaves one processor alone, which on two is half of them; much of the tests is waiting.
    maxWorkers: '100%',
    sequence: { sequencer: HeavyFirst },
  },
});
