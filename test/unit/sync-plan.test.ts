import { describe, expect, test } from 'vitest';
import { planInWords } from '../../src/main/cli/plan-words.ts';
import type { InterruptedPass, SyncFacts } from '../../src/main/engine/services.ts';
import { type Besides, CHANGES_OVERLAP_MS, planSync, ROLLING_MS, WHOLE_AGAIN_MS } from '../../src/main/sync/plan.ts';
import {
  type Capabilities,
  RESUME_WITHIN_MS,
  type SyncPlan,
  type SyncRequest,
  syncPlan,
} from '../../src/shared/sync.ts';

const NOW_MS = Date.parse('2026-11-01T09:00:00Z');
const DAY = 86_400_000;

const KNOWN: Capabilities = {
  listPath: '/api/i1/orders/',
  v1List: false,
  ascending: true,
  sort: false,
  modifiedSince: false,
  placedRange: false,
  statusIn: false,
  rowsOf500: 100,
  requests: 14,
};

/** A pass downwards over 100 pages that broke off an hour ago, when 70 of them were still to come. */
const INTERRUPTED: InterruptedPass = {
  startedMs: NOW_MS - 3_600_000,
  direction: 'down',
  nextPage: 70,
  pageSize: 100,
  remoteCount: 10_000,
};

/** A store of 10,000 orders, read whole an hour ago. */
function facts(given: Partial<SyncFacts> = {}): SyncFacts {
  return {
    held: 10_000,
    setAside: 0,
    lastFull: { finishedMs: NOW_MS - 3_600_000, pageSize: 100 },
    otherQuantityKey: false,
    interrupted: null,
    changesSinceMs: NOW_MS - 3_600_000,
    plansSinceMs: null,
    capabilities: KNOWN,
    probedMs: NOW_MS - DAY,
    open: [
      { status: '400', orders: 120 },
      { status: '450', orders: 30 },
    ],
    unsent: 250,
    cancellations: [],
    rolling: { after: 0, ms: null },
    ...given,
  };
}

const NOTHING: Besides = { probe: null, payments: null, oms: null };

const plan = (given: Partial<SyncFacts> = {}, request: SyncRequest = { mode: 'auto' }): SyncPlan =>
  planSync(request, facts(given), { nowMs: NOW_MS, limit: 100, besides: NOTHING });
const steps = ({ steps }: SyncPlan): string[] =>
  steps.map((step) => `${step.step}${'status' in step ? ` ${step.status}` : ''} ${step.requests}`);

describe('everything is read', () => {
  test.each<[string, Partial<SyncFacts>, SyncRequest]>([
    ['before the first complete pass', { lastFull: null }, { mode: 'auto' }],
    ['to go on with an interrupted pass', { interrupted: INTERRUPTED }, { mode: 'auto' }],
    ['where somebody asks for it', {}, { mode: 'full' }],
    ['where quantities are read by another key now', { otherQuantityKey: true }, { mode: 'auto' }],
    [
      'where a period is verified and quantities are read by another key now',
      { otherQuantityKey: true },
      { mode: 'verify', period: { from: '2026-01-01', to: null } },
    ],
    ['before a period can be verified', { lastFull: null }, { mode: 'verify', period: { from: null, to: null } }],
    ['where the list stands in no known order', { capabilities: { ...KNOWN, ascending: false } }, { mode: 'auto' }],
    ['where a part would take more than half the requests', { held: 1_000, open: [], unsent: 300 }, { mode: 'auto' }],
    [
      'where nothing was read for a month',
      { lastFull: { finishedMs: NOW_MS - ROLLING_MS, pageSize: 100 } },
      { mode: 'auto' },
    ],
  ])('%s', (_when, given, request) => {
    expect(plan(given, request)).toMatchObject({ kind: 'full', resumes: given.interrupted !== undefined });
  });

  test('page by page, the first one for the count and the newest once more', () => {
    expect(plan({}, { mode: 'full' }).requests).toBe(102);
    expect(plan({ held: 10_000, setAside: 1 }, { mode: 'full' }).requests).toBe(103);
    expect(plan({ held: 100 }, { mode: 'full' }).requests).toBe(1);
    expect(plan({ held: 0 }, { mode: 'full' }).requests).toBe(1);
    // Before the first page nothing tells how many there are; a pass that is too old has told.
    expect(plan({ held: 0, lastFull: null })).toMatchObject({
      steps: [{ step: 'all', requests: null }],
      requests: null,
    });
    const old = { ...INTERRUPTED, startedMs: NOW_MS - RESUME_WITHIN_MS - 1 };
    expect(plan({ held: 300, lastFull: null, interrupted: old }).requests).toBe(102);
    // The size of a page is what the server last showed.
    expect(plan({ lastFull: { finishedMs: NOW_MS, pageSize: 10 } }, { mode: 'full' }).requests).toBe(1_002);
    // A list in no order is walked twice, unless it comes in one answer.
    const capabilities = { ...KNOWN, ascending: false };
    expect(plan({ capabilities }, { mode: 'full' }).requests).toBe(200);
    expect(plan({ capabilities, held: 100 }, { mode: 'full' }).requests).toBe(1);
  });
});

