import type { ExplanationCode } from '../../../shared/explanations.ts';
import { type Micros, roundQuotient } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';
import { percentText } from './people.ts';

/** An amount that stands in the order, its payments or a matched row, and may be what a difference consists of. */
export interface Component {
  /** Tells it from every other component; also makes the order in which they are given irrelevant. */
  key: string;
  code: ExplanationCode;
  /** In millionths, with its sign. Zero explains nothing and is left out. */
  amount: Micros;
  label: Bilingual;
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
  label: Bilingual;
  level: 'order' | 'line';
  /** Keys of the components whose sum it is, or its own. */
  parts: readonly string[];
  reversed: boolean;
  /** How specific it is: the lower, the sooner it is proposed. */
  rank: number;
  /** Whether it may stand beside others; otherwise only alone. */
  combines: boolean;
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

/** The rate that a rate of Turkish VAT was before or became on 10 July 2023, in per cent. */
const OTHER_RATE: ReadonlyMap<bigint, bigint> = new Map([
  [18_000_000n, 20_000_000n],
  [20_000_000n, 18_000_000n],
  [8_000_000n, 10_000_000n],
  [10_000_000n, 8_000_000n],
]);
const HUNDRED = 100_000_000n;

export const sizeOf = (amount: Micros): Micros => (amount < 0n ? -amount : amount);

/** Every amount that may be a term: the components, what is worked out from them, in an order of its own. */
export function atomsOf({ components, currency }: ExplainInput): Atom[] {
  const atoms: Atom[] = [];
  const add = (component: Component, amount: Micros, more: Partial<Atom> = {}): void => {
    if (amount === 0n) return;
    const { key, code, level, label, base = key } = component;
    const made = { key, base, code, amount: sizeOf(amount), label, level, rank: rankOf(code), combines: true };
    atoms.push({ ...made, parts: [more.key ?? key], reversed: false, ...more });
  };
  for (const component of considered(components)) {
    const { key, amount, label, level, taxRate, parts = [key], reversed = false } = component;
    add(component, amount, { parts, reversed, rank: reversed ? REVERSED_RANK : rankOf(component.code) });
    if (level === 'order' && !reversed) {
      add(component, 2n * amount, {
        key: `${key}:flip`,
        code: 'sign-flip',
        rank: rankOf('sign-flip'),
        label: twice(label),
      });
    }
    if (taxRate !== undefined && taxRate > 0n) addTaxes(component, taxRate);
  }
  return atoms.sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1));

  function addTaxes(component: Component, rate: Micros): void {
    const { key, amount, label } = component;
    const tax = taxIn(amount, rate, currency);
    const { en, tr } = percentText(rate);
    add(component, tax, {
      key: `${key}:tax`,
      base: `${key}:tax`,
      code: 'tax',
      rank: rankOf('tax'),
      label: { en: `${en} % tax in ${label.en}`, tr: `${label.tr} içindeki %${tr} vergi` },
    });
    const other = OTHER_RATE.get(rate);
    if (other === undefined) return;
    const change = { code: 'vat-change' as const, rank: rankOf('vat-change'), combines: false, base: `${key}:tax` };
    const rates = `${en} % → ${percentText(other).en} %`;
    add(component, taxIn(amount, other, currency) - tax, {
      ...change,
      key: `${key}:vat-gross`,
      label: { en: `tax ${rates} in ${label.en}, price kept`, tr: `${label.tr} vergisi ${rates}, fiyat aynı` },
    });
    add(component, roundQuotient(amount * (HUNDRED + other), HUNDRED + rate, currency) - amount, {
      ...change,
      key: `${key}:vat-net`,
      label: { en: `tax ${rates} on ${label.en}, net kept`, tr: `${label.tr} vergisi ${rates}, net aynı` },
    });
  }
}

/** Amounts of lines beyond this number are left out: their discounts and interests first. */
const MOST_LINE_AMOUNTS = 600;

function considered(components: readonly Component[]): readonly Component[] {
  const ofLines = components.filter(({ level, amount }) => level === 'line' && amount !== 0n);
  if (ofLines.length <= MOST_LINE_AMOUNTS) return components;
  const byKey = ofLines.filter(({ code }) => code === 'line').sort((a, b) => (a.key < b.key ? -1 : 1));
  return [...components.filter(({ level }) => level === 'order'), ...byKey.slice(0, MOST_LINE_AMOUNTS)];
}

/** The tax that a price contains, rounded to the currency. */
export function taxIn(price: Micros, rate: Micros, currency: string): Micros {
  return roundQuotient(price * rate, HUNDRED + rate, currency);
}

function twice(label: Bilingual): Bilingual {
  return { en: `sign of ${label.en} turned (twice)`, tr: `${label.tr} işareti ters (iki kat)` };
}
