/**
 * Counts equal texts without keeping them: a table of 96-bit fingerprints in a typed array, 24 bytes a place. Among a
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
  /** Gives the memory of the table back at once; nothing may be asked afterwards. A collector would come to it much later. */
  free(): void;
}

/** Stands for "several owners". */
export const MANY = -1;
/** Statements count from 1. */
const NOBODY = 0;
const FIRST_CAPACITY = 1_024;

/** What a place holds, side by side so that it is fetched at once: three words of the fingerprint, two counts, the owner. */
const WORDS = 6;
const [HELD, OWN, OWNER] = [3, 4, 5] as const;

/** An empty table; `expected` texts find a place in it without its having to grow. */
export function createFingerprints(expected = 0): Fingerprints {
  let capacity = FIRST_CAPACITY;
  while (expected * 2 >= capacity) capacity *= 2;
  let used = 0;
  let words = new Int32Array(capacity * WORDS);
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

  const isEmpty = (at: number): boolean => words[at] === 0 && words[at + 1] === 0 && words[at + 2] === 0;

  /** Where a fingerprint stands, or the empty place where it would. */
  function find(a: number, b: number, c: number): number {
    const mask = capacity - 1;
    for (let place = a & mask; ; place = (place + 1) & mask) {
      const at = place * WORDS;
      if ((words[at] === a && words[at + 1] === b && words[at + 2] === c) || isEmpty(at)) return at;
    }
  }

  function grow(): void {
    const before = words;
    capacity *= 2;
    words = new Int32Array(capacity * WORDS);
    for (let at = 0; at < before.length; at += WORDS) {
      const [a = 0, b = 0, c = 0] = [before[at], before[at + 1], before[at + 2]];
      if (a === 0 && b === 0 && c === 0) continue;
      const to = find(a, b, c);
      for (let word = 0; word < WORDS; word += 1) words[to + word] = before[at + word] ?? 0;
    }
  }

  function place(text: string): number {
    if (used * 2 >= capacity) grow();
    const at = placeOf(text);
    if (isEmpty(at)) {
      for (let lane = 0; lane < lanes.length; lane += 1) words[at + lane] = lanes[lane] ?? 0;
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

  const wordAt = (at: number): number => words[at] ?? 0;

  return {
    addHeld(text, owner) {
      const at = place(text);
      words[at + HELD] = wordAt(at + HELD) + 1;
      const before = wordAt(at + OWNER);
      words[at + OWNER] = before === NOBODY || before === owner ? owner : MANY;
    },
    addOwn(text) {
      const at = place(text);
      const count = wordAt(at + OWN) + 1;
      words[at + OWN] = count;
      return count;
    },
    ownOf: (text) => wordAt(placeOf(text) + OWN),
    heldOf(text) {
      const at = placeOf(text);
      return { count: wordAt(at + HELD), owner: wordAt(at + OWNER) };
    },
    free() {
      words.buffer.transfer(0);
      capacity = 0;
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