test('another key of the quantity is the reason that the plan names, but for a first pass', () => {
  const because = { otherQuantityKey: true };
  const made = plan(because);
  expect(made.steps).toEqual([{ step: 'all', requests: 102, because: 'quantity-key' }]);
  expect(syncPlan.parse(made)).toEqual(made);
  expect(planInWords(made)).toContain('every order, since quantities are read by another key now: about 102 requests');
  expect(plan({ ...because, interrupted: INTERRUPTED }).steps).toEqual([
    { step: 'all', requests: 71, because: 'quantity-key' },
  ]);
  expect(plan({ ...because, held: 0, lastFull: null }).steps).toEqual([{ step: 'all', requests: null }]);
});

describe('an interrupted pass', () => {
  const left = (given: Partial<InterruptedPass>): SyncPlan => plan({ interrupted: { ...INTERRUPTED, ...given } });

  test.each<[string, Partial<InterruptedPass>, number]>([
    ['down to the first page, and the newest once more', {}, 71],
    ['only the newest once more', { nextPage: 0 }, 1],
    ['everything, where not even the number of pages was known', { nextPage: 0, pageSize: null }, 102],
    ['upwards from the page before on, and everything once more', { direction: 'up', nextPage: 71 }, 31 + 100],
    ['upwards by the size of its own pages', { direction: 'up', nextPage: 71, pageSize: 50 }, 131 + 200],
    ['at least one page upwards', { direction: 'up', nextPage: 200 }, 1 + 100],
    [
      'everything upwards before the first page',
      { direction: 'up', nextPage: 1, pageSize: null, remoteCount: null },
      102,
    ],
  ])('is planned with what is left of it: %s', (_what, given, requests) => {
    expect(left(given)).toMatchObject({ kind: 'full', resumes: true, requests });
  });

  test.each<[string, Partial<SyncFacts>, SyncRequest]>([
    ['a period', {}, { mode: 'verify', period: { from: '2026-01-01', to: null } }],
    [
      'a period before the first complete pass',
      { lastFull: null },
      { mode: 'verify', period: { from: null, to: null } },
    ],
    ['everything', {}, { mode: 'full' }],
  ])('is begun anew where %s is asked for: what it has met may have changed since', (_what, given, request) => {
    expect(plan({ ...given, interrupted: INTERRUPTED }, request)).toMatchObject({ kind: 'full', resumes: false });
  });

  test('is gone on with where everything is asked for and nothing was complete before', () => {
    const request = { mode: 'full' } as const;
    expect(plan({ lastFull: null, interrupted: INTERRUPTED }, request)).toMatchObject({ kind: 'full', resumes: true });
  });

  test('is begun anew once it is too old, and read whole', () => {
    expect(left({ startedMs: NOW_MS - RESUME_WITHIN_MS })).toMatchObject({ resumes: true, requests: 71 });
    const old = left({ startedMs: NOW_MS - RESUME_WITHIN_MS - 1 });
    expect(old).toMatchObject({ kind: 'full', resumes: false, requests: 102 });
  });
});

