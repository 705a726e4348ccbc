/** Mixes three whole numbers into one unsigned 32-bit number; the same input always gives the same output. */
export function mix(seed: number, index: number, purpose: number): number {
  let hash = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b) ^ Math.imul(purpose + 1, 0xc2b2ae35)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A small deterministic generator: order k draws from its own stream, so no order depends on another one. */
export class RandomStream {
  #state: number;

  constructor(seed: number, index: number) {
    this.#state = mix(seed, index, 0);
  }

  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) % limit;
  }

  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return elementAt(list, this.below(list.length));
  }
}

/** The element at `position`, counted round and round; the list must not be empty. */
export function elementAt<T>(list: readonly T[], position: number): T {
  const element = list[position % list.length];
  if (element === undefined) throw new Error('The sandbox asked for an element of an empty list.');
  return element;
}
