import { afterEach, describe, expect, it } from 'vitest';
import { datesFollowIds, readSoFar } from '../../src/renderer/app/read-so-far.ts';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import { useJobs } from '../../src/renderer/stores/jobs-store.ts';
import { quarantineRows, runRows, showRows, useRuns } from '../../src/renderer/stores/runs-store.ts';
import { useToasts } from '../../src/renderer/stores/toast-store.ts';
import type { SyncPlan, SyncSummary } from '../../src/shared/sync.ts';
import { type Answers, fakeBridge, RUN } from '../support/window.ts';

const t = i18n.getFixedT('en');

const SUMMARY: SyncSummary = {
  complete: true,
  run: 4,
  kind: 'full',
  orders: 3,
  lines: 3,
  created: 3,
  updated: 0,
  unchanged: 0,
  quarantined: 0,
  notSeen: 0,
  vanished: 0,
  remoteCount: 3,
  pages: 1,
  requests: 1,
  retries: 0,
  durationMs: 5,
};

afterEach(() => {
  useJobs.getState().reset();
  useRuns.getState().reset();
  useToasts.setState({ toasts: [] });
  Reflect.deleteProperty(globalThis, 'mutabakat');
});

describe('a sync', () => {
  it('is planned, then run, with the same request; the plan is known meanwhile', async () => {
    const period = { from: '2026-03-01', to: '2026-03-31' };
    const seen: (SyncPlan | null)[] = [];
    const made = fakeBridge({
      'sync.plan': () => RUN.plan,
      'sync.start': () => {
        seen.push(useJobs.getState().syncPlan);
        return SUMMARY;
      },
    });
    await useJobs.getState().sync({ mode: 'verify', period });
    expect(made).toEqual([
      { name: 'sync.plan', request: { mode: 'verify', period } },
      { name: 'sync.start', request: { mode: 'verify', period } },
    ]);
    expect(seen).toEqual([RUN.plan]);
    expect(useJobs.getState()).toMatchObject({ syncing: false, syncPlan: null, syncError: null });
  });

  it('keeps its request for another try when it fails', async () => {
    fakeBridge({ 'sync.plan': () => RUN.plan });
    await useJobs.getState().sync({ mode: 'full' });
    expect(useJobs.getState().syncError?.code).toBe('NOT_REACHABLE');
    expect(useJobs.getState().syncRequest).toEqual({ mode: 'full' });
  });

  it('tells of orders that are gone, whether they were marked or not', async () => {
    const told = async (given: Partial<SyncSummary>): Promise<string[]> => {
      fakeBridge({ 'sync.plan': () => RUN.plan, 'sync.start': () => ({ ...SUMMARY, ...given }) });
      await useJobs.getState().sync();
      return useToasts.getState().toasts.map(({ tone, text }) => `${tone} ${text(t).replace(/^[^.]*\. ?/, '')}`);
    };
    expect(await told({})).toEqual(['success ']);
    expect(await told({ notSeen: 1200, vanished: 1200 })).toEqual([
      'warning No longer at Omnitron, and marked so: 1,200.',
    ]);
    expect(await told({ notSeen: 2, vanished: 0 })).toEqual([
      expect.stringMatching(/^warning .* not marked, .*: 2\.$/),
    ]);
  });

  it('does not promise to go on where orders are in question', async () => {
    const problem = { code: 'VANISHED_IN_QUESTION', message: 'Many are gone.' };
    fakeBridge({ 'sync.plan': () => RUN.plan, 'sync.start': () => ({ ...SUMMARY, complete: false, problem }) });
    await useJobs.getState().sync();
    expect(useToasts.getState().toasts.map(({ text }) => text(t))).toEqual([t('errors.VANISHED_IN_QUESTION.what')]);
  });

  it('shows the plan of a run that began by itself, until it ends', () => {
    useJobs.getState().noteRun(RUN);
    expect(useJobs.getState().syncPlan).toEqual(RUN.plan);
    useJobs.getState().noteRun({ ...RUN, state: 'complete', finishedAt: RUN.startedAt });
    expect(useJobs.getState().syncPlan).toBeNull();
  });
});