describe('what is asked beside the lists of orders', () => {
  const besides: Besides = { probe: 900, payments: { of: 'changed', orders: 50 }, oms: { requests: 7 } };

  test('is named at its place and has no part in the choice; payments are not added up', () => {
    const without = plan();
    const made = planSync({ mode: 'auto' }, facts(), { nowMs: NOW_MS, limit: 100, besides });
    expect(made).toEqual({
      ...without,
      steps: [
        { step: 'probe', requests: 900 },
        ...without.steps,
        { step: 'payments', of: 'changed', orders: 50, requests: 150 },
        { step: 'oms', requests: 7 },
      ],
      requests: Number(without.requests) + 907,
    });
    expect(syncPlan.parse(made)).toEqual(made);
  });

  test('is told in words of the command line', () => {
    const made = planSync({ mode: 'full' }, facts(), { nowMs: NOW_MS, limit: 100, besides });
    expect(planInWords(made)).toBe(
      'This run reads what the server honours, every order, OMS: about 1009 requests; then payments of at most 50 orders, three requests each.',
    );
    const empty = facts({ held: 0, lastFull: null });
    const first = planSync({ mode: 'full' }, empty, { nowMs: NOW_MS, limit: 100, besides: { ...NOTHING, probe: 15 } });
    expect(planInWords(first)).toBe(
      'This run reads what the server honours, every order; its first page tells how many requests that takes.',
    );
    const withOms = { probe: 15, payments: besides.payments, oms: { requests: null } };
    expect(planInWords(planSync({ mode: 'full' }, empty, { nowMs: NOW_MS, limit: 100, besides: withOms }))).toBe(
      'This run reads what the server honours, every order, OMS; the first page of each list tells how many requests that takes; then payments of at most 50 orders, three requests each.',
    );
    // OMS alone may be new.
    expect(planInWords(planSync({ mode: 'full' }, facts(), { nowMs: NOW_MS, limit: 100, besides: withOms }))).toBe(
      'This run reads what the server honours, every order, OMS: about 117 requests, and those to OMS, whose first pages tell how many; then payments of at most 50 orders, three requests each.',
    );
  });
});

describe('OMS', () => {
  test('comes last with requests of its own, which have no part in the choice', () => {
    const made = planSync({ mode: 'auto' }, facts(), {
      nowMs: NOW_MS,
      limit: 100,
      besides: { ...NOTHING, oms: { requests: 5_000 } },
    });
    const without = plan();
    expect(made).toEqual({
      ...without,
      steps: [...without.steps, { step: 'oms', requests: 5_000 }],
      requests: Number(without.requests) + 5_000,
    });
    expect(syncPlan.parse(made)).toEqual(made);
  });

  test('belongs to every kind of run', () => {
    const requests: SyncRequest[] = [{ mode: 'full' }, { mode: 'verify', period: { from: '2026-01-01', to: null } }];
    for (const request of requests) {
      const made = planSync(request, facts(), {
        nowMs: NOW_MS,
        limit: 100,
        besides: { ...NOTHING, oms: { requests: 7 } },
      });
      expect(made.steps.at(-1)).toEqual({ step: 'oms', requests: 7 });
      expect(made.requests).toBe(Number(plan({}, request).requests) + 7);
    }
  });
});

