import { describe, expect, it } from 'vitest';
import { type RunRow, runRow } from '../../src/shared/runs.ts';
import { syncSummary } from '../../src/shared/sync.ts';
import { hereStore } from '../support/cli-here-store.ts';

/** Six pages: an order of the middle stands neither on the first page nor on the last. */
const ORDERS = 597;
/** A day on which the sandbox places no order by itself. */
const DAY = '2020-02-02';
const PERIOD = `${DAY}..${DAY}`;

const runsOf = (json: Record<string, unknown>): RunRow[] => (json.runs as unknown[]).map((row) => runRow.parse(row));

describe('what a sync is asked to read', () => {
  it('verifies a period: its orders are read again, others on other pages are not', async () => {
    await using store = await hereStore({ orders: ORDERS });
    const [within, outside] = [1250, 1350];
    store.sandbox.edit(within, { fields: { date_placed: `${DAY}T10:00:00Z` } });
    expect(syncSummary.parse((await store.json('sync')).json())).toMatchObject({ kind: 'full', run: 1, created: 600 });
    for (const id of [within, outside]) store.sandbox.edit(id, { fields: { amount: '1234.56' } });

    const run = await store.json('sync', '--verify', PERIOD);
    expect([run.code, run.stderr]).toEqual([0, '']);
    const summary = syncSummary.parse(run.json());
    expect(summary).toMatchObject({ complete: true, kind: 'verify', run: 2, updated: 1, notSeen: 0 });
    const changed = (await store.json('history', '--since', '2020-01-01T00:00:00Z')).json().changes as object[];
    expect(changed).toMatchObject([{ order: { id: within }, field: 'amount', to: '1234.56', run: 2 }]);

    expect((await store.json('sync', '--full')).json()).toMatchObject({ kind: 'full', updated: 1 });
    const runs = runsOf((await store.json('runs')).json());
    expect(runs.map(({ id, kind, cause, state, updated }) => [id, kind, cause, state, updated])).toEqual([
      [3, 'full', 'command', 'complete', 1],
      [2, 'verify', 'command', 'complete', 1],
      [1, 'full', 'command', 'complete', 0],
    ]);
    expect(runs[1]?.plan?.steps).toContainEqual(
      expect.objectContaining({ step: 'period', period: { from: DAY, to: DAY } }),
    );
    expect(runs[1]?.requests).toBe(summary.requests);
  });

  it('an order of the period that has gone from Omnitron is told', async () => {
    await using store = await hereStore({ orders: 250 });
    store.sandbox.edit(1100, { fields: { date_placed: `${DAY}T10:00:00Z` } });
    await store.json('sync');
    store.sandbox.remove(1100);
    store.sandbox.insert();
    const run = await store.json('sync', '--verify', PERIOD);
    // It is marked by the verification, which therefore is complete and needs nobody.
    expect([run.code, run.json()]).toMatchObject([0, { kind: 'verify', complete: true, notSeen: 1, vanished: 1 }]);
    const listed = (await store.json('findings', '--check', 'data.vanished')).json().findings as object[];
    expect(listed).toMatchObject([{ order: { id: 1100 } }]);
    const known = (await store.json('sync', '--verify', PERIOD)).json();
    expect(known).toMatchObject({ complete: true, notSeen: 0, vanished: 0 });
    store.sandbox.remove(1101);
    expect((await store.words('sync', '--full')).stdout).toContain(
      '\n1 held order did not occur at Omnitron any more and is marked as vanished. See which with: findings --check data.vanished\n',
    );
  });

  it('one that a row without an id may be is told, not marked, and needs a person', async () => {
    await using store = await hereStore({ orders: 250 });
    await store.json('sync');
    const page = Math.ceil((store.sandbox.ids().indexOf(1100) + 1) / 100);
    store.sandbox.remove(1100);
    store.sandbox.setFaults([{ match: { page }, action: { kind: 'malformedRow', index: 4, row: 'missing-id' } }]);
    const run = await store.words('sync', '--full');
    expect([run.code, run.stdout]).toEqual([
      1,
      expect.stringMatching(/\d held orders? did not occur at Omnitron any more; none of them was marked\.\n/),
    ]);
  });

  it('names the plan in words before it reads, on standard error', async () => {
    await using store = await hereStore({ orders: 20 });
    const first = await store.words('sync');
    expect([first.code, first.stderr]).toEqual([
      0,
      'This run reads every order; its first page tells how many requests that takes; then payments of at most 50 orders, three requests each.\n',
    ]);
    const verify = await store.words('sync', '--verify', '2026-01-01..2026-01-31');
    expect(verify.stderr).toMatch(
      /^This run reads new orders, the orders of 2026-01-01 to 2026-01-31: about 3 requests; then payments of the period's orders with findings, at present \d+, three requests each\.\n$/,
    );
    expect((await store.words('sync', '--verify', '2026-01-01..')).stderr).toContain('the orders since 2026-01-01');
    expect((await store.words('sync', '--verify', '..2026-01-31')).stderr).toContain('the orders until 2026-01-31');
    expect((await store.json('sync')).stderr).toBe('');
  });

  it('refuses both at once, and what is no period', async () => {
    await using store = await hereStore({ orders: 0 });
    const refusals: [string[], string][] = [
      [['--full', '--verify', PERIOD], 'USAGE'],
      [['--verify', DAY], 'USAGE'],
      [['--verify', '..'], 'USAGE'],
      [['--verify', '2020-01-01..2020-01-02..2020-01-03'], 'USAGE'],
      [['--verify', '2020-02-30..2020-03-01'], 'VALUE_INVALID'],
      [['--verify', '2020-03-01..2020-02-01'], 'VALUE_INVALID'],
    ];
    for (const [args, code] of refusals) {
      const run = await store.json('sync', ...args);
      expect([args, run.code, run.json()]).toEqual([args, 2, { error: expect.objectContaining({ code }) }]);
    }
    expect(runsOf((await store.json('runs')).json())).toEqual([]);
  });
});

