import type { Micros } from '../../../shared/money.ts';
import { type Atom, type ExplainInput, sizeOf } from './components.ts';
import { type Hits, type Term, termOf } from './hits.ts';
import { type AtomMap, isRounding, roundingTerm } from './singles.ts';
import type { Work } from './work.ts';

const SIGNS = [1, -1] as const;
const signed = (atom: Atom, sign: 1 | -1): Micros => (sign === 1 ? atom.amount : -atom.amount);

/** The atoms that stand beside others, split by what they are of. */
export interface Combining {
  all: readonly Atom[];
  order: readonly Atom[];
  /** Prices of lines. */
  prices: readonly Atom[];
  map: AtomMap;
}

/** The atom, if any, that fills a rest with the others: none that is one of them, and none that cancels one. */
function filling(map: AtomMap, rest: Micros, beside: readonly Term[], bases: readonly string[]): Term[] {
  if (rest === 0n) return [];
  const sign = rest < 0n ? -1 : 1;
  return (map.get(sizeOf(rest)) ?? [])
    .filter((atom) => !bases.includes(atom.base) && !beside.some((term) => cancels(term, atom, sign)))
    .map((atom) => termOf(atom, sign));
}

const cancels = (term: Term, atom: Atom, sign: 1 | -1): boolean => term.sign !== sign && term.amount === atom.amount;

/** Finds every explanation of two terms, as far as the steps last. */
export function findPairs(input: ExplainInput, { all, order, map }: Combining, work: Work, hits: Hits): void {
  const { difference } = input;
  for (const atom of all) {
    for (const sign of SIGNS) {
      if (!work.step()) return;
      const term = termOf(atom, sign);
      for (const other of filling(map, difference - signed(atom, sign), [term], [atom.base])) hits.add([term, other]);
    }
  }
  for (const atom of order) {
    for (const sign of SIGNS) {
      const rest = difference - signed(atom, sign);
      if (isRounding(sizeOf(rest), input)) hits.add([termOf(atom, sign), roundingTerm(rest, input)]);
    }
  }
  hits.tried(2 * all.length * all.length + order.length * 2 * input.lines);
}

/** Finds explanations of three terms: two of the order and any, or one of the order and two lines of one sign. */
export function findTriples(input: ExplainInput, { all, order, prices, map }: Combining, work: Work, hits: Hits): void {
  const { difference } = input;
  const firsts = order.flatMap((atom) => SIGNS.map((sign) => ({ atom, sign, term: termOf(atom, sign) })));
  for (const [place, a] of firsts.entries()) {
    for (const b of firsts.slice(place + 1)) {
      if (a.atom.base === b.atom.base || cancels(a.term, b.atom, b.sign)) continue;
      if (!work.step()) return;
      const rest = difference - signed(a.atom, a.sign) - signed(b.atom, b.sign);
      const bases = [a.atom.base, b.atom.base];
      for (const other of filling(map, rest, [a.term, b.term], bases)) hits.add([a.term, b.term, other]);
    }
  }
  hits.tried(4 * order.length * order.length * all.length);
  const ofPrices = mapOf(prices);
  for (const a of firsts) {
    for (const price of prices) {
      for (const sign of SIGNS) {
        if (!work.step()) return;
        const rest = difference - signed(a.atom, a.sign) - signed(price, sign);
        if (rest < 0n === (sign === 1)) continue;
        const term = termOf(price, sign);
        if (cancels(a.term, price, sign)) continue;
        const bases = [a.atom.base, price.base];
        for (const other of filling(ofPrices, rest, [a.term, term], bases)) hits.add([a.term, term, other]);
      }
    }
  }
  hits.tried(2 * order.length * prices.length * prices.length);
}

/** More lines than this have so many subsets that one of them would fit nearly any amount. */
export const MOST_SUBSET_LINES = 12;

/**
 * Finds the sets of `size` lines whose prices add up to the difference: both halves of the lines are added up in every
 * way, and the sums of one half are looked up among those of the other.
 */
export function findLineSets(
  { difference }: ExplainInput,
  prices: readonly Atom[],
  size: number,
  work: Work,
  hits: Hits,
): void {
  if (prices.length > MOST_SUBSET_LINES) return;
  const wanted = sizeOf(difference);
  const sign = difference < 0n ? -1 : 1;
  const middle = prices.length >> 1;
  const left = subsets(prices.slice(0, middle), work);
  const right = subsets(prices.slice(middle), work);
  const bySum = new Map<Micros, Atom[][]>();
  for (const { sum, atoms } of right) bySum.set(sum, [...(bySum.get(sum) ?? []), atoms]);
  for (const { sum, atoms } of left) {
    if (!work.step()) return;
    for (const rest of bySum.get(wanted - sum) ?? []) {
      if (atoms.length + rest.length === size) hits.add([...atoms, ...rest].map((atom) => termOf(atom, sign)));
    }
  }
  hits.tried(2 ** prices.length);
}

function subsets(atoms: readonly Atom[], work: Work): { sum: Micros; atoms: Atom[] }[] {
  let found: { sum: Micros; atoms: Atom[] }[] = [{ sum: 0n, atoms: [] }];
  for (const atom of atoms) {
    if (!work.step()) return found;
    found = found.flatMap((one) => [one, { sum: one.sum + atom.amount, atoms: [...one.atoms, atom] }]);
  }
  return found;
}

/** Atoms by amount. */
export function mapOf(atoms: readonly Atom[]): Map<Micros, Atom[]> {
  const map = new Map<Micros, Atom[]>();
  for (const atom of atoms) {
    const same = map.get(atom.amount);
    if (same === undefined) map.set(atom.amount, [atom]);
    else same.push(atom);
  }
  return map;
}