describe('a refresh', () => {
  test('reads new, open, unsent and cancelling orders and a slice of the rest', () => {
    const made = plan();
    expect(made.kind).toBe('refresh');
    expect(steps(made)).toEqual([
      'new 2',
      'status 400 2',
      'status 450 1',
      'unsent 3',
      'cancellation waiting 1',
      'rolling 1',
    ]);
    expect(made.requests).toBe(10);
  });

  test('asks for changed cancellation plans where it is known since when', () => {
    const since = new Date(NOW_MS - DAY - CHANGES_OVERLAP_MS).toISOString();
    expect(plan({ plansSinceMs: NOW_MS - DAY }).steps).toContainEqual({ step: 'plans', since, requests: 1 });
    const changes = { capabilities: { ...KNOWN, modifiedSince: true }, plansSinceMs: NOW_MS - DAY };
    expect(steps(plan(changes))).toContain('plans 1');
  });

  test('always asks for cancellations that begin, and for every one under way', () => {
    const cancellations = [
      { status: 'confirmed', orders: 3 },
      { status: 'waiting', orders: 250 },
    ];
    expect(steps(plan({ cancellations }))).toContain('cancellation waiting 3');
    expect(steps(plan({ cancellations }))).toContain('cancellation confirmed 1');
    expect(
      steps(plan({ cancellations: [{ status: 'confirmed', orders: 3 }] })).filter((step) => /canc/.test(step)),
    ).toEqual(['cancellation waiting 1', 'cancellation confirmed 1']);
  });

  test('is made too where the order of the list could not be told, and where it can be asked for', () => {
    expect(plan({ capabilities: null }).kind).toBe('refresh');
    expect(plan({ capabilities: { ...KNOWN, ascending: null } }).kind).toBe('refresh');
    expect(plan({ capabilities: { ...KNOWN, ascending: false, sort: true } }).kind).toBe('refresh');
  });
});

describe('a run over changes', () => {
  const proven = { ...KNOWN, modifiedSince: true };

  test('asks from a while before the last one began', () => {
    const made = plan({ capabilities: proven });
    expect(made.kind).toBe('changes');
    const since = new Date(NOW_MS - 3_600_000 - CHANGES_OVERLAP_MS).toISOString();
    expect(made.steps).toEqual([
      { step: 'new', requests: 2 },
      { step: 'changes', since, requests: 1 },
      { step: 'rolling', requests: 1 },
    ]);
  });

  test.each([
    ['nobody knows since when', { capabilities: proven, changesSinceMs: null }],
    ['the filter could not be proven', { capabilities: { ...proven, modifiedSince: null } }],
    ['the filter is ignored', { capabilities: { ...proven, modifiedSince: false } }],
  ])('is not made where %s', (_why, given) => expect(plan(given).kind).toBe('refresh'));
});

describe('where the list stands in no order', () => {
  const unordered = { ...KNOWN, ascending: false };
  const proven = { ...unordered, modifiedSince: true };
  const since = new Date(NOW_MS - 3_600_000 - CHANGES_OVERLAP_MS).toISOString();
  const finished = (agoMs: number) => ({ lastFull: { finishedMs: NOW_MS - agoMs, pageSize: 100 } });

  test('what changed is asked for, and how many orders there are: no page tells what is new or old', () => {
    expect(plan({ capabilities: proven }).steps).toEqual([{ step: 'changes', since, requests: 2 }]);
    const made = plan({ capabilities: proven, plansSinceMs: NOW_MS - DAY });
    expect([made.kind, steps(made)]).toEqual(['changes', ['changes 2', 'plans 1']]);
    // Asked for by id, it stands in one.
    expect(steps(plan({ capabilities: { ...proven, sort: true } }))).toEqual(['new 2', 'changes 1', 'rolling 1']);
  });

  test.each<[string, Partial<SyncFacts>]>([
    ['the filter is not proven', { capabilities: unordered }],
    ['nobody knows since when', { capabilities: proven, changesSinceMs: null }],
    ['a pass may wait to go on', { capabilities: proven, interrupted: INTERRUPTED }],
    ['it is nearly a week ago', { capabilities: proven, ...finished(WHOLE_AGAIN_MS) }],
    ['the clock was set back by more than a day', { capabilities: proven, ...finished(-RESUME_WITHIN_MS - 1) }],
  ])('everything is read where %s', (_why, given) => expect(plan(given).kind).toBe('full'));

  test.each([WHOLE_AGAIN_MS - 1, -RESUME_WITHIN_MS])('but not yet %i ms after it was', (agoMs) => {
    expect(plan({ capabilities: proven, ...finished(agoMs) }).kind).toBe('changes');
  });

  describe('a period is verified', () => {
    const verify = (capabilities: Capabilities) =>
      plan({ capabilities }, { mode: 'verify', period: { from: '2026-01-01', to: null } });

    test('by its dates, with what changed where that is told', () => {
      const dated = { ...unordered, placedRange: true };
      expect([verify(dated).kind, steps(verify(dated))]).toEqual(['verify', ['period 100']]);
      expect(steps(verify({ ...proven, placedRange: true }))).toEqual(['changes 2', 'period 100']);
    });

    test('by reading everything where dates cannot be asked for, or there are none', () => {
      for (const placedRange of [null, false]) expect(verify({ ...proven, placedRange }).kind).toBe('full');
      const made = syncPlan.parse(
        plan({ capabilities: { ...proven, placedRange: true } }, { mode: 'verify', period: { from: null, to: null } }),
      );
      expect(made).toEqual({ kind: 'full', resumes: false, steps: [{ step: 'all', requests: 200 }], requests: 200 });
    });
  });
});

