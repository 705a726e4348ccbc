/** The command line: `npm run -s cli -- COMMAND`. Runs from source; adds nothing to what the program itself prints. */
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureNode } from './lib/node-version.mjs';

const entry = new URL('../src/main/cli/index.ts', import.meta.url);

await ensureNode((sentence) => {
  process.stderr.write(`${sentence}\n`);
  if (process.argv.includes('--json')) {
    const error = { code: 'NODE_TOO_OLD', message: sentence, retryable: false };
    process.stdout.write(`${JSON.stringify({ error })}\n`);
  }
});
process.argv[1] = fileURLToPath(entry);
await import(entry.href);
