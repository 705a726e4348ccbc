import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOW_MS } from '../support/engine.ts';
import { type FaultBench, ONCE_AND_ALWAYS, startFaultBench } from '../support/fault-bench.ts';
import { endOfRead, type NetworkFault, networkFaults } from '../support/network-faults.ts';

/*
 * Every network fault at the list of changed cancellation plans. Each case changes an order that is settled, so that
 * nothing but its plan tells of it. The server's clock goes on by more than the time by which changes are asked for
 * twice: a change that one run has not been told of must be asked for by the next.
 */

const ORDER = 1010;
const HALF_AN_HOUR_MS = 30 * 60_000;

let serverMs = NOW_MS;
let bench: FaultBench;
const FAULTS = networkFaults({
  elsewhere: () => bench.elsewhere(),
  expire: () => bench.expire(),
  now: () => serverMs,
});

beforeAll(async () => {
  bench = await startFaultBench({ orders: 30, maxLimit: 2, now: () => serverMs });
  for (const id of bench.sandbox.ids()) {
    const cancelled = id === ORDER ? 'completed' : null;
    const lines = bench.sandbox.order(id)?.orderitem_set.map((line) => [line.id, { cancel_status: cancelled }]) ?? [];
    bench.sandbox.edit(id, { fields: { status: '550', is_send: true }, lines: Object.fromEntries(lines) });
  }
  passTime();
  await bench.sync({ mode: 'full' }, 'front');
});
afterAll(() => bench.close());

function passTime(): void {
  serverMs += HALF_AN_HOUR_MS;
  bench.fronts.omnitron.nowMs = serverMs;
}

const heldAmount = (): string | null => bench.reader.orderDetail({ id: ORDER }).footing.amount;

/** A tenant may have no list of plans, or none that can be read; a run does without. */
function isDoneWithout({ code }: NetworkFault, isMet: boolean): boolean {
  return isMet && (code === 'FORBIDDEN' || code === 'REQUEST_REJECTED' || code === 'RESPONSE_INVALID');
}

let value = 0;

test.each(FAULTS)('$name, once and always', async (fault) => {
  for (const times of ONCE_AND_ALWAYS) {
    const at = times === 1 ? 'once' : 'always';
    passTime();
    value += 1;
    const before = heldAmount();
    const amount = `${value}.75`;
    bench.sandbox.edit(ORDER, { fields: { amount } });
    passTime();
    const problem = await bench.meet(
      { fault, times, hits: (url) => url.includes('/cancellation_plans/') },
      async () => {
        expect(await bench.sync({ mode: 'auto' }, 'front'), at).toMatchObject({ kind: 'refresh', complete: true });
      },
    );
    expect([...bench.fronts.omnitron.authorizations], at).toEqual([`Token ${bench.sandbox.token}`]);
    const end = endOfRead(fault, { always: times !== 1, rereads: false });
    const without = isDoneWithout(fault, end !== null);
    expect(problem, at).toBe(without ? null : end);
    expect(heldAmount(), at).toBe(end === null ? amount : before);

    // Once the fault is over, the next run is told of the change, however late it comes.
    passTime();
    expect(await bench.sync({ mode: 'auto' }, 'front'), at).toMatchObject({ kind: 'refresh', complete: true });
    expect(heldAmount(), at).toBe(amount);
  }
});
