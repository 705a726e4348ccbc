import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { openSqlite, type SqliteFile } from '../database/open.ts';
import type { SideQuery, SideReading, SideRow, StartSideReading } from '../database/side-reading.ts';

/** What the thread is started as. `state` is shared with the writer, which does not listen while it works. */
export interface SideReaderPart {
  role: 'side-reader';
  paths: { cache: string; local: string };
  queries: readonly SideQuery[];
  state: Int32Array;
  port: MessagePort;
}

interface Answer {
  index: number;
  row: SideRow;
}

/** Where the thread is: the first place of the shared state. */
const PHASE = 0;
const NOT_BEGUN = 0;
const OPEN = 1;
const ENDED = 2;

/** Who asks a query: its place behind that. */
const placeOf = (index: number): number => index + 1;
const FREE = 0;
const ASKED_HERE = 1;
const ANSWERED = 2;
const LEFT_TO_CALLER = 3;

/** A thread that died without a word keeps nobody waiting for ever. */
const ANSWER_MS = 60_000;
const END_MS = 2_000;
/** It makes next to no objects. */
const YOUNG_MB = 1;
/** Walks read each page once. */
const CACHE_KIB = 1_000;

/** Starts threads that read beside the writer; `entry` is that of the engine's threads. */
export function sideReaderOf(entry: URL): StartSideReading {
  return (paths, queries) => {
    const state = new Int32Array(new SharedArrayBuffer((1 + queries.length) * Int32Array.BYTES_PER_ELEMENT));
    const { port1: here, port2: port } = new MessageChannel();
    const part: SideReaderPart = { role: 'side-reader', paths, queries, state, port };
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    // Whatever it does not come to is asked by the caller: so too where it cannot even be started.
    try {
      const worker = new Worker(entry, { workerData: part, transferList: [port], resourceLimits });
      worker.on('error', () => undefined);
    } catch {
      port.close();
    }
    return readingOf(state, here);
  };
}

function readingOf(state: Int32Array, port: MessagePort): SideReading {
  const rows = new Map<number, SideRow>();
  return {
    answer(index) {
      const place = placeOf(index);
      if (Atomics.compareExchange(state, place, FREE, LEFT_TO_CALLER) === FREE) return null;
      Atomics.wait(state, place, ASKED_HERE, ANSWER_MS);
      for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
        const { index: of, row } = next.message as Answer;
        rows.set(of, row);
      }
      return rows.get(index) ?? null;
    },
    end() {
      for (let place = 1; place < state.length; place += 1) Atomics.compareExchange(state, place, FREE, LEFT_TO_CALLER);
      // Where it has not even begun it will open no file.
      if (Atomics.compareExchange(state, PHASE, NOT_BEGUN, ENDED) === OPEN) Atomics.wait(state, PHASE, OPEN, END_MS);
      port.close();
    },
  };
}

/** The thread itself: asks what nobody else has, and ends. */
export function runSideReader({ paths, queries, state, port }: SideReaderPart): void {
  if (Atomics.compareExchange(state, PHASE, NOT_BEGUN, OPEN) !== NOT_BEGUN) return;
  try {
    const file = openSqlite(paths.cache, { readonly: true });
    try {
      file.pragma(`cache_size = -${CACHE_KIB}`);
      file.prepare('ATTACH DATABASE ? AS local').run(paths.local);
      queries.forEach((query, index) => {
        const place = placeOf(index);
        if (Atomics.compareExchange(state, place, FREE, ASKED_HERE) === FREE)
          askFor(file, { query, index, port }, state);
      });
    } finally {
      file.close();
    }
  } finally {
    Atomics.store(state, PHASE, ENDED);
    Atomics.notify(state, PHASE);
  }
}

function askFor(
  file: SqliteFile,
  { query, index, port }: { query: SideQuery; index: number; port: MessagePort },
  state: Int32Array,
): void {
  try {
    const row = file.prepare<[Record<string, bigint>], SideRow>(query.sql).raw().get(query.values);
    if (row !== undefined) port.postMessage({ index, row } satisfies Answer);
  } catch {
    // Without an answer the caller asks, and says what is wrong.
  } finally {
    Atomics.store(state, placeOf(index), ANSWERED);
    Atomics.notify(state, placeOf(index));
  }
}
