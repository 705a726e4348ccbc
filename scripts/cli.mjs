/** The command line: `npm run -s cli -- COMMAND`. Runs from source; adds nothing to what the program itself prints. */
// Not by name: a Node that lacks the compile cache should reach the sentence of ensureNode.
import nodeModule from 'node:module';
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
// The sources are stripped of their types and compiled once, not at every command.
nodeModule.enableCompileCache();
process.argv[1] = fileURLToPath(entry);
await import(entry.href);
