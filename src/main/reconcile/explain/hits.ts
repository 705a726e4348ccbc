import type { ExplanationCode } from '../../../shared/explanations.ts';
import { type Micros, smallestUnit } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';
import type { Atom } from './components.ts';
import type { Work } from './work.ts';

/** A term that was found: sign × amount, the amount above zero. */
export interface Term {
  key: string;
  code: ExplanationCode;
  sign: 1 | -1;
  amount: Micros;
  label: Bilingual;
  rank: number;
}

/** A combination that arrives at the difference. */
export interface Hit {
  terms: readonly Term[];
  others: number;
  weak: boolean;
}

/** An explanation that one in this many random differences of the same size would get is called weak. */
const CHANCE = 20n;
/** Keeping a term costs as much as this many look-ups. */
const STEPS = 8;

/** The combinations of one size: counts them all, keeps the best one of each kind. */
export class Hits {
  readonly #best = new Map<string, Term[]>();
  readonly #known = new Set<string>();
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
    if (this.#known.has(name)) return;
    this.#known.add(name);
    const kind = sorted.map(({ code, sign }) => `${sign}${code}`).join(' ');
    const best = this.#best.get(kind);
    if (best === undefined || compare(sorted, best) < 0) this.#best.set(kind, sorted);
  }

  /** Notes how many combinations were possible, for {@link Hit.weak}. */
  tried(combinations: number): void {
    this.#tried += BigInt(Math.max(0, Math.ceil(combinations)));
  }

  get count(): number {
    return this.#known.size;
  }

  /** The best two, each of another kind, told with the largest amount that a term could have. */
  best({ size, largest, currency }: { size: number; largest: Micros; currency: string }): Hit[] {
    // A random difference lies anywhere between −size × largest and size × largest.
    const places = (2n * BigInt(size) * largest) / smallestUnit(currency) + 1n;
    const weak = this.#tried * CHANCE > places;
    const best = [...this.#best.values()].sort(compare).slice(0, 2);
    return best.map((terms) => ({ terms, others: this.count - 1, weak }));
  }
}

/** A term of an atom. */
export function termOf({ key, code, amount, label, rank }: Atom, sign: 1 | -1): Term {
  return { key, code, sign, amount, label, rank };
}

const byRank = (a: Term, b: Term): number => a.rank - b.rank || (a.key < b.key ? -1 : 1);
const compare = (a: readonly Term[], b: readonly Term[]): number =>
  rankSum(a) - rankSum(b) || (nameOf(a) < nameOf(b) ? -1 : 1);
const nameOf = (terms: readonly Term[]): string => terms.map(({ key, sign }) => `${sign}${key}`).join(' ');
const rankSum = (terms: readonly Term[]): number => terms.reduce((sum, { rank }) => sum + rank, 0);
