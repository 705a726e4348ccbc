import { GENERATED_SPREAD_SECONDS, GENERATED_UNTIL_MS, placedAtMs } from './calendar.ts';
import type { InstantRange } from './instant-range.ts';

const INDEX_ROOM = 2 ** 24;
const FIRST_SECOND = GENERATED_UNTIL_MS / 1000 - GENERATED_SPREAD_SECONDS;

/** Finds the generated orders of a span of time without asking every one of them. Sorted at first use. */
export class DateIndex {
  readonly #seed: number;
  readonly #orders: number;
  /** Seconds since the first possible one times 2^24 plus the index: below 2^49, so exact. */
  #keys: Float64Array | null = null;

  constructor(seed: number, orders: number) {
    this.#seed = seed;
    this.#orders = orders;
  }

  /** Every index placed in the range, ascending, and perhaps some from the same second as an end of it. */
  candidates(range: InstantRange): Uint32Array {
    const keys = this.#sorted();
    const first = lowest(keys, (Math.floor(range.from / 1e6) - FIRST_SECOND) * INDEX_ROOM);
    const end = lowest(keys, (Math.floor(range.to / 1e6) + 1 - FIRST_SECOND) * INDEX_ROOM);
    return Uint32Array.from(keys.subarray(first, Math.max(first, end)), (key) => key % INDEX_ROOM).sort();
  }

  #sorted(): Float64Array {
    if (this.#keys !== null) return this.#keys;
    const keys = new Float64Array(this.#orders);
    for (let index = 0; index < this.#orders; index++) {
      keys[index] = (placedAtMs(this.#seed, index) / 1000 - FIRST_SECOND) * INDEX_ROOM + index;
    }
    this.#keys = keys.sort();
    return keys;
  }
}

/** The first position whose key is not below `key`. */
function lowest(keys: Float64Array, key: number): number {
  let [from, to] = [0, keys.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((keys[middle] ?? 0) < key) from = middle + 1;
    else to = middle;
  }
  return from;
}
