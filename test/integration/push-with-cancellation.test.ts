import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDryRun } from '../../src/main/corrections/dry-run.ts';
import { runPush } from '../../src/main/corrections/push.ts';
import type { OmnitronClient } from '../../src/main/omnitron/client.ts';
import { AppError } from '../../src/shared/errors.ts';
import { cancellationStore } from '../support/cancellation-store.ts';
import { ISTANBUL, NOW_MS } from '../support/engine.ts';
import { asRemote } from '../support/remote.ts';

let store: Awaited<ReturnType<typeof cancellationStore>>;
beforeAll(async () => {
  store = await cancellationStore();
  store.allow();
});
afterAll(() => store.close());

const moment = { timeZone: ISTANBUL, nowMs: NOW_MS };
const options = { signal: new AbortController().signal, onProgress: () => undefined };
const parts = (client: OmnitronClient = store.client) => ({
  client,
  writer: asRemote(store.writer),
  clock: store.clock,
  random: () => 0.5,
});
function push(client?: OmnitronClient) {
  store.writer.submitEverything({ reason: 'returns', ...moment });
  return runPush(parts(client), store.writer.batchesToPush(), options);
}
const correct = (lineId: number) =>
  store.writer.addCorrection({
    correction: { target: { kind: 'line', lineId }, set: { 'extra_field.note': 'seen' } },
    ...moment,
  });
const lineOf = (order: { orderitem_set: { id: number }[] }): number => order.orderitem_set[0]?.id ?? 0;

test('a cancellation of which the outcome is unknown stops the push; once a person has seen it the next one goes on', async () => {
  const row = store.propose(store.nextOrder());
  const later = correct(lineOf(store.nextOrder()));
  const silent: OmnitronClient = {
    ...store.client,
    cancelOrder: () => Promise.reject(new AppError('TIMEOUT', 'No answer.')),
  };
  expect(await push(silent)).toMatchObject({ applied: 0, unknown: 1, waiting: 1 });
  expect([store.row(row.id).state, store.row(later.id).state]).toEqual(['unknown', 'queued']);
  // The call is not made again: it is only looked up.
  const posts = store.posts();
  expect(await push()).toMatchObject({ applied: 1, unknown: 1, waiting: 0 });
  expect(store.posts()).toBe(posts);
  // Queueing it again is not offered; leaving it is.
  expect(store.writer.requeueCorrections({ ids: [row.id], ...moment })).toEqual({ queued: 0 });
  expect(store.row(row.id).state).toBe('unknown');
  const choices = [{ id: row.id, fields: [] }];
  expect(store.writer.resolveConflicts({ choices, ...moment })).toEqual({ queued: 0, withdrawn: 1 });
  await push();
  expect(store.reader().batchesList({ states: ['pushing'], offset: 0, limit: 10 }).total).toBe(0);
});

test('a dry run says whether a cancellation would be called, and a batch of them cannot be taken back', async () => {
  const good = store.nextOrder();
  const stale = store.nextOrder();
  const rows = [store.propose(good), store.propose(stale)];
  store.shop.edit(stale.id, { lines: { [lineOf(stale)]: { cancel_status: 'waiting' } } });
  const { batch } = store.row(rows[0]?.id ?? 0);
  if (batch === null) throw new Error('a proposal is in a batch');
  const posts = store.posts();
  const result = await runDryRun(parts(), batch, options);
  expect(result).toMatchObject({ counts: { send: 1, conflict: 1 }, oneWay: 2 });
  expect(result.lines.map(({ outcome, problem }) => [outcome, problem?.code ?? null])).toEqual([
    ['send', null],
    ['conflict', 'CANCELLATION_STALE'],
  ]);
  expect(store.posts()).toBe(posts);
  expect(await push()).toMatchObject({ applied: 1, conflict: 1 });
  expect(store.carriedOut(good.id)).toBe(1);
  expect(() => store.writer.reverseBatch({ id: batch.id, reason: 'all', ...moment })).toThrow(
    'has only changes that count as one-way',
  );
});
