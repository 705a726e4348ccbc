import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import { createOms } from '../../src/main/oms/of-connection.ts';
import type { OmsSummary } from '../../src/shared/oms.ts';
import { type FaultBench, ONCE_AND_ALWAYS, startFaultBench } from '../support/fault-bench.ts';
import { endOfRead, type NetworkFault, networkFaults } from '../support/network-faults.ts';
import { asRemoteReader } from '../support/remote.ts';

/*
 * Every network fault at OMS, whose token is another one than Omnitron's: connecting it, a page of its orders, a page of
 * its invoices. Redirects lead to a stranger, or to Omnitron. Each case changes one order, in OMS as at Omnitron.
 */

const ROWS_A_PAGE = 8;
/** Stands on the second page of both lists, not as its first row, which a fault damages. */
const ORDER = 1010;
const ID_IN_OMS = 100_001_010;

let bench: FaultBench;
const FAULTS = networkFaults({
  elsewhere: () => bench.elsewhere(),
  expire: () => bench.expire(),
  // OMS has no amount of an order that could be spoilt.
  badRow: 'not-an-object',
});

const tokens = new Map<string, string>();

beforeAll(async () => {
  bench = await startFaultBench({ orders: 10, maxLimit: ROWS_A_PAGE });
  await bench.sync({ mode: 'full' });
  await connect();
  await read();
  // Two pages each, or no fault at the second one is met.
  for (const rows of Object.values(held()))
    expect([rows.size > ROWS_A_PAGE, rows.size <= 2 * ROWS_A_PAGE]).toEqual([true, true]);
});
afterAll(() => bench.close());

const omsToken = (): string => bench.sandbox.oms?.token ?? '';

/** OMS as a connection has it, which holds the token of Omnitron as well. */
function oms() {
  const name = 'store';
  tokens.set(name, bench.sandbox.token);
  // What is asked is asked within the limits of these tests.
  const parts = {
    ...bench.network(),
    name,
    omsUrl: bench.fronts.oms.baseUrl,
    saveUrl: () => undefined,
    tokens: {
      get: async (key: string) => tokens.get(key) ?? null,
      set: async (key: string, token: string) => void tokens.set(key, token),
    },
    writer: () => bench.remoteWriter,
    reader: asRemoteReader(bench.reader),
  };
  return createOms(parts);
}

const connect = () => oms().set({ url: bench.fronts.oms.baseUrl, token: omsToken() });

async function read(): Promise<OmsSummary> {
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  const summary = await oms().afterRun({ cause: 'manual', ...options });
  if (summary === null) throw new Error('OMS is not connected');
  return summary;
}

/** Every row that is held of OMS and has not vanished: its id, and its state or its number. */
function held(): { orders: Map<number, string>; invoices: Map<number, string | null> } {
  const cache = openSqlite(join(bench.folder, 'cache.db'), { readonly: true });
  const rows = <T>(sql: string): Map<number, T> => new Map(cache.prepare<[], [number, T]>(sql).raw().all());
  try {
    return {
      orders: rows<string>('SELECT id, state FROM oms_orders WHERE vanished_ms IS NULL'),
      invoices: rows<string | null>('SELECT id, number FROM oms_invoices WHERE vanished_ms IS NULL'),
    };
  } finally {
    cache.close();
  }
}

/** What a plain reader gets of OMS. */
async function served(): Promise<ReturnType<typeof held>> {
  async function all<T>(list: string): Promise<T[]> {
    const rows: T[] = [];
    for (let page = 1; ; page += 1) {
      const url = `${bench.sandbox.oms?.baseUrl}/api/v1/oms/${list}/?limit=100&page=${page}`;
      const response = await fetch(url, { headers: { Authorization: `Token ${omsToken()}` } });
      const body = (await response.json()) as { next: string | null; results: T[] };
      rows.push(...body.results);
      if (body.next === null) return rows;
    }
  }
  const orders = await all<{ id: number; state: { enum_value: string } }>('orders');
  const invoices = await all<{ id: number; number: string }>('invoices');
  return {
    orders: new Map(orders.map(({ id, state }) => [id, state.enum_value])),
    invoices: new Map(invoices.map(({ id, number }) => [id, number])),
  };
}

