import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPayments } from '../../src/main/payments/of-connection.ts';
import { createPaymentReader } from '../../src/main/payments/reader.ts';
import type { OrderPayments, PaymentsAnswer } from '../../src/shared/payments.ts';
import { type FaultBench, ONCE_AND_ALWAYS, startFaultBench } from '../support/fault-bench.ts';
import { endOfRead, type NetworkFault, networkFaults } from '../support/network-faults.ts';
import { asRemoteReader } from '../support/remote.ts';

/*
 * Every network fault at each of the three answers about an order's payments. Of each case the order has amounts of its
 * own, so that what is held tells which reading it is of.
 */

const ORDER = 1005;

let bench: FaultBench;
const FAULTS = networkFaults({ elsewhere: () => bench.elsewhere(), expire: () => bench.expire() });

beforeAll(async () => {
  bench = await startFaultBench({ orders: 10 });
  await bench.sync({ mode: 'full' });
});
afterAll(() => bench.close());

type Part = 'detailed' | 'discounts' | 'plans';
const PARTS: { name: string; part: Part; hits(url: string): boolean }[] = [
  { name: 'the detailed order', part: 'detailed', hits: (url) => url.includes(`/${ORDER}/detailed_integration/`) },
  { name: 'the discount items', part: 'discounts', hits: (url) => url.includes('/discount_items/') },
  { name: 'the cancellation plans', part: 'plans', hits: (url) => url.includes('/cancellation_plans/') },
];

/** Reads the order's payments, as somebody does who looks at it. */
function refresh(): Promise<PaymentsAnswer> {
  const { client, ...parts } = bench.parts();
  const reader = createPaymentReader({ client: async () => client, ...parts });
  return createPayments({ reader: () => reader, held: asRemoteReader(bench.reader), clock: bench.clock }).ofOrder({
    id: ORDER,
    refresh: true,
  });
}

/** What a reading must show: the purchases, discounts and refunds of the order as it now is. */
interface Shown {
  purchase: string | null;
  discount: string | null;
  refunds: (string | null)[];
}

let value = 0;

/** Gives the order amounts that it never had. */
function change(): Shown {
  value += 1;
  const lines = bench.sandbox.order(ORDER)?.orderitem_set ?? [];
  const amount = `${1000 + value}.00`;
  const refund = `${value}.00`;
  const discounts = lines.map(({ id }, place) => [
    id,
    { discount_amount: place === 0 ? `${value}.50` : '0.00', status: '600', cancel_status: 'completed' },
  ]);
  bench.sandbox.edit(ORDER, { fields: { amount, refund_amount: refund }, lines: Object.fromEntries(discounts) });
  return { purchase: amount, discount: `${value}.50`, refunds: [refund] };
}

function shown({ purchase, discount, plans }: OrderPayments): Shown {
  return { purchase: purchase.sum, discount: discount.sum, refunds: plans.map(({ refund }) => refund) };
}

/** How a part that the server refused, or that is not as documented, is named; null = the part is read, or nothing is. */
function unreadableAs(part: Part, fault: NetworkFault): { path: string; code: string } | null {
  const { code, name } = fault;
  if (part === 'detailed') return null;
  if (code === 'FORBIDDEN' || code === 'REQUEST_REJECTED' || code === 'REDIRECT_REFUSED') return { path: '', code };
  if (code === 'RESPONSE_INVALID') return { path: '', code: 'not_list' };
  // Of a plan the damaged field is not read.
  if (name === 'a row that is no order' && part === 'discounts') return { path: '0.amount', code: 'not_amount' };
  return null;
}

describe.each(PARTS)('$name', ({ part, hits }) => {
  test.each(FAULTS)('$name, once and always', async (fault) => {
    for (const times of ONCE_AND_ALWAYS) {
      const at = times === 1 ? 'once' : 'always';
      await refresh();
      const before = bench.reader.orderPayments({ id: ORDER })?.payments;
      const now = change();
      const { token } = bench.sandbox;
      let answer: PaymentsAnswer | null = null;
      await bench.meet({ fault, times, hits }, async () => {
        answer = await refresh();
      });
      const { payments, problem } = answer ?? (await refresh());
      expect([...bench.fronts.omnitron.authorizations], at).toEqual([`Token ${token}`]);

      const named = unreadableAs(part, fault);
      const code = named === null ? endOfRead(fault, { always: times !== 1, rereads: false }) : null;
      expect(problem?.code ?? null, at).toBe(code);
      // All of a reading or nothing: what failed leaves what was held.
      if (code !== null) expect(payments, at).toEqual(before);
      else if (payments !== null) {
        expect(payments.unreadable, at).toEqual(named === null ? [] : [{ part, ...named }]);
        const gone = named === null ? {} : part === 'plans' ? { refunds: [] } : { discount: null };
        expect(shown(payments), at).toEqual({ ...now, ...gone });
      }

      // Once the fault is over, everything is there.
      const after = await refresh();
      expect(after.problem, at).toBeNull();
      expect(after.payments && shown(after.payments), at).toEqual(now);
      expect(after.payments?.unreadable, at).toEqual([]);
    }
  });
});
