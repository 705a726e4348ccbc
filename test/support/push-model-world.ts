import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPush } from '../../src/main/corrections/push.ts';
import { createReader } from '../../src/main/engine/reader.ts';
import type { WriterService } from '../../src/main/engine/services.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import type { BatchRow } from '../../src/shared/batches.ts';
import type { CorrectionRow, PushSummary } from '../../src/shared/corrections.ts';
import { AppError } from '../../src/shared/errors.ts';
import { steppingClock } from './clocks.ts';
import { NOW_MS, storeOrders } from './engine.ts';
import { type ModelFault, type ModelShop, modelShop } from './push-model-shop.ts';

/** A PIN costs next to nothing to try in tests. */
const CHEAP = { logN: 1, r: 1, p: 1 };
const AUTHOR = { who: 'accounts', host: 'desk', profile: null };
export const PEOPLE = ['Ayse', 'Burak'] as const;
export type Person = (typeof PEOPLE)[number];
export const PIN = '4711-gizli';
export const ORDERS = [1, 2, 3, 4, 5, 6];
const KEY = new Uint8Array(32).fill(7);

const openFolder = (folder: string): WriterService => createWriter(folder, { ...AUTHOR }, KEY, CHEAP);

/** A closed folder with two people and every order, to be copied for each life. */
export function prepareFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'mutabakat-test-'));
  const writer = openFolder(folder);
  storeOrders(writer, modelShop(ORDERS).page());
  for (const name of PEOPLE) {
    writer.addUser({ name, pin: PIN, nowMs: NOW_MS });
    writer.signIn({ name: PEOPLE[0], pin: PIN, nowMs: NOW_MS });
  }
  writer.close();
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The program over a copy of the prepared folder, and its server. */
export interface PushWorld {
  readonly shop: ModelShop;
  writer(): WriterService;
  rows(batch?: number): CorrectionRow[];
  row(id: number): CorrectionRow;
  batches(): BatchRow[];
  /** Pushes one batch; `crashed` = the program died on the way and was started anew. */
  push(
    batch: BatchRow,
    fault: ModelFault | null,
  ): Promise<{ summary: PushSummary | null; code: string | null; crashed: boolean }>;
  /** Ends the program without a goodbye and starts it again. */
  crash(): void;
  audit(): unknown;
  close(): void;
}

export function openWorld(prepared: string): PushWorld {
  const folder = mkdtempSync(join(tmpdir(), 'mutabakat-test-'));
  cpSync(prepared, folder, { recursive: true });
  const shop = modelShop(ORDERS);
  let writer = openFolder(folder);
  const reader = createReader(
    folder,
    () => 0,
    () => NOW_MS,
  );
  const clock = steppingClock(NOW_MS, 200_000);

  function list(batch: number | null): CorrectionRow[] {
    return reader.correctionsList({ states: [], batch, offset: 0, limit: 500 }).rows.reverse();
  }

  function crash(): void {
    writer.close();
    writer = openFolder(folder);
  }

  /** Answers as the thread would, until the program is dead: then nothing more is ever recorded. */
  const remote = () =>
    new Proxy(writer, {
      get: (target, name) => {
        const call: unknown = Reflect.get(target, name);
        if (typeof call !== 'function') return call;
        return async (...args: unknown[]) => {
          if (shop.isDead()) throw new Error('the program is dead');
          return call.apply(target, args);
        };
      },
    }) as never;

  return {
    shop,
    writer: () => writer,
    rows: (batch) => list(batch ?? null),
    row(id) {
      const found = list(null).find((each) => each.id === id);
      if (found === undefined) throw new Error(`there is no correction ${id}`);
      return found;
    },
    batches: () => reader.batchesList({ states: [], offset: 0, limit: 500 }).rows.reverse(),
    async push(batch, fault) {
      shop.begin(fault);
      const limits = { headMs: 300_000, wholeMs: 300_000, maxBytes: 1e6 };
      const client = createOmnitronClient({
        baseUrl: 'http://127.0.0.1:9',
        token: 'key',
        fetch: shop.fetch,
        clock,
        random: () => 0.5,
        limits,
      });
      const options = { signal: new AbortController().signal, onProgress: () => undefined };
      try {
        const summary = await runPush({ client, writer: remote(), clock, random: () => 0.5 }, [batch], options);
        return { summary, code: null, crashed: false };
      } catch (thrown) {
        if (shop.isDead()) {
          crash();
          return { summary: null, code: null, crashed: true };
        }
        if (!(thrown instanceof AppError) || thrown.code === 'INTERNAL') throw thrown;
        return { summary: null, code: thrown.code, crashed: false };
      }
    },
    crash,
    audit: () => reader.auditVerify({ keys: [KEY] }),
    close() {
      reader.close();
      writer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
