import type { ExplanationCode } from '../../../shared/explanations.ts';
import { type Micros, smallestUnit } from '../../../shared/money.ts';
import type { Atom, Label } from './components.ts';
import { toldByParts } from './wholes.ts';
import type { Work } from './work.ts';

/** A term that was found: sign × amount, the amount above zero. */
export interface Term {
  key: string;
  code: ExplanationCode;
  sign: 1 | -1;
  amount: Micros;
  label: Label;
  rank: number;
  /** Keys of what it is the sum of, or its own. */
  parts: readonly string[];
  /** A row that has an amount of the order with the wrong sign. */
  reversed: boolean;
}

/** A combination that arrives at the difference. */
export interface Hit {
  terms: readonly Term[];
  others: number;
  weak: boolean;
}

/** A combination, by how specific it is and then by name. */
interface Ranked {
  name: string;
  rank: number;
  terms: readonly Term[];
}

/** An explanation that one in this many random differences of the same size would get is called weak. */
const CHANCE = 20n;
/** Keeping a term costs as much as this many look-ups. */
const STEPS = 8;

/** The combinations of one size: keeps all that were found, which are few, as keeping one costs steps. */
export class Hits {
  readonly #found = new Map<string, Ranked>();
  readonly #work: Work;
  readonly #isNothing: (terms: readonly Term[]) => boolean;
  #tried = 0n;

  /** `isNothing` tells combinations that explain nothing. */
  constructor(work: Work, isNothing: (terms: readonly Term[]) => boolean) {
    this.#work = work;
    this.#isNothing = isNothing;
  }

  add(terms: Term[]): void {
    if (!this.#work.step(STEPS * terms.length) || this.#isNothing(terms)) return;
    const sorted = terms.length === 1 ? terms : [...terms].sort(byRank);
    const name = nameOf(sorted);
    this.#found.set(name, { name, rank: rankSum(sorted), terms: sorted });
  }

  /** Notes how many combinations were possible, for {@link Hit.weak}. */
  tried(combinations: number): void {
    this.#tried += BigInt(Math.max(0, Math.ceil(combinations)));
  }

  get count(): number {
    return this.#found.size;
  }

  /**
   * The best two, of which the second is of another kind than the first and not the same told by its parts; where a best
   * one of fewer terms is known (`after`), the best one that differs from it so. Told with the largest amount that a term
   * could have.
   */
  best({ size, largest, currency, after }: Asked): Hit[] {
    // A random difference lies anywhere between −size × largest and size × largest.
    const places = (2n * BigInt(size) * largest) / smallestUnit(currency) + 1n;
    const weak = this.#tried * CHANCE > places;
    const first = after ?? this.#smallest(() => true);
    const next = first === null ? null : this.#smallest(otherThan(first));
    const best = (after === null ? [first, next] : [next]).filter((terms) => terms !== null);
    return best.map((terms) => ({ terms, others: this.count - 1, weak }));
  }

  #smallest(isMeant: (terms: readonly Term[]) => boolean): readonly Term[] | null {
    let smallest: Ranked | null = null;
    for (const one of this.#found.values()) {
      if ((smallest === null || isBefore(one, smallest)) && isMeant(one.terms)) smallest = one;
    }
    return smallest?.terms ?? null;
  }
}

interface Asked {
  size: number;
  largest: Micros;
  currency: string;
  after: readonly Term[] | null;
}

/** Tells combinations of another kind that do not say the same by the parts of what they name. */
function otherThan(first: readonly Term[]): (terms: readonly Term[]) => boolean {
  const [kind, told] = [kindOf(first), toldByParts(first)];
  return (terms) => kindOf(terms) !== kind && toldByParts(terms) !== told;
}

/** A term of an atom. */
export function termOf({ key, code, amount, label, rank, parts, reversed }: Atom, sign: 1 | -1): Term {
  return { key, code, sign, amount, label, rank, parts, reversed };
}

const byRank = (a: Term, b: Term): number => a.rank - b.rank || (a.key < b.key ? -1 : 1);
const isBefore = (a: Ranked, b: Ranked): boolean => a.rank < b.rank || (a.rank === b.rank && a.name < b.name);
const nameOf = (terms: readonly Term[]): string => terms.map(({ key, sign }) => `${sign}${key}`).join(' ');
const kindOf = (terms: readonly Term[]): string => terms.map(({ code, sign }) => `${sign}${code}`).join(' ');
const rankSum = (terms: readonly Term[]): number => terms.reduce((sum, { rank }) => sum + rank, 0);
