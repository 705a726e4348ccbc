import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HereStore, hereStore } from '../support/cli-here-store.ts';
import { runCliHere } from '../support/run-cli-here.ts';

const NOTHING = { applied: 0, conflict: 0, rejected: 0, unknown: 0, waiting: 0, undecided: 0 };
const LINE = 113;
let store: HereStore;
let number: string;

beforeAll(async () => {
  store = await hereStore({ orders: 3 });
  await store.json('sync');
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

const json = (...args: string[]) => store.json('corrections', ...args);
const add = (set: string) => json('add', '--line', `${LINE}`, '--set', set);
const batchOf = async (id: number): Promise<string> => {
  const { corrections } = (await json('list')).json();
  const row = (corrections as { id: number; batch: { number: string } }[]).find((each) => each.id === id);
  return row?.batch.number ?? '';
};

it('pushes nothing where nothing waits', async () => {
  const run = await json('push');
  expect([run.code, run.json()]).toEqual([0, { batch: null, ...NOTHING }]);
  expect((await store.words('corrections', 'push')).stdout).toMatch(/^Nothing to push\./);
});

it('a dry run of a draft says what a push would do; a conflict needs a person', async () => {
  await add('invoice_number=PSH2026000000001');
  number = await batchOf(1);
  const run = await json('dry-run', '--batch', number);
  expect([run.code, run.json()]).toMatchObject([
    0,
    { batch: number, counts: { send: 1, done: 0, conflict: 0, gone: 0, unread: 0 }, oneWay: 1 },
  ]);
  const words = await store.words('corrections', 'dry-run', '--batch', number);
  expect(words.stdout).toContain(`Batch ${number}: 1 would be sent, 0 are there already, 0 in conflict`);
  store.sandbox.edit(27, { lines: { [LINE]: { invoice_number: 'OTHER2026' } } });
  const conflict = await json('dry-run', '--batch', number);
  expect([conflict.code, conflict.json()]).toMatchObject([1, { counts: { send: 0, conflict: 1 } }]);
  expect((await json('dry-run', '--batch', '2000-0001')).code).toBe(2);
});

it('a push of one batch ends with 1 where a person is needed; the person keeps theirs or mine', async () => {
  const run = await json('push', '--batch', number);
  expect([run.code, run.json()]).toEqual([1, { batch: number, ...NOTHING, conflict: 1, undecided: 1 }]);
  expect((await json('keep', '--id', '1')).code).toBe(2);
  expect((await json('keep', '--id', '1', '--mine', '--theirs')).code).toBe(2);
  expect((await json('keep', '--id', '1', '--mine')).json()).toEqual({ queued: 1, withdrawn: 0 });
  number = await batchOf(2);
  const sent = await json('push');
  expect([sent.code, sent.json()]).toEqual([0, { batch: number, ...NOTHING, applied: 1 }]);
  const receipts = (await json('receipts', '--id', '2')).json();
  expect(receipts).toMatchObject({
    correction: 2,
    receipts: [
      { step: 'read', httpStatus: 200, reading: { invoice_number: 'OTHER2026' } },
      { step: 'write', httpStatus: 200, sent: { invoice_number: 'PSH2026000000001' } },
      { step: 'read-back', httpStatus: 200, reading: { invoice_number: 'PSH2026000000001' } },
    ],
  });
  expect((await store.words('corrections', 'receipts', '--id', '2')).stdout).toContain('Correction 2: 3 steps.');
});

it('a finished batch is taken back by a draft of its own', async () => {
  const run = await json('reverse', '--batch', number, '--reason', 'wrong number');
  expect([run.code, run.json()]).toMatchObject([
    0,
    { corrections: 1, oneWay: 0, batch: { kind: 'reversal', reverses: number, state: 'draft' } },
  ]);
  const again = await json('reverse', '--batch', number, '--reason', 'twice');
  expect([again.code, again.json().error]).toMatchObject([2, { code: 'BATCH_STATE' }]);
  expect((await json('push')).json()).toMatchObject({ applied: 1 });
  expect(store.sandbox.order(27)?.orderitem_set[0]?.invoice_number).toBe('OTHER2026');
});

it('what is refused or in conflict counts in every push until a person has decided it', async () => {
  await add('tracking_number=REFUSED-1');
  store.sandbox.setFaults([{ match: { method: 'PATCH' }, action: { kind: 'status', code: 403 } }]);
  expect((await json('push')).json()).toMatchObject({ rejected: 1, undecided: 1 });
  store.sandbox.setFaults([]);
  await add('invoice_number=PSH2026000000007');
  store.sandbox.edit(27, { lines: { [LINE]: { invoice_number: 'LATER2026' } } });
  const push = await json('push');
  expect([push.code, push.json()]).toMatchObject([1, { ...NOTHING, conflict: 1, undecided: 2 }]);
  const later = await store.words('corrections', 'push');
  expect([later.code, later.stdout.split('\n').slice(1)]).toEqual([
    1,
    ['1 conflict, 1 rejection from before wait for a decision: corrections list --state conflict,rejected', ''],
  ]);
  expect((await store.words('corrections', 'list')).stdout).toContain('PSH2026000000007 (Omnitron: LATER2026)');
});

it('a conflict where Omnitron’s value stays is withdrawn, and what was refused is listed by its state', async () => {
  const kept = await json('keep', '--id', '5', '--theirs');
  expect([kept.code, kept.json()]).toEqual([0, { queued: 0, withdrawn: 1 }]);
  const listed = (await json('list', '--state', 'rejected,conflict')).json();
  expect(listed).toMatchObject({ corrections: [{ id: 4, state: 'rejected' }] });
  expect((await json('list', '--state', 'refused')).code).toBe(2);
  expect((await json('push')).json()).toEqual({ batch: null, ...NOTHING, undecided: 1 });
  await json('withdraw', '--id', '4');
  expect((await json('push')).code).toBe(0);
  expect(store.sandbox.counters.writes).toEqual({ [`line ${LINE}`]: 2 });
});

it('what is in no conflict is not queued again, and that is said', async () => {
  const kept = await json('keep', '--id', '5', '--mine');
  expect([kept.code, kept.json()]).toEqual([1, { queued: 0, withdrawn: 0 }]);
  expect((await store.words('corrections', 'keep', '--id', '5', '--mine')).stdout).toContain('1 correction not:');
});

it('stopping the program pauses the push after the correction that it is at, with a summary', async () => {
  const orders = store.sandbox.ids().filter((id) => id !== 27);
  const lines = orders.flatMap((id) => store.sandbox.order(id)?.orderitem_set.map((line) => line.id) ?? []).slice(0, 3);
  for (const line of lines) await json('add', '--line', `${line}`, '--set', 'tracking_number=PAUSED-1');
  const stop = new AbortController();
  const progress = (text: string): void => {
    if (text.includes(': 1 of 3')) stop.abort();
  };
  const args = ['corrections', 'push', '--json', '--data-dir', store.folder];
  const run = await runCliHere(args, { OMNITRON_TOKEN: store.sandbox.token }, { signal: stop.signal, progress });
  expect([run.code, run.json()]).toMatchObject([1, { ...NOTHING, applied: 1, waiting: 2 }]);
  expect(run.stderr).toContain('Pausing after the present correction.');
  expect((await json('push')).json()).toMatchObject({ ...NOTHING, applied: 2 });
});
