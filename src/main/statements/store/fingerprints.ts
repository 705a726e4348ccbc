/**
 * Counts equal texts without keeping them: a table of 96-bit fingerprints in typed arrays, some 20 bytes a text. Among a
 * million texts two different ones share a fingerprint with a probability of 10^-17.
 */
export interface Fingerprints {
  /** Counts one more text of earlier statements; `owner` is which of them. */
  addHeld(text: string, owner: number): void;
  /** Counts one more text of this file and answers how many there are by now. */
  addOwn(text: string): number;
  /** How many of this file were counted. */
  ownOf(text: string): number;
  /** How many the earlier statements hold, and which of them does; MANY = several. */
  heldOf(text: string): { count: number; owner: number };
}

/** Stands for "several owners". */
export const MANY = -1;
const FIRST_CAPACITY = 1_024;
const NOBODY = -2;

/** An empty table. */
export function createFingerprints(): Fingerprints {
  let capacity = FIRST_CAPACITY;
  let used = 0;
  let first = new Int32Array(capacity);
  let second = new Int32Array(capacity);
  let third = new Int32Array(capacity);
  let held = new Int32Array(capacity);
  let own = new Int32Array(capacity);
  let owners = new Int32Array(capacity).fill(NOBODY);
  const lanes = new Int32Array(3);

  function hash(text: string): void {
    let a = 0x9e3779b9 | 0;
    let b = 0x85ebca6b | 0;
    let c = 0xc2b2ae35 | 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      a = Math.imul(a ^ code, 0x9e3779b1);
      b = Math.imul(b ^ code, 0x5f356495);
      c = Math.imul((c + code) | 0, 0x01000193) ^ (c >>> 15);
    }
    a = mixed(a ^ text.length);
    b = mixed(b ^ (a >>> 7));
    c = mixed(c ^ (b >>> 11));
    // All zero means an empty place.
    lanes[0] = a === 0 && b === 0 && c === 0 ? 1 : a;
    lanes[1] = b;
    lanes[2] = c;
  }

  function find(a: number, b: number, c: number): number {
    const mask = capacity - 1;
    for (let at = a & mask; ; at = (at + 1) & mask) {
      const isEmpty = first[at] === 0 && second[at] === 0 && third[at] === 0;
      if (isEmpty || (first[at] === a && second[at] === b && third[at] === c)) return at;
    }
  }

  function grow(): void {
    const before = { first, second, third, held, own, owners };
    capacity *= 2;
    first = new Int32Array(capacity);
    second = new Int32Array(capacity);
    third = new Int32Array(capacity);
    held = new Int32Array(capacity);
    own = new Int32Array(capacity);
    owners = new Int32Array(capacity).fill(NOBODY);
    for (let at = 0; at < before.first.length; at += 1) {
      const [a = 0, b = 0, c = 0] = [before.first[at], before.second[at], before.third[at]];
      if (a === 0 && b === 0 && c === 0) continue;
      const to = find(a, b, c);
      first[to] = a;
      second[to] = b;
      third[to] = c;
      held[to] = before.held[at] ?? 0;
      own[to] = before.own[at] ?? 0;
      owners[to] = before.owners[at] ?? NOBODY;
    }
  }

  function place(text: string): number {
    if (used * 2 >= capacity) grow();
    hash(text);
    const [a = 0, b = 0, c = 0] = lanes;
    const at = find(a, b, c);
    if (first[at] === 0 && second[at] === 0 && third[at] === 0) {
      first[at] = a;
      second[at] = b;
      third[at] = c;
      used += 1;
    }
    return at;
  }

  /** Where a text stands, or the empty place where it would; asking takes no place. */
  function placeOf(text: string): number {
    hash(text);
    const [a = 0, b = 0, c = 0] = lanes;
    return find(a, b, c);
  }

  return {
    addHeld(text, owner) {
      const at = place(text);
      held[at] = (held[at] ?? 0) + 1;
      owners[at] = owners[at] === NOBODY || owners[at] === owner ? owner : MANY;
    },
    addOwn(text) {
      const at = place(text);
      const count = (own[at] ?? 0) + 1;
      own[at] = count;
      return count;
    },
    ownOf: (text) => own[placeOf(text)] ?? 0,
    heldOf(text) {
      const at = placeOf(text);
      return { count: held[at] ?? 0, owner: owners[at] ?? NOBODY };
    },
  };
}

/** The finish of murmur3: every bit of the result depends on every bit before. */
function mixed(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
