import type { ExplanationCode } from '../../../shared/explanations.ts';
import { type Micros, roundQuotient } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';
import { percentText } from './people.ts';

/** The name of an amount; made only for what is proposed. */
export type Label = () => Bilingual;

/** An amount that stands in the order, its payments or a matched row, and may be what a difference consists of. */
export interface Component {
  /** Tells it from every other component; also makes the order in which they are given irrelevant. */
  key: string;
  code: ExplanationCode;
  /** In millionths, with its sign. Zero explains nothing and is left out. */
  amount: Micros;
  label: Label;
  /** Of the whole order, or of one line: of the latter there may be hundreds. */
  level: 'order' | 'line';
  /** Of a price that contains tax: the rate in per cent, millionths. */
  taxRate?: Micros;
  /** What says the same amount in another way, and never stands beside it; itself where it is left out. */
  base?: string;
  /** Keys of the components whose sum it is; itself where it is left out. */
  parts?: readonly string[];
  /** A row that has an amount of the order with the wrong sign: it says something even where it is all that was found. */
  reversed?: boolean;
}

/** What an explanation is looked for, and what it may be made of. */
export interface ExplainInput {
  /** expected − actual. */
  difference: Micros;
  expected: Micros | null;
  actual: Micros | null;
  currency: string;
  components: readonly Component[];
  /** How many lines were rounded on their own. */
  lines: number;
  /** Rates of matched rows: units of the order's currency for one of the row's, millionths. */
  rates: readonly Micros[];
}

/** An amount above zero that may stand in an explanation, with either sign. */
export interface Atom {
  key: string;
  /** Atoms of one base say the same amount in several ways and never stand together. */
  base: string;
  code: ExplanationCode;
  amount: Micros;
  label: Label;
  level: 'order' | 'line';
  /** Keys of the components whose sum it is, or its own. */
  parts: readonly string[];
  reversed: boolean;
  /** How specific it is: the lower, the sooner it is proposed. */
  rank: number;
}

/** How specific a term is; what is not named here counts as 2. */
const RANKS: Partial<Record<ExplanationCode, number>> = {
  shipping: 1,
  'shipping-interest': 1,
  discount: 1,
  interest: 1,
  refund: 1,
  'discount-refund': 1,
  'shipping-refund': 1,
  fee: 1,
  'cancelled-lines': 1,
  'refunded-lines': 1,
  lines: 3,
  tax: 4,
  'vat-change': 4,
  'sign-flip': 5,
  factor: 6,
  transposed: 7,
  rounding: 8,
};

/** A row that has an amount of the order, but for its sign, says more than that amount. */
const REVERSED_RANK = 0;

export const rankOf = (code: ExplanationCode): number => RANKS[code] ?? 2;

export const HUNDRED = 100_000_000n;

export const sizeOf = (amount: Micros): Micros => (amount < 0n ? -amount : amount);

/** Every amount that may be a term: the components, what is worked out from them, in an order of its own. */
export function atomsOf({ components, currency }: Pick<ExplainInput, 'components' | 'currency'>): Atom[] {
  const byRank: Atom[][] = [];
  const add = (atom: Atom): void => {
    if (atom.amount === 0n) return;
    const alike = byRank[atom.rank];
    if (alike === undefined) byRank[atom.rank] = [atom];
    else alike.push(atom);
  };
  for (const component of components) {
    const { key, code, amount, level, taxRate, base = key, parts = [key], reversed = false } = component;
    const rank = reversed ? REVERSED_RANK : rankOf(code);
    const size = sizeOf(amount);
    add({ key, base, code, amount: size, label: component.label, level, parts, reversed, rank });
    if (level === 'order' && !reversed) add(flipped(component, size));
    if (taxRate !== undefined && taxRate > 0n) add(taxOf(component, taxRate, currency));
  }
  // Those of one rank stand almost in the order of their keys, which makes sorting them cheap.
  return byRank.flatMap((alike) => alike.sort(byKey));
}

const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);

function flipped({ key, base = key, level, label }: Component, size: Micros): Atom {
  const flip = { key: `${key}:flip`, base, code: 'sign-flip', amount: 2n * size, level } as const;
  return { ...flip, label: () => twice(label()), parts: [flip.key], reversed: false, rank: rankOf('sign-flip') };
}

function taxOf({ key, amount, level, label }: Component, rate: Micros, currency: string): Atom {
  const tax = { key: `${key}:tax`, base: `${key}:tax`, code: 'tax', level } as const;
  return {
    ...tax,
    amount: sizeOf(taxIn(amount, rate, currency)),
    label: () => {
      const [{ en, tr }, percent] = [label(), percentText(rate)];
      return { en: `${percent.en} % tax in ${en}`, tr: `${tr} içindeki %${percent.tr} vergi` };
    },
    parts: [tax.key],
    reversed: false,
    rank: rankOf('tax'),
  };
}

/** Amounts of lines beyond this number are left out: their discounts and interests first. */
const MOST_LINE_AMOUNTS = 600;

/** The components of which terms are made. */
export function considered(components: readonly Component[]): readonly Component[] {
  const ofLines = components.filter(({ level, amount }) => level === 'line' && amount !== 0n);
  if (ofLines.length <= MOST_LINE_AMOUNTS) return components;
  const prices = ofLines.filter(({ code }) => code === 'line').sort(byKey);
  return [...components.filter(({ level }) => level === 'order'), ...prices.slice(0, MOST_LINE_AMOUNTS)];
}

/** The tax that a price contains, rounded to the currency. */
export function taxIn(price: Micros, rate: Micros, currency: string): Micros {
  return roundQuotient(price * rate, HUNDRED + rate, currency);
}

/** Of an amount that counts with the other sign. */
export function twice(label: Bilingual): Bilingual {
  return { en: `sign of ${label.en} turned (twice)`, tr: `${label.tr} işareti ters (iki kat)` };
}