describe('the rolling slice', () => {
  const rolling = (given: Partial<SyncFacts>): number | null | undefined =>
    plan({ ...given, capabilities: { ...KNOWN, modifiedSince: true } }).steps.find(({ step }) => step === 'rolling')
      ?.requests;
  const fullBefore = (ms: number) => ({ lastFull: { finishedMs: NOW_MS - ms, pageSize: 100 } });

  test.each([
    ['nothing right after a full pass', { ...fullBefore(0) }, undefined],
    ['a page after a minute', { ...fullBefore(60_000) }, 1],
    ['a thirtieth a day', { ...fullBefore(DAY) }, 4],
    ['a third after a third of the time', { ...fullBefore(ROLLING_MS / 3) }, 34],
    ['from the last slice on', { ...fullBefore(20 * DAY), rolling: { after: 7, ms: NOW_MS - DAY } }, 4],
    [
      'from the full pass where that was later',
      { ...fullBefore(DAY), rolling: { after: 7, ms: NOW_MS - 20 * DAY } },
      4,
    ],
    ['as much after the clock was set back as it was', { ...fullBefore(-DAY) }, 4],
    ['a page where the clock was put right by seconds', { ...fullBefore(-2_000) }, 1],
    [
      'from the full pass where the last slice lies ahead',
      { ...fullBefore(DAY), rolling: { after: 7, ms: NOW_MS + 20 * DAY } },
      4,
    ],
  ])('is %s', (_name, given, pages) => expect(rolling(given)).toBe(pages));

  test('is everything, once, where the clock was set back by more than the limit', () => {
    expect(plan(fullBefore(-2 * ROLLING_MS)).kind).toBe('full');
    const afterwards = { ...fullBefore(0), rolling: { after: 7, ms: NOW_MS + 2 * ROLLING_MS } };
    expect(plan(afterwards).kind).toBe('refresh');
  });

  test('makes every order younger than the limit, however often runs are made', () => {
    for (const each of [5 * 60_000, 3_600_000, DAY, 7 * DAY]) {
      let pages = 0;
      for (let ms = 0; ms < ROLLING_MS; ms += each) pages += rolling(fullBefore(each)) ?? 0;
      expect(pages, `every ${each} ms`).toBeGreaterThanOrEqual(100);
    }
  });
});

describe('a verification', () => {
  const request: SyncRequest = { mode: 'verify', period: { from: '2026-01-01', to: '2026-01-31' } };

  test('reads new orders and the period', () => {
    expect(plan({}, request)).toMatchObject({
      kind: 'verify',
      steps: [{ step: 'new' }, { step: 'period', period: request.mode === 'verify' ? request.period : null }],
    });
  });

  test('goes by place in the list where that can be asked for by id', () => {
    expect(plan({ capabilities: { ...KNOWN, ascending: false, sort: true } }, request).kind).toBe('verify');
  });
});
