import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { retryQuarantine } from '../../src/main/sync/retry-quarantine.ts';
import { AppError } from '../../src/shared/errors.ts';
import { type FaultBench, ONCE_AND_ALWAYS, startFaultBench } from '../support/fault-bench.ts';
import { endOfRead, networkFaults } from '../support/network-faults.ts';

/*
 * Every network fault while a quarantined order is read again: a held one by its number, any other with its page. Each
 * case spoils an order at Omnitron, lets a run set it aside, and mends it with an amount of its own.
 */

const HELD = 1008;

let bench: FaultBench;
const FAULTS = networkFaults({ elsewhere: () => bench.elsewhere(), expire: () => bench.expire() });

beforeAll(async () => {
  bench = await startFaultBench({ orders: 12 });
  await bench.sync({ mode: 'full' });
});
afterAll(() => bench.close());

const isList = (url: string): boolean => url.startsWith('/api/i1/orders/?');

const OPERATIONS: { name: string; hits(url: string): boolean; rereads: boolean; pick(): number }[] = [
  { name: 'an order by its number', hits: (url) => !isList(url), rereads: false, pick: () => HELD },
  { name: 'the page of an order', hits: isList, rereads: true, pick: () => bench.sandbox.insert()[0] ?? 0 },
];

let value = 0;

/** Sets an order aside that Omnitron then mends; answers the amount that it now has there. */
async function setAside(id: number): Promise<string> {
  bench.sandbox.edit(id, { fields: { amount: 'NaN' } });
  await bench.sync({ mode: 'full' });
  expect(inQuarantine()).toEqual([id]);
  value += 1;
  bench.sandbox.edit(id, { fields: { amount: `${value}.25`, currency: 'try' } });
  return `${value}.25`;
}

/** What is in quarantine, with what is wrong with it. */
const asideRows = () => bench.reader.quarantine({ offset: 0, limit: 100 }).rows;
const inQuarantine = (): (number | null)[] => asideRows().map(({ orderId }) => orderId);

/** The amount with which an order is held; null = it is not held. */
function heldAmount(id: number): string | null {
  try {
    return bench.reader.orderDetail({ id }).footing.amount;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'ORDER_UNKNOWN') return null;
    throw thrown;
  }
}

const retry = () => retryQuarantine(bench.parts(), new AbortController().signal);

describe.each(OPERATIONS)('$name', ({ hits, rereads, pick }) => {
  test.each(FAULTS)('$name, once and always', async (fault) => {
    for (const times of ONCE_AND_ALWAYS) {
      const at = times === 1 ? 'once' : 'always';
      const id = pick();
      const before = heldAmount(id);
      const amount = await setAside(id);
      const aside = asideRows();
      let done: Awaited<ReturnType<typeof retry>> | null = null;
      const end = endOfRead(fault, { always: times !== 1, rereads });
      // JSON that is not the contract's order: it stays, with what is wrong now.
      const stays = !rereads && fault.name === 'JSON of something else';
      const problem = await bench.meet({ fault, times, hits }, async () => {
        done = await retry();
      });
      expect([...bench.fronts.omnitron.authorizations], at).toEqual([`Token ${bench.sandbox.token}`]);
      expect(problem, at).toBe(stays ? null : end);
      if (stays) expect(done, at).toEqual({ released: 0, remaining: 1 });
      if (end === null) {
        // A page on which another row is damaged lets this one out all the same, and sets that one aside.
        const others = fault.code === null && rereads ? 1 : 0;
        expect(done, at).toEqual({ released: 1, remaining: others });
        expect(inQuarantine(), at).not.toContain(id);
        expect(heldAmount(id), at).toBe(amount);
      } else {
        expect(inQuarantine(), at).toEqual([id]);
        if (!stays) expect(asideRows(), at).toEqual(aside);
        expect(heldAmount(id), at).toBe(before);
      }

      // Once the fault is over, asking again lets it out, and a run finds everything as it is.
      expect(await retry(), at).toMatchObject({ remaining: 0 });
      expect(inQuarantine(), at).toEqual([]);
      expect(heldAmount(id), at).toBe(amount);
    }
    const summary = await bench.sync({ mode: 'full' });
    expect(summary).toMatchObject({ complete: true, updated: 0, created: 0, remoteCount: bench.sandbox.size });
  });
});
