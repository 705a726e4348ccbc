import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { MatchGroup, StatementMatches } from '../../src/shared/matches.ts';
import { hereStore } from '../support/cli-here-store.ts';
import { tempFolder } from '../support/engine.ts';
import { plantedIn } from '../support/matched-store.ts';

const [ORDERS, SEED] = [100, 22];

it('a statement goes from the file to a decision and back, on the command line', async () => {
  await using store = await hereStore({ orders: ORDERS, seed: SEED });
  const file = join(tempFolder(), 'erp.csv');
  const generated = ['--orders', `${ORDERS}`, '--seed', `${SEED}`, '--out', file];
  await store.json('sync');
  const written = (await store.json('sandbox', 'statement', '--kind', 'erp', ...generated)).json();
  expect((await store.json('import', file, '--kind', 'erp')).code).toBe(0);

  const { states } = plantedIn('erp', SEED, ORDERS);
  const planted = { confirmed: 0, suggested: 0, ambiguous: 0, unmatched: 0 };
  for (const state of states.values()) planted[state] += 1;
  expect(written).toMatchObject({ rows: states.size });
  const statements = async (): Promise<StatementMatches[]> => {
    const { code, json } = await store.json('reconcile');
    expect(code).toBe(0);
    return json().statements as StatementMatches[];
  };
  expect(await statements()).toEqual([
    { statement: 1, ...planted, rejected: 0, rejectedOrders: 0, difference: expect.any(Object) },
  ]);
  expect((await store.words('reconcile')).stdout).toContain('Statement  Confirmed');

  const list = async (state: string): Promise<MatchGroup[]> =>
    (await store.json('matches', 'list', '--statement', '1', '--state', state)).json().matches as MatchGroup[];
  const [ambiguous] = await list('ambiguous');
  const row = `${ambiguous?.rows[0]?.id}`;
  const refused = await store.json('matches', 'accept', '--row', row);
  expect([refused.code, refused.json()]).toMatchObject([2, { error: { code: 'MATCH_STATE' } }]);
  const order = `${ambiguous?.orders[0]?.id}`;
  const accepted = await store.json('matches', 'accept', '--row', row, '--order-id', order);
  expect([accepted.code, accepted.json()]).toMatchObject([0, { rows: [Number(row)] }]);
  expect((await list('confirmed')).some(({ group, byPerson }) => group === Number(row) && byPerson)).toBe(true);
  expect((await store.words('matches', 'undo', '--row', row)).stdout).toContain('1 row as before');
  expect((await list('ambiguous')).map(({ group }) => group)).toContain(Number(row));
  expect((await store.json('matches', 'reject', '--row', row)).code).toBe(0);
  expect((await store.json('matches', 'add', '--row', row, '--order-id', order)).code).toBe(0);
  expect((await store.json('matches', 'undo-run')).code).toBe(0);
  // Nobody asks for it: a new file does not bring the undone matches back.
  const other = join(tempFolder(), 'gateway.csv');
  await store.json('sandbox', 'statement', '--kind', 'gateway', ...generated.slice(0, -1), other);
  expect((await store.json('import', other, '--kind', 'gateway')).code).toBe(0);
  const [after] = await store.json('findings').then(({ json }) => [json()]);
  expect(JSON.stringify(after)).toContain('erp.sent-but-absent');
  expect((await list('confirmed')).map(({ rule }) => rule)).toEqual(['hand']);
  expect((await store.words('matches', 'list', '--row', '1')).code).toBe(2);
});
