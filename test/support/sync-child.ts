import { pathToFileURL } from 'node:url';
import { systemClock } from '../../src/main/connections/clock.ts';
import { startCopier } from '../../src/main/engine/copier.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { runSync } from '../../src/main/sync/run-sync.ts';
import { asRemote } from './remote.ts';

/**
 * A process to be killed: reads everything into a folder, prints `met N` whenever a page is stored, N being the orders
 * that the pass has met, and the summary at the end. With an entry of the engine's threads another thread copies the WAL.
 */
const [folder = '', baseUrl = '', token = '', entry] = process.argv.slice(2);
const clock = systemClock();
const copied = entry === undefined ? null : (path: string) => startCopier(pathToFileURL(entry), path);
const writer = createWriter(folder, undefined, null, undefined, copied);
const client = createOmnitronClient({ baseUrl, token, fetch: nodeFetch, clock, random: Math.random });
const onProgress = ({ phase, ordersDone }: { phase: string; ordersDone: number }): void => {
  if (phase === 'reading') process.stdout.write(`met ${ordersDone}\n`);
};
// What was interrupted is gone on with; asking for everything would begin anew.
const mode = writer.syncFacts().interrupted === null ? 'full' : 'auto';
const summary = await runSync(
  { client, writer: asRemote(writer), clock },
  { signal: new AbortController().signal, onProgress, request: { mode } },
);
writer.close();
process.stdout.write(`${JSON.stringify(summary)}\n`);
