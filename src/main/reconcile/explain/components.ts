import type { ExplanationCode } from '../../../shared/explanations.ts';
import { type Micros, roundQuotient } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';

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
  const add = ({ key, code, level, label }: Component, amount: Micros, more: Partial<Atom> = {}): void => {
    if (amount === 0n) return;
    const made = { key, base: key, code, amount: sizeOf(amount), label, level, rank: rankOf(code), combines: true };
    atoms.push({ ...made, ...more });
  };
  for (const component of considered(components)) {
    const { key, amount, label, level, taxRate } = component;
    add(component, amount);
    if (level === 'order') {
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
    const percent = percentText(rate);
    add(component, tax, {
      key: `${key}:tax`,
      base: `${key}:tax`,
      code: 'tax',
      rank: rankOf('tax'),
      label: { en: `${percent} % tax in ${label.en}`, tr: `${label.tr} içindeki %${percent} vergi` },
    });
    const other = OTHER_RATE.get(rate);
    if (other === undefined) return;
    const change = { code: 'vat-change' as const, rank: rankOf('vat-change'), combines: false, base: `${key}:tax` };
    const rates = `${percent} % → ${percentText(other)} %`;
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

/** A rate in millionths as text, without zeros at the end: `20`, `8.5`. */
function percentText(rate: Micros): string {
  const whole = rate / 1_000_000n;
  const rest = (rate % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return rest === '' ? `${whole}` : `${whole}.${rest}`;
}