let value = 0;

/** Changes the order and its invoice; answers what a reading of everything then finds. */
function change(before: ReturnType<typeof held>): ReturnType<typeof held> {
  value += 1;
  const fields = { status: value % 2 === 0 ? '500' : '550', invoice_number: `OMX2026${`${value}`.padStart(9, '0')}` };
  bench.sandbox.edit(ORDER, { fields });
  return {
    orders: new Map(before.orders).set(ID_IN_OMS, fields.status),
    invoices: new Map(before.invoices).set(ID_IN_OMS, fields.invoice_number),
  };
}

/** Requests went to OMS alone, and with its own token. */
function expectOwnToken(at: string): void {
  expect([...bench.fronts.oms.authorizations], at).toEqual([`Token ${omsToken()}`]);
  expect(omsToken()).not.toBe(bench.sandbox.token);
}

describe('connecting it', () => {
  test.each(FAULTS)('$name, once and always', async (fault) => {
    for (const times of ONCE_AND_ALWAYS) {
      const at = times === 1 ? 'once' : 'always';
      tokens.clear();
      const problem = await bench.meet({ fault, times, at: 'oms', hits: () => true }, connect);
      expectOwnToken(at);
      const end = endOfRead(fault, { always: times !== 1, rereads: false });
      expect(problem, at).toBe(end);
      // A token with which OMS could not be read is not kept, and Omnitron's stays as it is.
      expect([...tokens], at).toEqual([
        ['store', bench.sandbox.token],
        ...(end === null ? [['store:oms', omsToken()]] : []),
      ]);
      await connect();
      expect(tokens.get('store:oms'), at).toBe(omsToken());
    }
  });
});

const LISTS = ['orders', 'invoices'] as const;

/** Why a reading is not complete; null = it is. An OMS without invoices for this token is read without them. */
function expected(list: (typeof LISTS)[number], fault: NetworkFault, times: number): string | null {
  if (list === 'invoices' && fault.code === 'FORBIDDEN') return null;
  return endOfRead(fault, { always: times !== 1, rereads: true });
}

describe.each(LISTS)('a page of its %s', (list) => {
  test.each(FAULTS)('$name, once and always', async (fault) => {
    for (const times of ONCE_AND_ALWAYS) {
      const at = times === 1 ? 'once' : 'always';
      const before = held();
      const now = change(before);
      let summary: OmsSummary | null = null;
      const hits = (url: string): boolean => url.includes(`/oms/${list}/`) && url.includes('page=2');
      await bench.meet({ fault, times, at: 'oms', hits }, async () => {
        summary = await read();
      });
      expectOwnToken(at);
      const isBadRow = fault.code === null;
      const problem = expected(list, fault, times);
      const isRead = problem === null && fault.code !== 'FORBIDDEN';
      expect(summary, at).toMatchObject({
        complete: problem === null,
        ...(problem === null ? {} : { problem: { code: problem } }),
        ...(problem === null ? { invoices: isRead ? now.invoices.size : null } : {}),
        quarantined: isBadRow ? 1 : 0,
      });

      // Nothing is lost by a reading in trouble, and what it did not read stays as it was.
      const then = held();
      expect(then.orders, at).toEqual(list === 'invoices' || isRead ? now.orders : before.orders);
      expect(then.invoices, at).toEqual(isRead ? now.invoices : before.invoices);

      // Once the fault is over, everything is made up for.
      if (isRead && !isBadRow) continue;
      expect(await read(), at).toMatchObject({ complete: true, quarantined: 0, orders: now.orders.size });
      expect(held(), at).toEqual(now);
    }
    expect(held()).toEqual(await served());
  });
});
