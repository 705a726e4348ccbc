import { describe, expect, test } from 'vitest';
import type { BatchState } from '../../src/shared/batches.ts';
import { BATCH_STATES } from '../../src/shared/batches.ts';
import { DEFAULT_CONTROL } from '../../src/shared/users.ts';
import { PIN, REASON, startBatches } from '../support/batch-store.ts';
import { ISTANBUL, NOW_MS } from '../support/engine.ts';
import { journalOf } from '../support/queue-store.ts';

const TAKE_ALL = { reason: REASON, timeZone: ISTANBUL, nowMs: NOW_MS };
const refusal = (code: string) => expect.objectContaining({ code });

describe('numbers', () => {
  test('go on without a gap within a year of the business time zone, and begin anew in the next', () => {
    const store = startBatches({ orders: 8 });
    const begin = (orderId: number, at: string): void => {
      const correction = { target: { kind: 'order' as const, orderId }, set: { is_send: true } };
      const nowMs = Date.parse(at);
      store.writer.addCorrection({ correction, timeZone: ISTANBUL, nowMs });
      store.writer.submitEverything({ ...TAKE_ALL, nowMs });
    };
    begin(1, '2026-12-31T20:00:00Z');
    begin(2, '2026-12-31T20:59:59.999Z');
    begin(3, '2026-12-31T21:00:00Z');
    begin(4, '2027-06-01T00:00:00Z');
    expect(store.batches().map(({ number }) => number)).toEqual(['2026-0001', '2026-0002', '2027-0001', '2027-0002']);
    expect(store.reader.batchOfNumber({ number: '2027-0001' })).toBe(3);
  });

  test('a draft that was merged away keeps its number', () => {
    const store = startBatches();
    store.addPeople('Ada', 'Ben');
    store.propose(1);
    store.as('Ben');
    store.propose(2, 3);
    store.writer.submitEverything(TAKE_ALL);
    store.propose(4);
    expect(store.batches().map(({ number, state, count }) => [number, state, count])).toEqual([
      ['2026-0001', 'approved', 3],
      ['2026-0002', 'discarded', 0],
      ['2026-0003', 'draft', 1],
    ]);
  });

  test('what is no number of a batch is refused', () => {
    const { reader } = startBatches({ orders: 1 });
    for (const number of ['2026-0099', '2026-1', 'x', '', '2026-0001; DROP TABLE batches']) {
      expect(() => reader.batchOfNumber({ number }), number).toThrow(refusal('BATCH_UNKNOWN'));
    }
  });
});

describe('what a push submits by itself', () => {
  test('is everything in one batch; a reversal stays one of its own and keeps its reason', () => {
    const store = startBatches();
    store.propose(1);
    store.raw().exec(`UPDATE batches SET kind = 'reversal', reason = 'as agreed'`);
    store.addPeople('Ada', 'Ben');
    store.propose(2);
    store.as('Ben');
    store.propose(3);
    expect(store.writer.submitEverything(TAKE_ALL)).toMatchObject({ number: '2026-0002', count: 2, state: 'approved' });
    expect(store.batches().map(({ kind, state, count, reason }) => [kind, state, count, reason])).toEqual([
      ['reversal', 'approved', 1, 'as agreed'],
      ['corrections', 'approved', 2, REASON],
      ['corrections', 'discarded', 0, ''],
    ]);
    const submitted = journalOf(store.folder).find(({ subject }) => subject === 'batch 2026-0002');
    expect(submitted).toMatchObject({ action: 'batch.approve', after: { makerChecker: false } });
    expect(journalOf(store.folder)).toContainEqual(
      expect.objectContaining({ action: 'batch.submit', after: expect.objectContaining({ merged: ['2026-0003'] }) }),
    );
    for (const { id } of store.writer.batchesToPush()) store.writer.beginPushing({ id, nowMs: NOW_MS });
  });

  test('leaves a conflict of former times where it is, in a draft that stays', () => {
    const store = startBatches();
    store.propose(1);
    store.addPeople('Ada');
    store.propose(2, 3);
    store.raw().exec(`UPDATE corrections SET state = 'conflict' WHERE order_id = 3`);
    expect(store.writer.submitEverything(TAKE_ALL)).toMatchObject({ number: '2026-0001', count: 2 });
    expect(store.batches()[1]).toMatchObject({ state: 'draft', states: { conflict: 1 } });
    expect(store.writer.submitEverything(TAKE_ALL)).toBeNull();
  });
});