describe('orders that vanish', () => {
  it('in large numbers are marked only once a person has accepted it', async () => {
    await using store = await hereStore({ orders: 297 });
    await store.json('sync');
    for (const id of store.sandbox.ids().slice(-120)) store.sandbox.remove(id);
    const since = new Date().toISOString();

    const asked = await store.json('sync');
    expect([asked.code, asked.json()]).toMatchObject([
      1,
      { complete: false, remoteCount: 180, problem: { code: 'VANISHED_IN_QUESTION' } },
    ]);
    expect((await store.json('history', '--since', since)).json()).toEqual({ since, changes: [] });

    expect((await store.words('sync')).stdout).toMatch(/\nAccept it with: sync --accept-vanished\n$/);

    const accepted = await store.json('sync', '--accept-vanished');
    // Neither they nor their lines are held any more.
    const lines = store.sandbox
      .ids()
      .reduce((sum, id) => sum + (store.sandbox.order(id)?.orderitem_set.length ?? 0), 0);
    expect([accepted.code, accepted.json()]).toMatchObject([
      0,
      { complete: true, remoteCount: 180, orders: 180, lines },
    ]);
    expect((await store.words('sync')).stdout).toContain(`Held now: 180 orders with ${lines} lines; Omnitron has 180.`);
    expect(accepted.stderr).toBe('120 orders that Omnitron does not have any more are marked as vanished.\n');
    const { changes } = (await store.json('history', '--since', since)).json() as { changes: { field: string }[] };
    expect(changes.map(({ field }) => field)).toEqual(Array.from({ length: 120 }, () => 'vanished'));
  });
});

describe('the run log', () => {
  it('keeps failures with their reason, and is cut by --limit', async () => {
    await using store = await hereStore({ orders: 20 });
    store.sandbox.setFaults([{ match: {}, action: { kind: 'status', code: 403 } }]);
    expect((await store.json('sync')).code).toBe(3);
    store.sandbox.setFaults([]);
    for (let times = 0; times < 2; times += 1) expect((await store.json('sync')).code).toBe(0);

    const [newest, ...others] = runsOf((await store.json('runs', '--limit', '1')).json());
    expect([newest?.state, others]).toEqual(['complete', []]);
    const words = await store.words('runs', '--limit', '1');
    expect(words.stdout).toMatch(/^\d runs; the newest 1\.\n\nRun +Began +Ended +Kind +Cause +State/);
    expect(words.stdout).toMatch(/ full +command +complete +1 +0 +- /);
    expect(words.stdout).toMatch(/ Requests +Retries +Probe /);
    expect((await store.json('runs', '--limit', '0')).code).toBe(2);
  });
});
