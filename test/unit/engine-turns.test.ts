import { expect, test } from 'vitest';
import { createTurns } from '../../src/main/engine/turns.ts';

test('nothing begins while work is alone, and work is alone only once what had begun has ended', async () => {
  const turns = createTurns();
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const before = turns.beside(async () => {
    told.push('beside begins');
    await first.promise;
    told.push('beside ends');
  });
  const alone = turns.alone(async () => {
    told.push('alone begins');
    await second.promise;
    told.push('alone ends');
    throw new Error('failed');
  });
  const other = turns.alone(() => told.push('alone again'));
  const after = turns.beside(() => told.push('after'));
  first.resolve();
  await before;
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual(['beside begins', 'beside ends', 'alone begins']);
  second.resolve();
  await expect(alone).rejects.toThrow('failed');
  await Promise.all([other, after]);
  expect(told.slice(3, 4)).toEqual(['alone ends']);
  expect(told.slice(4).sort()).toEqual(['after', 'alone again']);
});
