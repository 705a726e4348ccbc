import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import { CONTRACT } from '../../src/shared/ipc/contract.ts';
import { formatAmount, parseAmount } from '../../src/shared/money.ts';
import { TRANSACTION_SETS } from '../../src/shared/payments.ts';
import type { SyncPlan } from '../../src/shared/sync.ts';
import { steppingClock } from '../support/clocks.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, tempFolder } from '../support/engine.ts';
import { orderOf } from '../support/findings.ts';
import { startSmallSandbox } from '../support/sandbox.ts';
import { openConnectionTo } from '../support/workspace.ts';

const NEVER = { signal: new AbortController().signal, onProgress: () => undefined };
const canonical = (text: string, currency: string) => formatAmount(parseAmount(text), currency);

/** Every byte of every file below a folder, as text. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

describe('the payments of 200 orders', () => {
  it('add up to amount, refund and discount, and keep nothing secret', async () => {
    const sandbox = closeAfterTest(await startSmallSandbox({ orders: 200 }));
    const dataDir = tempFolder();
    const connection = await openConnectionTo(sandbox, { dataDir });
    await connection.sync(NEVER);
    const seen: number[] = [];
    const run = await connection.payments.read({ ids: sandbox.ids(), onProgress: (done) => seen.push(done) });
    expect(run.failed).toEqual([]);
    expect(run.read.sort((a, b) => a - b)).toEqual(sandbox.ids());
    expect(seen).toEqual(sandbox.ids().map((_id, place) => place + 1));

    const planted = new Set(sandbox.planted().map(({ orderId }) => orderId));
    const sets = new Set<string>();
    const answers: string[] = [];
    let failed = 0;
    let reserved = 0;
    for (const id of sandbox.ids()) {
      const order = sandbox.order(id);
      const reply = await connection.payments.ofOrder({ id, refresh: false });
      CONTRACT['orders.payments'].response.parse(reply);
      answers.push(JSON.stringify(reply));
      const { payments } = reply;
      if (payments === null || order === null) throw new Error(`order ${id} is not there`);
      const about = `order ${id}`;
      const same = (text: string) => ({
        sum: canonical(text, order.currency),
        gap: null,
        difference: canonical('0', order.currency),
      });
      if (!planted.has(id)) {
        expect(payments.purchase, about).toMatchObject(same(order.amount));
        expect(payments.refund, about).toMatchObject(same(order.refund_amount));
        expect(payments.discount, about).toMatchObject(same(order.discount_amount));
      }
      expect(payments.unreadable, about).toEqual([]);
      const ids = new Set(order.orderitem_set.map((line) => line.id));
      for (const { lineIds } of [...payments.discountItems, ...payments.plans]) {
        expect(
          lineIds?.every((line) => ids.has(line)),
          about,
        ).toBe(true);
      }
      for (const each of payments.transactions) {
        sets.add(each.set);
        if (!each.succeeded) failed += 1;
        if (each.type === 'pre_purchase') reserved += 1;
        expect(each.currency, about).toBe(order.currency);
      }
    }
    expect(sets).toEqual(new Set(TRANSACTION_SETS));
    expect(failed).toBeGreaterThan(100);
    expect(reserved).toBeGreaterThan(0);
    expect(answers.some((text) => text.includes('"plan'))).toBe(true);

    const stored = everythingIn(dataDir);
    expect(stored).toContain('loyaltytransaction_set');
    for (const mark of ['CANARY-SECRET', 'CANARY-COUPON', 'CANARY-EMAIL', sandbox.token]) {
      expect(stored.includes(mark), `${mark} in a file`).toBe(false);
      expect(answers.join().includes(mark), `${mark} in an answer`).toBe(false);
    }
  });
});

describe('orders whose payments are due', () => {
  const detailedReads = (sandbox: Sandbox) =>
    sandbox.counters.requests['GET /api/v1/orders_integration/{pk}/detailed_integration/'] ?? 0;

  it('are read by the runs that make them due, and by none that finds nothing new', async () => {
    const sandbox = closeAfterTest(await startSmallSandbox({ orders: 200 }));
    const phases = new Set<string>();
    const connection = await openConnectionTo(sandbox, { dataDir: tempFolder() });
    const first = await connection.sync({ ...NEVER, onProgress: ({ phase }) => phases.add(phase) });
    expect(first.payments?.read).toBeGreaterThan(3);
    expect(first.payments?.failed).toBe(0);
    expect(detailedReads(sandbox)).toBe(first.payments?.read);
    expect(phases).toContain('payments');
    const again = await connection.sync(NEVER);
    expect(again.payments).toBeUndefined();
    expect(detailedReads(sandbox)).toBe(first.payments?.read);
  });

  it('make no run fail that they cannot be read for, and are tried again by the next, each once', async () => {
    const sandbox = closeAfterTest(await startSmallSandbox({ orders: 200 }));
    sandbox.setFaults([{ match: { path: 'orders_integration' }, action: { kind: 'status', code: 403 } }]);
    const connection = await openConnectionTo(sandbox, { dataDir: tempFolder() });
    const { complete, payments } = await connection.sync(NEVER);
    expect([complete, payments?.read]).toEqual([true, 0]);
    const due = payments?.failed ?? 0;
    expect(due).toBeGreaterThan(3);
    expect((await connection.sync(NEVER)).payments).toMatchObject({ read: 0, failed: due });
    sandbox.setFaults([]);
    expect((await connection.sync(NEVER)).payments).toMatchObject({ read: due, failed: 0, requests: 3 * due });
    expect((await connection.sync(NEVER)).payments).toBeUndefined();
  });

  it('are due to the next run where a cancel has left them out', async () => {
    const sandbox = closeAfterTest(await startSmallSandbox({ orders: 200 }));
    const connection = await openConnectionTo(sandbox, { dataDir: tempFolder() });
    const stop = new AbortController();
    let due = 0;
    const cut = await connection.sync({
      signal: stop.signal,
      onProgress({ phase, ordersDone, ordersTotal }) {
        if (phase !== 'payments') return;
        due = ordersTotal ?? 0;
        if (ordersDone === 2) stop.abort();
      },
    });
    const read = cut.payments?.read ?? 0;
    expect([cut.payments?.failed, read >= 2, read < due]).toEqual([0, true, true]);
    // Nobody is told of a failure that was none.
    const answers = await Promise.all(sandbox.ids().map((id) => connection.reader.paymentsFailure({ id })));
    expect(answers.filter((each) => each !== null)).toEqual([]);
    expect((await connection.sync(NEVER)).payments).toMatchObject({ read: due - read, failed: 0 });
    expect((await connection.sync(NEVER)).payments).toBeUndefined();
  });

  it('count in the run log by themselves, beside the lists and the probe, and so does the plan name them', async () => {
    const sandbox = closeAfterTest(
      await startSmallSandbox({ orders: 200, maxLimit: 10, honours: ['modified_date__gte'] }),
    );
    const still = steppingClock(NOW_MS, 10_000);
    let laterMs = 0;
    const clock = { ...still, now: () => still.now() + laterMs };
    const connection = await openConnectionTo(sandbox, { dataDir: tempFolder(), clock });
    const asked = () => Object.values(sandbox.counters.requests).reduce((sum, each) => sum + each, 0);
    const loggedRun = async () => (await connection.reader.runs({ offset: 0, limit: 1 })).rows[0];
    /** A run, what it asked of the server in all, and every plan that it told. */
    async function run() {
      const plans: [SyncPlan, number][] = [];
      const before = asked();
      const summary = await connection.sync({ ...NEVER, onPlan: (plan) => plans.push([plan, asked() - before]) });
      return { summary, plans, all: asked() - before, logged: await loggedRun() };
    }
    const payments = { step: 'payments', of: 'changed', orders: 50, requests: 150 };

    const first = await run();
    expect(first.plans.map(([plan]) => plan)).toEqual([first.logged?.plan]);
    expect(first.logged?.plan?.steps).toEqual([{ step: 'all', requests: null }, payments]);
    expect(first.logged?.plan?.requests).toBeNull();
    const read = first.summary.payments;
    expect(first.logged).toMatchObject({ probe: null, payments: read });
    expect(read?.requests).toBe(3 * (read?.read ?? 0));
    expect(first.all).toBe(first.summary.requests + (read?.requests ?? 0));

    // A week later the probe is the run's first step, told before it asks anything.
    laterMs = 8 * 86_400_000;
    const later = await run();
    const probing = (await connection.reader.capabilities()).capabilities?.requests ?? 0;
    expect(later.plans).toEqual([[later.logged?.plan, 0]]);
    expect(later.logged?.plan?.steps[0]).toEqual({ step: 'probe', requests: probing });
    expect(later.logged?.kind).toBe('changes');
    expect(later.summary.probe).toEqual({ requests: probing, retries: 0 });
    expect(later.logged).toMatchObject({
      probe: later.summary.probe,
      requests: later.summary.requests,
      payments: null,
    });
    expect(later.all).toBe(later.summary.requests + probing);

    // What the probe finds may change the plan: it is told again, and the log has what was done.
    await connection.writer.storeCapabilities({ capabilities: null, nowMs: clock.now() });
    const anew = await run();
    expect(anew.plans.map(([plan]) => plan.kind)).toEqual(['full', 'changes']);
    expect(anew.logged).toMatchObject({ kind: 'changes', plan: anew.plans[1]?.[0] });

    // A probe that fails is a failed run, with what it asked.
    await connection.writer.storeCapabilities({ capabilities: null, nowMs: clock.now() });
    sandbox.setFaults([{ match: {}, action: { kind: 'status', code: 403 } }]);
    await expect(connection.sync(NEVER)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await loggedRun()).toMatchObject({
      state: 'failed',
      problem: { code: 'FORBIDDEN' },
      probe: { requests: 1, retries: 0 },
      requests: 0,
      pages: 0,
    });
  });

  it('of a period are all with a finding that were not read just now, when it is verified', async () => {
    const sandbox = closeAfterTest(await startSmallSandbox({ orders: 200 }));
    const connection = await openConnectionTo(sandbox, { dataDir: tempFolder() });
    const first = await connection.sync(NEVER);
    const period = { from: '2020-01-01', to: '2030-01-01' };
    const filter = { period, checks: [], text: '' };
    const verified = await connection.sync({ ...NEVER, request: { mode: 'verify', period } });
    const findings = await connection.reader.findingsAll({ filter, timeZone: ISTANBUL });
    const concerned = new Set(findings.map((finding) => orderOf(finding).id));
    expect((verified.payments?.read ?? 0) + (first.payments?.read ?? 0)).toBe(concerned.size);
  });
});

