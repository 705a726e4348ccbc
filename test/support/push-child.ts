import { readFileSync } from 'node:fs';
import { runPush } from '../../src/main/corrections/push.ts';
import { createReader } from '../../src/main/engine/reader.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { steppingClock } from './clocks.ts';
import { type Death, PUSH_STEPS, type PushEntry } from './push-entry.ts';
import { asRemote } from './remote.ts';

/**
 * A process to be killed: proposes the entries of a file a few at a time, each batch submitted and pushed before the next,
 * and goes on where an earlier one was killed. Prints every step before and after it, and `queued ID ORDER` for each
 * correction; at the end of its work `done`.
 */
const [folder = '', baseUrl = '', token = '', file = '', nowText = '', deathText = ''] = process.argv.slice(2);
const entries = JSON.parse(readFileSync(file, 'utf8')) as PushEntry[];
const death = deathText === '' ? null : (JSON.parse(deathText) as Death);
const nowMs = Number(nowText);
const timeZone = 'Europe/Istanbul';
/** Batches that one process prepares at most, and corrections of each. */
const BATCHES = 4;
const CORRECTIONS = 2;

const say = (line: string): unknown => process.stdout.write(`${line}\n`);
const clock = steppingClock(nowMs, 30_000);
const real = createWriter(folder);
const client = createOmnitronClient({ baseUrl, token, fetch: nodeFetch, clock, random: () => 0.5 });

let calls = 0;
function dieIf(step: string, when: Death['when']): void {
  if (death === null || death.step !== step || death.when !== when) return;
  calls += 1;
  if (calls === death.nth) process.kill(process.pid, 'SIGKILL');
}

/** The writer, whose steps are told and may be the last. */
const writer = new Proxy(real, {
  get(target, name) {
    const call: unknown = Reflect.get(target, name);
    const step = PUSH_STEPS.find((each) => each === name);
    if (step === undefined || typeof call !== 'function') return call;
    return (...args: unknown[]) => {
      say(`begin ${step}`);
      dieIf(step, 'before');
      const answer: unknown = call.apply(target, args);
      dieIf(step, 'after');
      say(`end ${step}`);
      return answer;
    };
  },
});

function queue(entry: PushEntry): void {
  const moment = { timeZone, nowMs };
  const { id } =
    entry.kind === 'correction'
      ? writer.addCorrection({ correction: entry.correction, ...moment })
      : writer.addCancellation({ cancellation: entry.cancellation, ...moment });
  say(`queued ${id} ${entry.orderId}`);
}

/** How many were queued before: entries are queued in their order, and each is one correction. */
function queuedBefore(): number {
  const reader = createReader(
    folder,
    () => 0,
    () => nowMs,
  );
  const { total } = reader.correctionsList({ states: [], batch: null, offset: 0, limit: 1 });
  reader.close();
  return total;
}

let next = queuedBefore();
for (let batch = 0; batch < BATCHES; batch += 1) {
  for (const entry of entries.slice(next, next + CORRECTIONS)) queue(entry);
  next += CORRECTIONS;
  writer.submitEverything({ reason: 'Push', timeZone, nowMs });
  const parts = { client, writer: asRemote(writer), clock, random: () => 0.5 };
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  const summary = await runPush(parts, writer.batchesToPush(), options);
  say(`pushed ${JSON.stringify(summary)}`);
}
real.close();
say('done');
// Idle connections would keep the process.
process.exit(0);
