import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseIds } from '../../src/main/cli/commands/corrections-withdraw.ts';
import { type CorrectionRow, correctionRow } from '../../src/shared/corrections.ts';
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
  const errorOf = (run: CliRun): unknown[] => [run.code, run.json().error];
  const listed = async (...args: string[]): Promise<CorrectionRow[]> =>
    z.object({ corrections: z.array(correctionRow) }).parse((await json('list', ...args)).json()).corrections;
  const mark = (place: number, sent = 'true'): Promise<CliRun> =>
    json('add', '--order-id', `${unsent[place]}`, '--set', `is_send=${sent}`);

  it('add answers withdrawn where a value is set back, VALUE_INVALID where nothing is pending', async () => {
    expect((await mark(0)).json()).toEqual({ id: 1, state: 'queued', warnings: [] });
    const back = await mark(0, 'false');
    expect([back.code, back.json()]).toEqual([0, { id: 1, state: 'withdrawn', warnings: [] }]);
    expect(errorOf(await mark(0, 'false'))).toEqual([2, expect.objectContaining({ code: 'VALUE_INVALID' })]);
    await mark(0);
    const words = await store.run('corrections', 'add', '--order-id', `${unsent[0]}`, '--set', 'is_send=false');
    expect(words.stdout).toBe('Correction 2 is withdrawn: Omnitron already holds the value.\n');
  });

  it('withdraws by id, given apart or in one list, and all that is left', async () => {
    for (const place of [0, 1, 2, 3])
      expect((await mark(place)).json()).toEqual({ id: 3 + place, state: 'queued', warnings: [] });
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

  it('proposes the rows of a file, and answers with those that it refuses', async () => {
    const [first, second] = [5, 6].map((place) => store.sandbox.order(unsent[place] ?? 0));
    const path = join(store.folder, 'rows.txt');
    const rows = [
      'Sipariş No\tERP’ye aktarıldı\tMüşteri',
      `${first?.number}\tevet\tx`,
      '1,23E+15\tevet',
      `${second?.number}\t1`,
    ];
    writeFileSync(path, Buffer.from(`\uFEFF${rows.join('\r\n')}`, 'utf16le'));
    const problem = expect.objectContaining({ code: 'VALUE_INVALID', reason: 'key-cut', field: 'order' });
    const run = await json('add', '--paste', path);
    expect([run.code, run.json()]).toEqual([
      1,
      { queued: 2, refused: [expect.objectContaining({ line: 3, orderNumber: '1,23E+15', problem })] },
    ]);
    const words = await store.run('corrections', 'add', '--paste', path);
    expect(words.stdout).toContain(
      '2 corrections queued, 1 row refused.\nLine 3, order 1,23E+15: order: A spreadsheet',
    );
    const batch = (await listed())[0]?.batch?.number ?? '';
    const ofBatch = await listed('--batch', batch);
    expect(ofBatch.filter(({ state }) => state === 'queued')).toHaveLength(2);
    expect(errorOf(await json('list', '--batch', '2026-0999'))[1]).toMatchObject({ code: 'BATCH_UNKNOWN' });
    expect((await json('withdraw', '--all')).json()).toMatchObject({ withdrawn: 2 });
  });

  it('proposes every field of a line, and says which value cannot be', async () => {
    const line = store.sandbox.order(unsent[1] ?? 0)?.orderitem_set[0]?.id;
    const set = (...pairs: string[]) => json('add', '--line', `${line}`, ...pairs.flatMap((pair) => ['--set', pair]));
    const made = (await set('tracking_number=TR1', 'extra_field.note={"a":"b"}', 'extra_field.flag=true')).json();
    const [row] = await listed();
    expect(row).toMatchObject({ id: made.id, state: 'queued' });
    expect(row?.fields.map(({ field, target }) => [field, target])).toEqual([
      ['extra_field.flag', true],
      ['extra_field.note', { a: 'b' }],
      ['tracking_number', 'TR1'],
    ]);
    expect(errorOf(await set('shipping_company=pigeon'))).toEqual([
      2,
      expect.objectContaining({ code: 'VALUE_INVALID', message: expect.stringMatching(/^shipping_company: This/) }),
    ]);
    expect(errorOf(await set('attributes=x'))).toEqual([2, expect.objectContaining({ code: 'FIELD_NOT_WRITABLE' })]);
    await json('withdraw', '--all');
  });

  it('wants one source of proposals', async () => {
    const wrong = [
      [],
      ['--set', 'is_send=true'],
      ['--paste', 'x', '--set', 'is_send=true'],
      ['--paste', 'x', '--order', '1'],
      ['--sent-from-statement', '0'],
    ];
    for (const args of wrong) {
      expect(errorOf(await json('add', ...args)), args.join(' ')).toEqual([
        2,
        expect.objectContaining({ code: 'USAGE' }),
      ]);
    }
    const missing = errorOf(await json('add', '--paste', join(store.folder, 'none.csv')));
    expect(missing[1]).toMatchObject({ code: 'FILE_NOT_READABLE' });
    const statement = errorOf(await json('add', '--sent-from-statement', '9'));
    expect(statement[1]).toMatchObject({ code: 'STATEMENT_UNKNOWN' });
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
