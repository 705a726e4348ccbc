import { describe, expect, it } from 'vitest';
import { readIdList } from '../../src/main/database/id-list.ts';
import { seededRandom, testSeed } from '../support/random.ts';

describe('a list of ids as text', () => {
  it('of nothing is empty', () => {
    expect(readIdList('')).toEqual(new Uint32Array(0));
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

  it('takes four bytes an id until one needs more', () => {
    const short = readIdList(`1,${2 ** 32 - 1}`);
    const long = readIdList(`1,${2 ** 32 - 1},${2 ** 32},2`);
    expect([short.BYTES_PER_ELEMENT, [...short]]).toEqual([4, [1, 2 ** 32 - 1]]);
    expect([long.BYTES_PER_ELEMENT, [...long]]).toEqual([8, [1, 2 ** 32 - 1, 2 ** 32, 2]]);
  });

  it('keeps the greatest id that is exact', () => {
    expect([...readIdList(`7,${Number.MAX_SAFE_INTEGER},0`)]).toEqual([7, Number.MAX_SAFE_INTEGER, 0]);
  });
});
