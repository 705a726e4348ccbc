import { expect, test } from 'vitest';
import { pushThroughCrash } from '../bench/push.ts';
import { bundled } from '../support/bundled.ts';
import { tempFolder } from '../support/engine.ts';

const CORRECTIONS = 300;

test(`a batch of ${CORRECTIONS} that is killed in the middle of a write goes on without writing anything twice`, {
  timeout: 120_000,
}, async () => {
  const programs = {
    child: bundled('test/bench/push-child.ts'),
    engineWorker: bundled('src/main/engine/worker.ts'),
    sandboxWorker: bundled('src/main/sandbox/worker.ts'),
  };
  const { doneBefore, pushed, writes, wrong } = await pushThroughCrash({
    corrections: CORRECTIONS,
    folder: tempFolder(),
    programs,
  });
  expect(doneBefore).toBe(CORRECTIONS / 2 - 1);
  expect(pushed).toMatchObject({ conflict: 0, rejected: 0, unknown: 0, waiting: 0 });
  expect(pushed.applied).toBe(CORRECTIONS - doneBefore);
  expect(Object.keys(writes)).toHaveLength(CORRECTIONS);
  expect(Object.entries(writes).filter(([, times]) => times !== 1)).toEqual([]);
  expect(wrong).toEqual([]);
});
