import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MatchGroup } from '../../src/shared/matches.ts';
import { DEFAULT_MATCH_RULES } from '../../src/shared/matches.ts';
import { type HereStore, hereStore } from '../support/cli-here-store.ts';
import { tempFolder } from '../support/engine.ts';

describe('matching on the command line', () => {
  const folder = tempFolder();
  const file = join(folder, 'erp.csv');
  let store: HereStore;
  beforeAll(async () => {
    store = await hereStore({ orders: 30, seed: 3 });
    await store.json('sync');
    await store.json('sandbox', 'statement', '--kind', 'erp', '--orders', '30', '--seed', '3', '--out', file);
    expect((await store.json('import', file, '--kind', 'erp')).code).toBe(0);
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
  });

  it('shows rules of matching, tries and sets others', async () => {
    expect((await store.json('matches', 'rules')).json()).toEqual({ version: 0, rules: DEFAULT_MATCH_RULES });
    const wanted = ['--kind', 'erp', '--rules', 'invoice,amount-date:3'];
    const tried = await store.json('matches', 'back-test', ...wanted);
    expect([tried.code, Number(tried.json().changed) > 0]).toEqual([0, true]);
    const erp = [
      { key: 'invoice', days: null },
      { key: 'amount-date', days: 3 },
    ];
    const set = await store.json('matches', 'rules', 'set', ...wanted, '--reason', 'no numbers');
    expect([set.code, set.json()]).toEqual([0, { version: 1, rules: { ...DEFAULT_MATCH_RULES, erp } }]);
    const rules = join(folder, 'rules.json');
    writeFileSync(rules, JSON.stringify({ rules: DEFAULT_MATCH_RULES }));
    const from = await store.json('matches', 'rules', 'set', '--file', rules, '--reason', 'again');
    expect([from.code, from.json()]).toEqual([0, { version: 2, rules: DEFAULT_MATCH_RULES }]);
    expect((await store.words('matches', 'rules')).stdout).toContain('erp: order, invoice, transaction, amount-date:3');

    const twice = join(folder, 'twice.json');
    writeFileSync(twice, JSON.stringify({ ...DEFAULT_MATCH_RULES, bank: [...erp, ...erp] }));
    for (const [args, code] of [
      [['--kind', 'erp'], 'USAGE'],
      [['--kind', 'erp', '--rules', 'order,amount-date'], 'USAGE'],
      [['--kind', 'erp', '--rules', 'number'], 'USAGE'],
      [['--kind', 'erp', '--rules', 'order,order'], 'USAGE'],
      [['--kind', 'erp', '--rules', 'amount-date:3,order,amount-date:5'], 'USAGE'],
      [['--file', twice], 'VALUE_INVALID'],
      [['--file', rules, '--kind', 'erp'], 'USAGE'],
      [['--file', file], 'VALUE_INVALID'],
    ] as const) {
      const refused = await store.json('matches', 'back-test', ...args);
      expect([refused.code, refused.json()], args.join(' ')).toMatchObject([2, { error: { code } }]);
    }
  });

  it('decides about rows by order numbers and takes it back', async () => {
    const list = async (state: string): Promise<MatchGroup[]> =>
      (await store.json('matches', 'list', '--state', state)).json().matches as MatchGroup[];
    const [match] = (await list('confirmed')).filter(({ rule, shape }) => rule === 'order' && shape === '1:1');
    const [row, number] = [`${match?.group}`, match?.orders[0]?.number ?? ''];
    const rejected = await store.json('matches', 'reject', '--row', row, '--order', number);
    expect(rejected.code).toBe(0);
    const undone = await store.json('matches', 'undo', '--row', row);
    expect([undone.code, undone.json()]).toMatchObject([0, { rows: [Number(row)] }]);
    const again = (await store.json('matches', 'reject', '--row', row, '--order', number)).json();
    expect((await store.json('matches', 'undo', '--entry', `${again.entry}`)).code).toBe(0);
    expect((await list('confirmed')).map(({ group }) => `${group}`)).toContain(row);
    await store.json('matches', 'reject', '--row', row);
    const other = (await list('confirmed'))
      .map(({ orders }) => orders[0]?.number ?? '')
      .find((each) => each !== number);
    expect((await store.json('matches', 'add', '--row', row, '--order', `${number},${other}`)).code).toBe(0);
    const byHand = (await list('confirmed')).find(({ rule }) => rule === 'hand');
    expect(byHand?.orders.map((each) => each.number).sort()).toEqual([number, other].sort());
    for (const args of [['add', '--row', row], ['undo'], ['undo', '--row', row, '--entry', '1']]) {
      expect((await store.json('matches', ...args)).json(), args.join(' ')).toMatchObject({ error: { code: 'USAGE' } });
    }
    expect((await store.words('help', 'matches', 'add')).stdout).toContain('also several, as NUMBER,NUMBER');
  });
});