describe('drafts', () => {
  test('each maker has one of their own, that of the signed-in person', () => {
    const store = startBatches();
    store.propose(1);
    store.addPeople('Ada');
    store.propose(2, 3);
    expect(store.batches().map(({ maker, count }) => [maker, count])).toEqual([
      ['accounts', 1],
      ['Ada', 2],
    ]);
  });

  test('an empty one cannot be submitted, nor can nothing', () => {
    const store = startBatches();
    store.propose(1);
    const id = store.draft();
    store.writer.withdrawCorrections({ ids: [1], nowMs: NOW_MS });
    expect(() => store.submit(id)).toThrow(refusal('VALUE_INVALID'));
    expect(store.writer.submitEverything(TAKE_ALL)).toBeNull();
    expect(() => store.submit(99)).toThrow(refusal('BATCH_UNKNOWN'));
    expect(store.batches()).toMatchObject([{ state: 'draft', count: 0, states: { withdrawn: 1 } }]);
  });

  test('a submission needs a reason', () => {
    const store = startBatches({ orders: 1 });
    store.propose(1);
    for (const reason of ['', '   ', 'x'.repeat(501)]) {
      expect(() => store.writer.submitBatch({ id: 1, reason, nowMs: NOW_MS })).toThrow(refusal('VALUE_INVALID'));
      expect(() => store.writer.submitEverything({ ...TAKE_ALL, reason })).toThrow(refusal('VALUE_INVALID'));
    }
    expect(store.batches()[0]?.state).toBe('draft');
  });
});

test('a row says how many, which orders they concern, once each and by currency, and what is one-way', () => {
  const store = startBatches();
  store.propose(1, 3);
  const orders = [{ currency: 'try', orders: 2, amount: '4.20' }];
  expect(store.submit()).toMatchObject({
    number: '2026-0001',
    state: 'approved',
    kind: 'corrections',
    maker: 'accounts',
    approver: 'accounts',
    reason: REASON,
    count: 2,
    states: { queued: 2 },
    totals: orders,
    oneWay: 2,
    submittedAt: new Date(NOW_MS).toISOString(),
    approvedAt: new Date(NOW_MS).toISOString(),
    pushedAt: null,
    reverses: null,
    reversedBy: null,
  });
  expect(store.reader.batch({ id: 1 })).toEqual(store.batches()[0]);
  const rules = { ...DEFAULT_CONTROL, unsendProven: true };
  store.writer.setControl({ rules, reason: REASON, nowMs: NOW_MS });
  expect(store.reader.batch({ id: 1 }).oneWay).toBe(0);
});

/** Every act on a batch, and where each state leads; what is not named is refused. */
const ACTS: Record<string, { leads: Partial<Record<BatchState, BatchState>>; needs: 'Ada' | 'Ben' }> = {
  submit: { leads: { draft: 'for_approval' }, needs: 'Ada' },
  export: { leads: { for_approval: 'for_approval' }, needs: 'Ada' },
  approve: { leads: { for_approval: 'approved' }, needs: 'Ben' },
  sendBack: { leads: { for_approval: 'draft', approved: 'draft' }, needs: 'Ben' },
  beginPushing: { leads: { approved: 'pushing', pushing: 'pushing' }, needs: 'Ada' },
  endPushing: { leads: { pushing: 'done' }, needs: 'Ada' },
};

