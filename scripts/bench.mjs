/** `npm run bench`: runs the benchmarks, which live in test/bench, on the right Node. */

import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureNode } from './lib/node-version.mjs';

const entry = new URL('../test/bench/run.ts', import.meta.url);

await ensureNode();
process.argv[1] = fileURLToPath(entry);
await import(entry.href);
