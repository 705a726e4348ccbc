import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessDay, startOfDay } from '../../src/shared/period.ts';
import { type OrderChange, orderChange } from '../../src/shared/runs.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';
import { type HereStore, hereStore } from '../support/cli-here-store.ts';

describe('history', () => {
  let store: HereStore;
  /** Orders of the sandbox: one whose amount changes, one whose flag changes, one that goes. */
  const [paid, flagged, gone] = [1010, 1020, 1030];
  let before: { amount: string; sent: boolean };
  let since: string;

  beforeAll(async () => {
    store = await hereStore({ orders: 320 });
    await store.json('sync');
    since = new Date().toISOString();
    before = {
      amount: String(store.sandbox.order(paid)?.amount),
      sent: store.sandbox.order(flagged)?.is_send === true,
    };
    const line = store.sandbox.order(paid)?.orderitem_set[0]?.id ?? 0;
    store.sandbox.edit(paid, { fields: { amount: '1234.5' }, lines: { [line]: { invoice_number: 'NEW1' } } });
    store.sandbox.edit(flagged, { fields: { is_send: !before.sent } });
    store.sandbox.remove(gone);
    const run = await store.json('sync', '--full');
    expect([run.code, run.json().updated]).toEqual([0, 2]);
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
  });

  const historyOf = async (...args: string[]): Promise<OrderChange[]> => {
    const run = await store.json('history', ...args);
    expect(run.code).toBe(0);
    return (run.json().changes as unknown[]).map((change) => orderChange.parse(change));
  };

  it('of an amount is decimal text in the currency, and the line names itself', async () => {
    const order = store.sandbox.order(paid);
    const changes = await historyOf('--order', String(order?.number));
    const amount = changes.find(({ field }) => field === 'amount');
    expect(amount).toMatchObject({
      order: { id: paid, number: order?.number },
      lineId: null,
      from: before.amount,
      to: '1234.50',
      currency: order?.currency,
      run: 2,
    });
    expect(Date.parse(String(amount?.seenAt))).toBeGreaterThanOrEqual(Date.parse(since));
    const invoice = changes.find(({ field }) => field === 'invoice_number');
    expect(invoice).toMatchObject({ lineId: order?.orderitem_set[0]?.id, to: 'NEW1' });
    expect(changes.map(({ field }) => field).sort()).toEqual(['amount', 'invoice_number']);
  });

  it('of the sent flag is true and false', async () => {
    expect(await historyOf('--order-id', `${flagged}`)).toMatchObject([
      { field: 'sent', from: `${before.sent}`, to: `${!before.sent}`, run: 2 },
    ]);
  });

  it('of an order that went says when it was missed', async () => {
    const [went, ...others] = await historyOf('--order-id', `${gone}`);
    expect(others).toEqual([]);
    expect(went).toMatchObject({ field: 'vanished', from: null, run: 2 });
    expect(went?.to).toBe(went?.seenAt);
  });

  it('since an instant is of all orders, newest first', async () => {
    const changes = await historyOf('--since', since);
    expect(new Set(changes.map(({ order }) => order.id))).toEqual(new Set([paid, flagged, gone]));
    expect(changes[0]?.field).toBe('vanished');
    expect(await historyOf('--since', '2999-01-01T00:00:00Z')).toEqual([]);
    expect(await historyOf('--order-id', `${paid}`, '--since', '2999-01-01T00:00:00Z')).toEqual([]);
  });

  it('since a day is from its beginning in the business time zone', async () => {
    const today = businessDay(Date.parse(since), DEFAULT_SETTINGS.timeZone);
    const run = await store.json('history', '--since', today);
    const begins = new Date(startOfDay(today, DEFAULT_SETTINGS.timeZone)).toISOString();
    expect([run.code, run.json().since]).toEqual([0, begins]);
    const ids = (run.json().changes as OrderChange[]).map(({ order }) => order.id);
    expect(new Set(ids)).toEqual(new Set([paid, flagged, gone]));
    expect(await historyOf('--since', '2999-01-01')).toEqual([]);
  });

  it('since the close is from when the closed periods were closed', async () => {
    const none = await store.json('history', '--since', 'close');
    expect([none.code, none.json().error]).toEqual([2, expect.objectContaining({ code: 'VALUE_INVALID' })]);
    await store.json('rules', 'set', '--closed-until', '2020-01-31', '--reason', 'closed');
    const [{ chosenAt } = { chosenAt: '' }] = (await store.json('rules')).json().history as { chosenAt: string }[];
    await store.json('rules', 'set', '--stuck-days', '9', '--reason', 'something else');
    const closed = await store.json('history', '--since', 'close');
    expect([closed.code, closed.json()]).toEqual([0, { since: chosenAt, changes: [] }]);
    store.sandbox.edit(1040, { fields: { amount: '77.70' } });
    await store.json('sync', '--full');
    const { stdout } = await store.words('history', '--since', 'close');
    expect(stdout).toContain(`1 change since ${chosenAt}.`);
  });

  it('asks which order is meant when a number fits two channels', async () => {
    const [shared] = store.sandbox.sharedNumbers();
    const run = await store.json('history', '--order', shared?.number ?? '');
    const error = run.json().error as { code: string; candidates: { id: number }[] };
    expect([run.code, error.code]).toEqual([2, 'NUMBER_AMBIGUOUS']);
    expect(error.candidates.map(({ id }) => id).sort()).toEqual([...(shared?.orderIds ?? [])].sort());
  });

  it.each([
    [[], 'USAGE'],
    [['--order', 'X', '--order-id', '1'], 'USAGE'],
    [['--since', 'monday'], 'VALUE_INVALID'],
    [['--since', '2026-01-01T00:00:00'], 'VALUE_INVALID'],
    [['--order', 'no such number'], 'ORDER_UNKNOWN'],
    [['--order-id', '999999'], 'ORDER_UNKNOWN'],
  ])('%j is refused with %s', async (args, code) => {
    const run = await store.json('history', ...args);
    expect([run.code, (run.json().error as { code: string }).code]).toEqual([2, code]);
  });

  it.each(['monday', '2026-02-31', 'Close'])('since %j names a day, an instant and the close', async (since) => {
    const run = await store.words('history', '--since', since);
    expect([run.code, run.stderr]).toEqual([
      2,
      expect.stringMatching(/write --since \d{4}-\d{2}-\d{2}, --since \S+Z or --since close\./),
    ]);
  });

  it('people get a table', async () => {
    const { stdout } = await store.words('history', '--order-id', `${flagged}`);
    expect(stdout).toMatch(/^1 change\.\n\nSeen +Order +Line +Field +From +To +Currency +Run\n/);
    expect(stdout).toContain(`${before.sent}  ${!before.sent}`);
  });
});