test('every act leads from its own states only, and a refused one leaves nothing behind', () => {
  const store = startBatches({ orders: 60 });
  store.secondPerson();
  const raw = store.raw();
  const acts: Record<string, (id: number) => unknown> = {
    submit: (id) => store.submit(id),
    export: (id) =>
      store.writer.batchFile({ id, connection: { name: 'shop', baseUrl: 'https://a.example' }, nowMs: NOW_MS }),
    approve: (id) => store.approve(id),
    sendBack: (id) => store.writer.sendBackBatch({ id, reason: REASON, nowMs: NOW_MS }),
    beginPushing: (id) => store.writer.beginPushing({ id, nowMs: NOW_MS }),
    endPushing: (id) => store.writer.endPushing({ id, nowMs: NOW_MS }),
  };
  let order = 0;
  for (const [act, { leads, needs }] of Object.entries(ACTS)) {
    for (const state of BATCH_STATES) {
      order += 1;
      const { id } = store.submitted(order);
      store.as('Ben');
      store.approve(id);
      store.as(needs);
      raw.prepare('UPDATE batches SET state = ? WHERE id = ?').run(state, id);
      if (act === 'endPushing') {
        raw.prepare(`UPDATE corrections SET state = 'applied' WHERE batch_id = ?`).run(id);
      }
      const entries = journalOf(store.folder)[0]?.id;
      const expected = leads[state];
      if (expected === undefined) {
        expect(() => acts[act]?.(id), `${act} of ${state}`).toThrow(refusal('BATCH_STATE'));
        expect(journalOf(store.folder)[0]?.id).toBe(entries);
      } else {
        acts[act]?.(id);
        expect(journalOf(store.folder)[0]?.id).toBeGreaterThan(entries ?? 0);
      }
      expect(store.reader.batch({ id }).state, `${act} of ${state}`).toBe(expected ?? state);
    }
  }
});

test('a push that ends leaves the batch as its corrections are', () => {
  const ENDS = [
    [['applied', 'withdrawn'], 'done'],
    [['withdrawn', 'withdrawn'], 'done'],
    [['applied', 'conflict'], 'done_with_exceptions'],
    [['applied', 'rejected'], 'done_with_exceptions'],
    [['applied', 'unknown'], 'pushing'],
    [['rejected', 'waiting'], 'pushing'],
    [['conflict', 'queued'], 'pushing'],
    [['applied', 'checking'], 'pushing'],
  ] as const;
  const store = startBatches({ orders: 2 * ENDS.length });
  const set = store.raw().prepare('UPDATE corrections SET state = ? WHERE order_id = ?');
  const left: number[] = [];
  for (const [at, [states, expected]] of ENDS.entries()) {
    store.propose(2 * at + 1, 2 * at + 2);
    const { id } = store.submit();
    store.writer.beginPushing({ id, nowMs: NOW_MS });
    for (const [which, state] of states.entries()) set.run(state, 2 * at + 1 + which);
    const { state, finishedAt } = store.writer.endPushing({ id, nowMs: NOW_MS + 1 });
    expect(state, states.join()).toBe(expected);
    expect(finishedAt).toBe(expected === 'pushing' ? null : new Date(NOW_MS + 1).toISOString());
    expect(journalOf(store.folder)[0]?.action).toBe(expected === 'pushing' ? 'push.pause' : 'push.end');
    if (expected === 'pushing') left.push(id);
    expect(store.writer.batchesToPush().map((row) => row.id)).toEqual(left);
  }
});