describe('the payments of an order', () => {
  it('are what is held, with a problem where they cannot be read again', async () => {
    const sandbox = await startSmallSandbox();
    const clock = steppingClock(NOW_MS, 10_000);
    const connection = await openConnectionTo(sandbox, { dataDir: tempFolder(), clock });
    await connection.sync(NEVER);
    const id = sandbox.ids().at(-1) ?? 0;
    expect(await connection.payments.ofOrder({ id, refresh: false })).toEqual({
      payments: null,
      readAt: null,
      stale: true,
      problem: null,
      failure: null,
    });
    const fresh = await connection.payments.ofOrder({ id, refresh: true });
    expect(fresh).toMatchObject({ stale: false, problem: null, failure: null });
    expect(fresh.payments?.transactions.length).toBeGreaterThan(0);
    await sandbox.close();
    const offline = await connection.payments.ofOrder({ id, refresh: true });
    const problem = { code: 'NOT_REACHABLE', message: expect.any(String) };
    expect(offline).toEqual({ ...fresh, problem, failure: { ...problem, at: expect.any(String) } });
    // Whoever looks later finds the reason too, with what is held.
    const later = await connection.payments.ofOrder({ id, refresh: false });
    expect(later).toEqual({ ...offline, problem: null, stale: expect.any(Boolean) });
    await expect(connection.payments.ofOrder({ id: 4_000_000, refresh: true })).rejects.toMatchObject({
      code: 'ORDER_UNKNOWN',
    });
  });

  it('are read for the order that was looked at last; a reading that nobody waits for is given up', async () => {
    const sandbox = closeAfterTest(await startSmallSandbox());
    const connection = await openConnectionTo(sandbox, { dataDir: tempFolder() });
    await connection.sync(NEVER);
    const [first = 0, second = 0] = sandbox.ids().slice(-2);
    const answers = await Promise.all([first, second].map((id) => connection.payments.ofOrder({ id, refresh: true })));
    expect(answers.map(({ problem }) => problem?.code)).toEqual(['CANCELLED', undefined]);
    expect(answers[1]?.payments?.order.id).toBe(second);
    expect(answers[0]?.payments).toBeNull();
  });
});
