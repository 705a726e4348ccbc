import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/shared/findings.ts';
import { type HereStore, hereStore } from '../support/cli-here-store.ts';
import { orderOf } from '../support/findings.ts';

describe('deciding about findings on the command line', () => {
  let store: HereStore;
  let found: Finding[];
  const list = async (...args: string[]): Promise<Finding[]> =>
    (await store.json('findings', ...args)).json().findings as Finding[];
  const reconciled = async () =>
    (await store.json('reconcile')).json() as { findings: { total: number; open: number }; skipped: object };

  beforeAll(async () => {
    store = await hereStore({ orders: 300, seed: 3 });
    expect((await store.json('sync')).code).toBe(0);
    found = await list();
    expect(found.map(({ check }) => check)).toContain('erp.not-sent');
  });
  afterAll(async () => store[Symbol.asyncDispose]());

  it('findings have a status and an age', async () => {
    expect(found.every(({ status, age }) => status === 'open' && Number.isInteger(age) && age >= 0)).toBe(true);
    // The ERP has its hours first: a finding is a day younger than its order.
    const [late] = await list('--check', 'erp.not-sent');
    expect(late?.text.en).toContain(`${(late?.age ?? 0) + 1} full days ago`);
    const [before] = await list('--check', 'erp.not-sent', '--now', '2011-01-01T00:00:00Z');
    expect(before).toBeUndefined();
  });

  it('decides, traces and undoes one finding', async () => {
    const [first] = found;
    if (first === undefined) throw new Error('no finding');
    const { check } = first;
    const { id } = orderOf(first);
    const which = ['--check', check, '--order-id', `${id}`];
    const decided = await store.json(
      ...['findings', 'decide', ...which, '--status', 'explained', '--reason', 'commission', '--note', 'as agreed'],
    );
    expect([decided.code, decided.json()]).toEqual([0, { entry: expect.any(Number), findings: 1 }]);
    const { total, open } = (await reconciled()).findings;
    expect([total, open]).toEqual([found.length, found.length - 1]);
    expect(await list('--status', 'explained')).toMatchObject([
      { check, subject: first.subject, status: 'explained', reason: 'commission', note: 'as agreed' },
    ]);
    const note = await store.words('findings', 'note', ...which, '--note', 'and again');
    expect([note.code, note.stdout]).toEqual([0, expect.stringMatching(/^Note \d+ added\./)]);
    const trace = (await store.json('findings', 'trace', ...which)).json() as { steps: { what: string }[] };
    expect(trace.steps.map(({ what }) => what)).toEqual(['opened', 'decided', 'noted']);
    const words = await store.words('findings', 'undo', '--entry', `${decided.json().entry}`);
    expect(words.stdout).toMatch(/^Entry \d+ is undone: 1 finding as before\.\n$/);
    expect(await list('--status', 'explained')).toEqual([]);
    const again = await store.json('findings', 'undo', '--entry', `${decided.json().entry}`);
    expect([again.code, again.json().error]).toEqual([2, expect.objectContaining({ code: 'UNDO_REFUSED' })]);
    // What is left to undo is the note.
    expect((await store.json('findings', 'undo')).code).toBe(0);
    expect((await store.json('findings', 'undo')).json().error).toMatchObject({ code: 'ENTRY_UNKNOWN' });
  });

  it('decides about every finding of a check at once', async () => {
    const mine = found.filter(({ check }) => check === 'erp.not-sent');
    const decided = await store.json('findings', 'decide', '--check', 'erp.not-sent', '--all', '--status', 'ignored');
    expect(decided.json().findings).toBe(mine.length);
    expect((await reconciled()).findings).toMatchObject({ total: found.length, open: found.length - mine.length });
    expect((await store.json('findings', 'undo')).json()).toMatchObject({ findings: mine.length });
    expect((await reconciled()).findings.open).toBe(found.length);
  });

  it('a correction takes the finding out of the queue until it is withdrawn', async () => {
    const mine = found.find(({ check }) => check === 'erp.not-sent');
    if (mine === undefined) throw new Error('no finding');
    const target = ['--order-id', `${orderOf(mine).id}`, '--set', 'is_send=true'];
    expect((await store.json('corrections', 'add', ...target)).code).toBe(0);
    expect(await list('--status', 'corrected')).toMatchObject([{ check: 'erp.not-sent', subject: mine.subject }]);
    await store.json('corrections', 'withdraw', '--all');
    expect(await list('--status', 'corrected')).toEqual([]);
  });

  it.each([
    ['no finding', ['decide', '--check', 'amount.total', '--status', 'ignored'], 2, 'USAGE'],
    ['an unknown status', ['decide', '--check', 'amount.total', '--all', '--status', 'gone'], 2, 'USAGE'],
    [
      'an unknown reason',
      ['decide', '--check', 'amount.total', '--all', '--status', 'explained', '--reason', 'x'],
      2,
      'USAGE',
    ],
    ['no reason', ['decide', '--check', 'amount.total', '--all', '--status', 'explained'], 2, 'VALUE_INVALID'],
    [
      'an order without it',
      ['decide', '--check', 'amount.total', '--order-id', '1', '--status', 'open'],
      2,
      'FINDING_UNKNOWN',
    ],
    ['a finding nobody knows', ['trace', '--check', 'amount.total', '--order-id', '1'], 2, 'FINDING_UNKNOWN'],
  ])('refuses %s', async (_what, args, code, error) => {
    const run = await store.json('findings', ...args);
    expect([run.code, run.json().error]).toEqual([code, expect.objectContaining({ code: error })]);
  });
});