describe('where a second person approves', () => {
  const OTHERS = ['Ada', 'Ben', 'Cem', 'Dil'] as const;
  function prepared() {
    const store = startBatches();
    store.secondPerson();
    store.addPeople('Cem', 'Dil');
    return store;
  }

  test('nobody approves what they began, proposed or submitted', () => {
    const store = prepared();
    store.as('Ada');
    store.propose(1);
    const { id } = store.batches()[0] ?? { id: 0 };
    // Ben has proposed something that ended up in Ada's batch.
    store.as('Ben');
    store.propose(2);
    store.raw().prepare('UPDATE corrections SET batch_id = ?').run(id);
    store.as('Cem');
    expect(store.submit(id)).toMatchObject({ state: 'for_approval', approver: null, maker: 'Ada' });
    for (const name of OTHERS.slice(0, 3)) {
      store.as(name);
      expect(() => store.approve(id), name).toThrow(refusal('OWN_BATCH'));
    }
    store.writer.signOut();
    expect(() => store.approve(id)).toThrow(refusal('USER_NEEDED'));
    expect(store.reader.batch({ id }).state).toBe('for_approval');
    store.as('Dil');
    expect(store.approve(id)).toMatchObject([{ state: 'approved', approver: 'Dil' }]);
    expect(journalOf(store.folder)[0]).toMatchObject({ action: 'batch.approve', profile: 'Dil' });
  });

  test('submitting and sending back need somebody who is signed in; a push does neither by itself', () => {
    const store = prepared();
    const { id } = store.submitted(1);
    store.propose(2);
    const next = store.draft();
    store.writer.signOut();
    expect(() => store.submit(next)).toThrow(refusal('USER_NEEDED'));
    expect(() => store.writer.sendBackBatch({ id, reason: REASON, nowMs: NOW_MS })).toThrow(refusal('USER_NEEDED'));
    expect(() => store.writer.submitEverything(TAKE_ALL)).toThrow(refusal('BATCH_STATE'));
    expect(store.writer.batchesToPush()).toEqual([]);
  });

  test('several are approved together or not at all', () => {
    const store = prepared();
    const first = store.submitted(1);
    store.as('Ben');
    store.propose(2);
    const second = store.submit();
    expect(() => store.approve(first.id, second.id)).toThrow(refusal('OWN_BATCH'));
    expect(() => store.approve(first.id, 99)).toThrow(refusal('BATCH_UNKNOWN'));
    expect(store.batches().map(({ state }) => state)).toEqual(['for_approval', 'for_approval']);
    store.as('Cem');
    expect(store.approve(first.id, second.id).map(({ state }) => state)).toEqual(['approved', 'approved']);
  });

  test('what was sent back is approved anew, in its new content', () => {
    const store = prepared();
    const { id } = store.submitted(1);
    store.as('Ben');
    store.approve(id);
    store.writer.sendBackBatch({ id, reason: 'one is missing', nowMs: NOW_MS });
    expect(store.reader.batch({ id })).toMatchObject({ state: 'draft', approver: null, approvedAt: null });
    store.submitted(2);
    expect(() => store.writer.beginPushing({ id, nowMs: NOW_MS })).toThrow(refusal('BATCH_STATE'));
    store.as('Ben');
    store.approve(id);
    expect(store.writer.beginPushing({ id, nowMs: NOW_MS })).toMatchObject({ state: 'pushing', count: 2 });
  });
});

