import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseIds } from '../../src/main/cli/commands/corrections-withdraw.ts';
import { type CliStore, syncedStore } from '../support/cli-store.ts';
import type { CliRun } from '../support/run-cli.ts';

/** Enough for a handful of orders that are not sent yet. */
const ORDERS = 200;

describe('taking corrections back on the command line', () => {
  let store: CliStore;
  /** Orders that are not sent yet. */
  let unsent: number[];
  beforeAll(async () => {
    store = await syncedStore({ orders: ORDERS, here: true });
    unsent = Array.from({ length: ORDERS }, (_, index) => 1001 + index).filter(
      (id) => store.sandbox.order(id)?.is_send === false,
    );
    expect(unsent.length).toBeGreaterThan(4);
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
  });

  const json = (...args: string[]): Promise<CliRun> => store.run('corrections', ...args, '--json');
  const errorOf = (run: CliRun): unknown => [run.code, run.json().error];
  const mark = (place: number, sent = 'true'): Promise<CliRun> =>
    json('add', '--order-id', `${unsent[place]}`, '--set', `is_send=${sent}`);

  it('add answers withdrawn where a value is set back, VALUE_INVALID where nothing is pending', async () => {
    expect((await mark(0)).json()).toEqual({ id: 1, state: 'queued' });
    const back = await mark(0, 'false');
    expect([back.code, back.json()]).toEqual([0, { id: 1, state: 'withdrawn' }]);
    expect(errorOf(await mark(0, 'false'))).toEqual([2, expect.objectContaining({ code: 'VALUE_INVALID' })]);
    await mark(0);
    const words = await store.run('corrections', 'add', '--order-id', `${unsent[0]}`, '--set', 'is_send=false');
    expect(words.stdout).toBe('Correction 2 is withdrawn: Omnitron already holds the value.\n');
  });

  it('withdraws by id, given apart or in one list, and all that is left', async () => {
    for (const place of [0, 1, 2, 3]) expect((await mark(place)).json()).toEqual({ id: 3 + place, state: 'queued' });
    const some = await json('withdraw', '--id', '5,3', '--id', '3');
    expect([some.code, some.json()]).toEqual([0, { withdrawn: 2, ids: [3, 5] }]);
    expect((await json('withdraw', '--all')).json()).toEqual({ withdrawn: 2, ids: [4, 6] });
    const none = await json('withdraw', '--all');
    expect([none.code, none.json()]).toEqual([0, { withdrawn: 0, ids: [] }]);
  });

  it('refuses all of them, with words, where one is unknown or settled', async () => {
    await mark(0);
    expect((await json('push')).json()).toMatchObject({ applied: 1 });
    await mark(1);
    expect(errorOf(await json('withdraw', '--id', '8,99'))).toEqual([
      2,
      {
        code: 'CORRECTION_UNKNOWN',
        message: 'Correction 99 does not exist. Nothing was withdrawn.',
        retryable: false,
      },
    ]);
    expect(errorOf(await json('withdraw', '--id', '8', '--id', '7'))).toEqual([
      2,
      expect.objectContaining({
        code: 'CORRECTION_STATE',
        message: expect.stringContaining('Correction 7 is applied; only ones that are queued, waiting'),
      }),
    ]);
    expect((await json('withdraw', '--all')).json()).toEqual({ withdrawn: 1, ids: [8] });
  });

  it('wants either ids or all', async () => {
    for (const args of [[], ['--all', '--id', '1'], ['--id', '0'], ['--id', '1,'], ['--id', 'one']]) {
      expect(errorOf(await json('withdraw', ...args)), args.join(' ')).toEqual([
        2,
        expect.objectContaining({ code: 'USAGE' }),
      ]);
    }
  });
});

it('reads ids once each and ascending', () => {
  expect(parseIds(['3,1', '2', ' 3'])).toEqual([1, 2, 3]);
  expect(() => parseIds(['9007199254740993'])).toThrow(expect.objectContaining({ code: 'USAGE' }));
});
