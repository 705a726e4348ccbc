import type { Micros } from '../../../shared/money.ts';
import { type Atom, type ExplainInput, sizeOf } from './components.ts';
import type { AtomMap } from './few-of-each.ts';
import { type Hits, termOf } from './hits.ts';
import { mostRounded, roundingTerm } from './singles.ts';
import type { Work } from './work.ts';

const SIGNS = [1, -1] as const;

/** The atoms that stand beside others, split by what they are of. */
export interface Combining {
  all: readonly Atom[];
  order: readonly Atom[];
  /** Prices of lines. */
  prices: readonly Atom[];
  map: AtomMap;
}

/** An atom with a sign. */
interface Signed {
  atom: Atom;
  sign: 1 | -1;
  amount: Micros;
}

const signedOf = (atoms: readonly Atom[]): Signed[] =>
  atoms.flatMap((atom) => SIGNS.map((sign) => ({ atom, sign, amount: sign === 1 ? atom.amount : -atom.amount })));

/** Adds the terms together with each that fills the rest: none that is one of them, and none that cancels one. */
function addFilled(beside: readonly Signed[], fits: readonly Atom[], rest: Micros, hits: Hits): void {
  const sign = rest < 0n ? -1 : 1;
  for (const atom of fits) {
    if (beside.some((one) => one.atom.base === atom.base || cancels(one, atom, sign))) continue;
    hits.add([...beside.map((one) => termOf(one.atom, one.sign)), termOf(atom, sign)]);
  }
}

const cancels = (one: Signed, atom: Atom, sign: 1 | -1): boolean =>
  one.sign !== sign && one.atom.amount === atom.amount;

/** Finds every explanation of two terms, as far as the steps last. */
export function findPairs(input: ExplainInput, { all, order, map }: Combining, work: Work, hits: Hits): void {
  const { difference } = input;
  for (const one of signedOf(all)) {
    if (!work.step()) return;
    const rest = difference - one.amount;
    const fits = map.get(sizeOf(rest));
    if (fits !== undefined) addFilled([one], fits, rest, hits);
  }
  const most = mostRounded(input);
  for (const one of signedOf(order)) {
    const rest = difference - one.amount;
    if (rest !== 0n && sizeOf(rest) <= most) hits.add([termOf(one.atom, one.sign), roundingTerm(rest, input)]);
  }
  hits.tried(2 * all.length * all.length + order.length * 2 * input.lines);
}

/** Finds explanations of three terms: two of the order and any, or one of the order and two lines of one sign. */
export function findTriples(input: ExplainInput, { all, order, prices, map }: Combining, work: Work, hits: Hits): void {
  const firsts = signedOf(order);
  for (const [place, a] of firsts.entries()) {
    const left = input.difference - a.amount;
    for (let next = place + 1; next < firsts.length; next += 1) {
      const b = firsts[next];
      if (b === undefined || a.atom.base === b.atom.base || cancels(a, b.atom, b.sign)) continue;
      if (!work.step()) return;
      const rest = left - b.amount;
      const fits = map.get(sizeOf(rest));
      if (fits !== undefined) addFilled([a, b], fits, rest, hits);
    }
  }
  hits.tried(4 * order.length * order.length * all.length);
  const signedPrices = signedOf(prices);
  for (const a of firsts) {
    const left = input.difference - a.amount;
    for (const price of signedPrices) {
      if (!work.step()) return;
      const rest = left - price.amount;
      if (rest < 0n === (price.sign === 1)) continue;
      const fits = map.get(sizeOf(rest))?.filter(({ code }) => code === 'line');
      if (fits !== undefined && !cancels(a, price.atom, price.sign)) addFilled([a, price], fits, rest, hits);
    }
  }
  hits.tried(2 * order.length * prices.length * prices.length);
}

/** More lines than this have so many subsets that one of them would fit nearly any amount. */
export const MOST_SUBSET_LINES = 12;

/** Some lines, and what their prices add up to. */
interface LineSet {
  sum: Micros;
  atoms: readonly Atom[];
}

/**
 * Finds the sets of lines whose prices add up to the difference: both halves of the lines are added up in every way, once
 * for all sizes, and the sums of one half are looked up among those of the other.
 */
export function lineSets({ difference }: ExplainInput, prices: readonly Atom[], work: Work) {
  const [wanted, sign] = [sizeOf(difference), difference < 0n ? -1 : 1] as const;
  let halves: { left: LineSet[]; right: Map<Micros, (readonly Atom[])[]> } | null = null;

  /** Finds those of so many lines. */
  return function find(size: number, hits: Hits): void {
    if (prices.length > MOST_SUBSET_LINES) return;
    halves ??= inHalves(prices, work);
    for (const { sum, atoms } of halves.left) {
      if (!work.step()) return;
      for (const rest of halves.right.get(wanted - sum) ?? []) {
        if (atoms.length + rest.length !== size) continue;
        if (work.left === 0) return;
        hits.add([...atoms, ...rest].map((atom) => termOf(atom, sign)));
      }
    }
    hits.tried(2 ** prices.length);
  };
}

function inHalves(prices: readonly Atom[], work: Work): { left: LineSet[]; right: Map<Micros, (readonly Atom[])[]> } {
  const middle = prices.length >> 1;
  const right = new Map<Micros, (readonly Atom[])[]>();
  for (const { sum, atoms } of subsets(prices.slice(middle), work)) {
    const same = right.get(sum);
    if (same === undefined) right.set(sum, [atoms]);
    else same.push(atoms);
  }
  return { left: subsets(prices.slice(0, middle), work), right };
}

function subsets(atoms: readonly Atom[], work: Work): LineSet[] {
  let found: LineSet[] = [{ sum: 0n, atoms: [] }];
  for (const atom of atoms) {
    if (!work.step(found.length)) return found;
    found = found.flatMap((one) => [one, { sum: one.sum + atom.amount, atoms: [...one.atoms, atom] }]);
  }
  return found;
}
