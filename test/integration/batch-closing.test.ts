import { expect, test } from 'vitest';
import { startBatches } from '../support/batch-store.ts';
import { NOW_MS } from '../support/engine.ts';

test('a batch that may not go on is closed once what is left of it is withdrawn, and says so', () => {
  const store = startBatches();
  store.propose(1, 2);
  const { id } = store.submit();
  const begin = () => store.writer.beginPushing({ id, nowMs: NOW_MS });
  begin();
  store.raw().exec(`UPDATE corrections SET order_number = 'X' WHERE id = 1`);
  expect(begin).toThrow(/Withdraw what is left of it, push once more/);
  store.writer.withdrawCorrections({ ids: [1, 2], nowMs: NOW_MS });
  begin();
  expect(store.writer.endPushing({ id, nowMs: NOW_MS }).state).toBe('done');
});

test('what was withdrawn since is only less, and a paused push goes on', () => {
  const store = startBatches();
  store.propose(1, 2);
  const { id } = store.submit();
  store.raw().exec(`UPDATE corrections SET state = 'withdrawn' WHERE id = 1`);
  expect(store.writer.beginPushing({ id, nowMs: NOW_MS })).toMatchObject({ state: 'pushing', count: 1 });
  store.raw().exec(`UPDATE corrections SET state = 'waiting' WHERE id = 2`);
  expect(store.writer.endPushing({ id, nowMs: NOW_MS }).state).toBe('pushing');
  const again = store.writer.beginPushing({ id, nowMs: NOW_MS + 5_000 });
  expect(again.pushedAt).toBe(new Date(NOW_MS).toISOString());
});
