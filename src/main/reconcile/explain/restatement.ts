import type { ExplanationCode } from '../../../shared/explanations.ts';
import type { Micros } from '../../../shared/money.ts';
import { type ExplainInput, sizeOf } from './components.ts';
import type { Term } from './hits.ts';

/** Of more terms, which only lines have, no part is looked at: lines alone do not make up two amounts. */
const MOST_TERMS_TAKEN_APART = 4;
/** Parts of an order that say which one it is, not only how much. */
const NAMES_A_PART: ReadonlySet<ExplanationCode> = new Set([
  'line',
  'line-discount',
  'line-interest',
  'units',
  'cancelled-lines',
  'refunded-lines',
  'discount-item',
  'refund-transaction',
  'plan-refund',
  'tax',
]);

type Compared = Pick<ExplainInput, 'expected' | 'actual' | 'lines'>;

/**
 * Tells whether terms only say the compared amounts again. Where some of them add up to what was expected, the others are what
 * was found: "row − all lines − shipping" is the difference itself and explains nothing.
 */
export function restating({ expected, actual, lines }: Compared): (terms: readonly Term[]) => boolean {
  const compared = new Set(
    [expected, actual].flatMap((amount) => (amount === null || amount === 0n ? [] : [sizeOf(amount)])),
  );
  const isOneSided = expected === null || actual === null || expected === 0n || actual === 0n;
  return (terms) => {
    if (compared.size === 0 || isReversedSale(terms)) return false;
    if (terms.length <= MOST_TERMS_TAKEN_APART && partSums(terms).some((sum) => compared.has(sizeOf(sum)))) return true;
    if (!compared.has(sizeOf(sumOf(terms)))) return false;
    // One amount counted twice: a single term names the one too many, several only make it up.
    if (!isOneSided) return terms.length > 1;
    // Nothing stands on the other side, so the difference is the amount: only naming the parts says more than that.
    return !terms.every(({ code }) => NAMES_A_PART.has(code)) || (lines > 0 && linesOf(terms) >= lines);
  };
}

/** A row with the wrong sign, alone or beside the refund that stands in for it: what it was meant to be is the point. */
const isReversedSale = (terms: readonly Term[]): boolean =>
  terms.some(({ reversed }) => reversed) && terms.every(({ reversed, code }) => reversed || code === 'refund');

const sumOf = (terms: readonly Term[]): Micros =>
  terms.reduce((sum, { sign, amount }) => (sign === 1 ? sum + amount : sum - amount), 0n);
const linesOf = (terms: readonly Term[]): number => terms.filter(({ code }) => code === 'line').length;

/** The sums of every part of the terms that is neither none nor all of them. */
function partSums(terms: readonly Term[]): Micros[] {
  const sums = [0n];
  for (const { sign, amount } of terms) {
    for (const sum of sums.slice()) sums.push(sign === 1 ? sum + amount : sum - amount);
  }
  return sums.slice(1, -1);
}
