import { describe, expect, it } from 'vitest';
import { collectIds, type IdList } from '../../src/main/database/id-list.ts';
import { seededRandom, testSeed } from '../support/random.ts';

function collected(ids: readonly number[], expected: number): IdList {
  const collector = collectIds(expected);
  for (const id of ids) collector.add(id);
  return collector.ids();
}

describe('ids that are gathered one by one', () => {
  it('of nothing are none, whatever was expected', () => {
    expect([[...collected([], 0)], [...collected([], 7)]]).toEqual([[], []]);
  });

  it('stand in their places, whether more or fewer come than expected', () => {
    const seed = testSeed();
    const random = seededRandom(seed);
    for (let round = 0; round < 200; round += 1) {
      const ids = Array.from({ length: Math.floor(random() * 60) }, () =>
        Math.floor(random() * 10 ** Math.ceil(random() * 15)),
      );
      expect([...collected(ids, Math.floor(random() * 60))], `MUTABAKAT_SEED=${seed}`).toEqual(ids);
    }
  });

  it('keep the greatest id that is exact', () => {
    expect([...collected([7, Number.MAX_SAFE_INTEGER, 0], 3)]).toEqual([7, Number.MAX_SAFE_INTEGER, 0]);
  });

  it('take four bytes each until one needs more', () => {
    const short = collected([1, 2 ** 32 - 1], 2);
    const long = collected([1, 2 ** 32 - 1, 2 ** 32, 2], 2);
    expect([short.BYTES_PER_ELEMENT, [...short]]).toEqual([4, [1, 2 ** 32 - 1]]);
    expect([long.BYTES_PER_ELEMENT, [...long]]).toEqual([8, [1, 2 ** 32 - 1, 2 ** 32, 2]]);
  });
});
