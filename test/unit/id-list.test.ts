import { describe, expect, it } from 'vitest';
import { readIdList } from '../../src/main/database/id-list.ts';
import { seededRandom, testSeed } from '../support/random.ts';

describe('a list of ids as text', () => {
  it('of nothing is empty', () => {
    expect(readIdList('')).toEqual(new Float64Array(0));
  });

  it('gives every id in its place', () => {
    const seed = testSeed();
    const random = seededRandom(seed);
    for (let round = 0; round < 50; round += 1) {
      const ids = Array.from({ length: 1 + Math.floor(random() * 40) }, () =>
        Math.floor(random() * 10 ** Math.ceil(random() * 15)),
      );
      expect([...readIdList(ids.join(','))], `MUTABAKAT_SEED=${seed}`).toEqual(ids);
    }
  });

  it('keeps the greatest id that is exact', () => {
    expect([...readIdList(`7,${Number.MAX_SAFE_INTEGER},0`)]).toEqual([7, Number.MAX_SAFE_INTEGER, 0]);
  });
});