describe('how far a first pass has come', () => {
  const capabilities = {
    listPath: '/api/i1/orders/',
    v1List: false,
    ascending: true,
    sort: false,
    modifiedSince: false,
    placedRange: false,
    statusIn: false,
    rowsOf500: 100,
    requests: 9,
  };
  const order = (id: number, datePlaced: string) => ({
    id,
    number: String(id),
    channel: null,
    status: '550',
    datePlaced,
    currency: 'try',
    amount: '1',
    refund: null,
    discount: null,
    shipping: null,
    sent: true,
    invoiceNumber: null,
    lines: 1,
    findings: 0,
    worst: null,
    pendingSent: false,
    pending: 0,
  });
  const rows = [
    order(901, '2026-03-05T22:00:00Z'),
    order(902, '2026-03-06T09:00:00Z'),
    order(903, '2026-03-07T09:00:00Z'),
  ];
  const answers = (ascending: boolean | null, held: typeof rows): Answers => ({
    'sync.capabilities': () => ({ capabilities: { ...capabilities, ascending }, probedAt: null }),
    'orders.window': () => ({ total: 503, offset: 500, rows: held }),
    'orders.facets': () => ({
      statuses: [],
      currencies: [],
      firstDate: '2025-01-01T00:00:00Z',
      lastDate: '2026-11-20T22:30:00Z',
    }),
  });

  it('is told in whole business days, leaving the first page and the day in between out', async () => {
    const made = fakeBridge(answers(true, rows));
    expect(await readSoFar('Europe/Istanbul')).toEqual({ from: '2026-03-07', to: '2026-11-21' });
    expect(made.find(({ name }) => name === 'orders.window')?.request).toMatchObject({
      offset: 500,
      sort: { column: 'datePlaced', direction: 'asc' },
    });
  });

  it('is not told where the list or its dates have no order, or too little is held', async () => {
    fakeBridge(answers(null, rows));
    expect(await readSoFar('UTC')).toBeNull();
    fakeBridge(answers(true, []));
    expect(await readSoFar('UTC')).toBeNull();
    fakeBridge(answers(true, [...rows].reverse()));
    expect(await readSoFar('UTC')).toBeNull();
  });

  it('allows for a few orders that change places', () => {
    const ids = Array.from({ length: 100 }, (_, id) => ({ id: id + 1 }));
    const [first, second, ...rest] = ids;
    expect(datesFollowIds(ids)).toBe(true);
    expect(datesFollowIds([second, first, ...rest].filter((each) => each !== undefined))).toBe(true);
    expect(datesFollowIds(ids.map(({ id }) => ({ id: (id * 37) % 101 })))).toBe(false);
    expect(datesFollowIds([{ id: 1 }])).toBe(false);
  });
});

describe('the lists of the runs screen', () => {
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('ask once, and again when they are shown again', async () => {
    const made = fakeBridge({ 'runs.list': () => ({ total: 1, offset: 0, rows: [RUN] }) });
    showRows(runRows, 'all');
    await settle();
    expect(runRows.getState()).toMatchObject({ total: 1, error: null });
    showRows(runRows, 'all');
    await settle();
    expect(made).toHaveLength(2);
  });

  it('read what was put aside again, say what came of it, and refresh', async () => {
    let left = 2;
    fakeBridge({
      'quarantine.list': () => ({ total: left, offset: 0, rows: [] }),
      'quarantine.retry': () => {
        left = 1;
        return { released: 1, remaining: 1, ofOms: 2 };
      },
    });
    showRows(quarantineRows, 'all');
    await settle();
    await useRuns.getState().retry();
    await settle();
    expect(quarantineRows.getState().total).toBe(1);
    expect(useToasts.getState().toasts.map(({ tone, text }) => [tone, text(t)])).toEqual([
      ['warning', '1 released, 1 still put aside. Rows of OMS are read again with the next sync.'],
    ]);
  });

  it('keep the reason when reading again fails', async () => {
    fakeBridge({});
    await useRuns.getState().retry();
    expect(useRuns.getState()).toMatchObject({ retrying: false });
    expect(useRuns.getState().retryError?.code).toBe('NOT_REACHABLE');
    useRuns.getState().dismissRetryError();
    expect(useRuns.getState().retryError).toBeNull();
  });
});
