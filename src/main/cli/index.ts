import { toErrorShape } from '../../shared/errors.ts';
import { assertNodeVersion } from '../database/node-version.ts';
import { keepMainThreadSmall } from '../engine/heaps.ts';
import { wantsJson } from './arguments.ts';
import { exitCodeOf } from './exit-codes.ts';
import { processTerminal } from './terminal.ts';

/*
 * Entry of the command line. Nothing here may load SQLite before the version of Node is known to bear it, so the
 * program itself is imported afterwards.
 */
try {
  assertNodeVersion();
} catch (thrown) {
  const { code, message, retryable } = toErrorShape(thrown);
  if (wantsJson(process.argv)) process.stdout.write(`${JSON.stringify({ error: { code, message, retryable } })}\n`);
  else process.stderr.write(`${message}\n`);
  process.exit(exitCodeOf(code));
}

const { run } = await import('./main.ts');
// Not before: a flag that is set voids what V8 has ready of Node's own modules.
keepMainThreadSmall();
const stop = new AbortController();
let signals = 0;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    signals += 1;
    // The first signal lets the work end where it can go on later; a second one does not wait for that.
    if (signals > 1) process.exit(1);
    stop.abort();
  });
}
const terminal = processTerminal(stop.signal);
const exitCode = await run(process.argv.slice(2), terminal);
await terminal.flushed();
// Idle connections to the server would keep the process alive for some seconds more.
process.exit(exitCode);