describe('nothing but what was approved is pushed', () => {
  /** What somebody could change in `local.db`, of batch `b` with the corrections `c` and `c + 1`. */
  const CHANGES: ((b: number, c: number) => string)[] = [
    (_, c) => `UPDATE correction_fields SET target = 'false' WHERE correction_id = ${c}`,
    (_, c) => `UPDATE correction_fields SET base = 'null' WHERE correction_id = ${c}`,
    (_, c) => `UPDATE correction_fields SET field = 'status' WHERE correction_id = ${c}`,
    (_, c) => `INSERT INTO correction_fields VALUES (${c}, 'status', 'null', '"500"', NULL)`,
    (_, c) => `DELETE FROM correction_fields WHERE correction_id = ${c}`,
    (_, c) => `UPDATE corrections SET order_id = 99 WHERE id = ${c}`,
    (_, c) => `UPDATE corrections SET order_number = 'X' WHERE id = ${c}`,
    (_, c) => `UPDATE corrections SET line_id = 5 WHERE id = ${c}`,
    (_, c) => `UPDATE corrections SET reverses = 1 WHERE id = ${c}`,
    (_, c) =>
      `INSERT INTO cancellations (correction_id, body, amount, currency, seen) VALUES (${c}, '{}', 1, 'try', '')`,
    (b) => `INSERT INTO corrections (order_id, order_number, state, created_ms, updated_ms, batch_id, maker)
      VALUES (98, '98', 'queued', 1, 1, ${b}, 'x')`,
    (b, c) => `UPDATE corrections SET batch_id = ${b} WHERE id = ${c - 1}`,
    (b) => `UPDATE batches SET reason = 'none' WHERE id = ${b}`,
    (b) => `UPDATE batches SET seq = 700 WHERE id = ${b}`,
    (b) => `UPDATE batches SET kind = 'reversal' WHERE id = ${b}`,
    (b) => `UPDATE batches SET content_hash = '${'0'.repeat(64)}' WHERE id = ${b}`,
    (b, c) => `UPDATE batches SET content_ids = '[${c}]' WHERE id = ${b}`,
    (b) => `UPDATE batches SET content_ids = NULL WHERE id = ${b}`,
  ];

  test('whatever is changed in the file after the approval', () => {
    const store = startBatches({ orders: 2 * CHANGES.length + 2 });
    const raw = store.raw();
    raw.pragma('foreign_keys = OFF');
    store.propose(1, 2);
    store.submit();
    for (const [at, change] of CHANGES.entries()) {
      store.propose(2 * at + 3, 2 * at + 4);
      const { id } = store.submit();
      const [first = 0] = raw
        .prepare<[number], number>('SELECT id FROM corrections WHERE batch_id = ?')
        .pluck()
        .all(id);
      const sql = change(id, first);
      raw.exec(sql);
      expect(() => store.writer.beginPushing({ id, nowMs: NOW_MS }), sql).toThrow(refusal('BATCH_STATE'));
      expect(store.reader.batch({ id }).state).toBe('approved');
    }
  });

  test('whatever is changed about the approval of a second person', () => {
    const store = startBatches({ orders: 20 });
    store.secondPerson();
    const raw = store.raw();
    raw.pragma('foreign_keys = OFF');
    const other = store.submitted(20);
    store.as('Ben');
    store.approve(other.id);
    const keyOfBen = raw.prepare(`SELECT public_key FROM users WHERE name = 'Ben'`).pluck().get();
    const changes: ((b: number) => string)[] = [
      (b) => `UPDATE batches SET approval = NULL WHERE id = ${b}`,
      (b) => `UPDATE batches SET approval = replace(approval, '"version":1', '"version":2') WHERE id = ${b}`,
      (b) => `UPDATE batches SET approval = replace(approval, 'Ben', 'Ada') WHERE id = ${b}`,
      (b) => `UPDATE batches SET approval = (SELECT approval FROM batches WHERE id = ${other.id}) WHERE id = ${b}`,
      (b) => `UPDATE batches SET submitter_profile = 'Ben' WHERE id = ${b}`,
      (b) => `UPDATE batches SET maker_profile = 'Ben' WHERE id = ${b}`,
      (b) => `UPDATE corrections SET profile = 'Ben' WHERE batch_id = ${b}`,
      (b) => `UPDATE batches SET approver = 'Ada' WHERE id = ${b}`,
      (b) => `UPDATE batches SET submitted_ms = submitted_ms + 1 WHERE id = ${b}`,
      () => `UPDATE users SET public_key = '${'1'.repeat(64)}' WHERE name = 'Ben'`,
    ];
    for (const [at, change] of changes.entries()) {
      const { id } = store.submitted(at + 1);
      store.as('Ben');
      store.approve(id);
      const sql = change(id);
      raw.exec(sql);
      expect(() => store.writer.beginPushing({ id, nowMs: NOW_MS }), sql).toThrow(refusal('BATCH_STATE'));
    }
    raw.prepare(`UPDATE users SET public_key = ? WHERE name = 'Ben'`).run(keyOfBen);
    expect(store.writer.beginPushing({ id: other.id, nowMs: NOW_MS }).state).toBe('pushing');
  });
});

test('the journal says who, what and why, and no PIN', () => {
  const store = startBatches();
  store.secondPerson();
  const { id, number } = store.submitted(1);
  store.as('Ben');
  store.approve(id);
  store.writer.beginPushing({ id, nowMs: NOW_MS });
  const entries = journalOf(store.folder).filter(({ subject }) => subject === `batch ${number}`);
  expect(entries.map(({ action, who, reason }) => [action, who, reason])).toEqual([
    ['push.begin', 'accounts', null],
    ['batch.approve', 'accounts', null],
    ['batch.submit', 'accounts', REASON],
  ]);
  expect(JSON.stringify(journalOf(store.folder))).not.toContain(PIN);
});
