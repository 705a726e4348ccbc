import { formatAmount, type Micros, roundQuotient, smallestUnit } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';
import { type Atom, type ExplainInput, rankOf, sizeOf, twice } from './components.ts';
import { type AtomMap, MOST_ALIKE } from './few-of-each.ts';
import { type Hits, type Term, termOf } from './hits.ts';
import { people } from './people.ts';
import { changesVat, vatChanges } from './vat-changes.ts';

const FACTORS = [10n, 100n, 1_000n];
const ONE = 1_000_000n;
/** An amount of the whole finding says more than one of its parts. */
const TOTAL_RANK = 2;
const TOTAL = 'total';

/** Finds every explanation that is a single term. */
export function findSingles(input: ExplainInput, atoms: readonly Atom[], map: AtomMap, hits: Hits): void {
  const size = sizeOf(input.difference);
  const sign = input.difference < 0n ? -1 : 1;
  const add = (atom: Atom): void => hits.add([termOf(atom, sign)]);
  for (const atom of map.get(size) ?? []) add(atom);
  if (size <= mostRounded(input)) hits.add([roundingTerm(input.difference, input)]);

  const changes = vatChanges(input.components, size, input.currency);
  const whole = totals(input);
  const misread = (of: Atom, code: 'factor' | 'transposed', other: Micros, way: Bilingual): void => {
    const rank = of.base === TOTAL ? TOTAL_RANK : rankOf(code);
    const label = (): Bilingual => {
      const [{ en, tr }, name] = [bothAmounts(of.amount, other, input.currency), of.label()];
      return { en: `${way.en} in ${name.en} (${en})`, tr: `${name.tr}: ${way.tr} (${tr})` };
    };
    const key = `${of.key}:${code}:${between(of.amount, other)}`;
    add({ ...of, key, parts: [key], code, amount: size, rank, label });
  };
  flips(size, map).forEach(add);
  for (const factor of FACTORS) factors(size, factor, [...whole, ...ofBase(map, size, factor)], misread);
  swaps(size, [...whole, ...atoms.filter(isOwn)], input.currency, misread);
  changes.slice(0, MOST_ALIKE).forEach(add);
  exchanges(input, size, whole).forEach(add);
  hits.tried(3 * (atoms.length + 2 * input.components.filter(changesVat).length));
}

/** The most that rounding every line on its own may come to: up to half of the smallest unit a line. */
export function mostRounded({ lines, currency }: Pick<ExplainInput, 'lines' | 'currency'>): Micros {
  return (BigInt(lines) * smallestUnit(currency)) / 2n;
}

export function roundingTerm(amount: Micros, { lines, currency }: Pick<ExplainInput, 'lines' | 'currency'>): Term {
  return {
    key: 'rounding',
    parts: ['rounding'],
    reversed: false,
    code: 'rounding',
    sign: amount < 0n ? -1 : 1,
    amount: sizeOf(amount),
    rank: rankOf('rounding'),
    label: () => {
      const { en, tr } = people(mostRounded({ lines, currency }), currency);
      return { en: `rounding of ${lines} lines (up to ${en})`, tr: `${lines} satırın yuvarlanması (en çok ${tr})` };
    },
  };
}

/** Amounts as they stand, not what was worked out from them. */
const isOwn = ({ key, base, code }: Atom): boolean => key === base && code !== 'tax';

/** The two amounts of the finding, as something that may have been misread. */
function totals({ expected, actual }: ExplainInput): Atom[] {
  const common = {
    code: 'factor' as const,
    level: 'order' as const,
    rank: TOTAL_RANK,
    reversed: false,
  };
  const label = (): Bilingual => ({ en: 'the whole amount', tr: 'toplam tutar' });
  return [expected, actual].flatMap((amount) =>
    amount === null || amount === 0n
      ? []
      : [{ ...common, key: TOTAL, base: TOTAL, parts: [TOTAL], amount: sizeOf(amount), label }],
  );
}

/** The same for two amounts, whichever is taken first. */
const between = (one: Micros, other: Micros): string => (one < other ? `${one}-${other}` : `${other}-${one}`);

/** Amounts of single lines that count against instead of for; those of the order are atoms themselves. */
function flips(size: Micros, map: AtomMap): Atom[] {
  if (size % 2n !== 0n) return [];
  const lines = (map.get(size / 2n) ?? []).filter((atom) => isOwn(atom) && atom.level === 'line');
  return lines.map((atom) => ({
    ...atom,
    key: `${atom.key}:flip`,
    parts: [`${atom.key}:flip`],
    code: 'sign-flip',
    amount: size,
    rank: rankOf('sign-flip'),
    label: () => twice(atom.label()),
  }));
}

/** Atoms that would explain the difference were they taken for a multiple or a part of themselves. */
function ofBase(map: AtomMap, size: Micros, factor: bigint): Atom[] {
  const steps = factor - 1n;
  const smaller = size % steps === 0n ? (map.get(size / steps) ?? []) : [];
  const larger = (size * factor) % steps === 0n ? (map.get((size * factor) / steps) ?? []) : [];
  return [...smaller, ...larger].filter(isOwn);
}

type Misread = (of: Atom, code: 'factor' | 'transposed', other: Micros, way: Bilingual) => void;

function factors(size: Micros, factor: bigint, atoms: readonly Atom[], misread: Misread): void {
  const way = { en: `factor ${factor}`, tr: `${factor} kat` };
  for (const atom of atoms) {
    const times = atom.amount * factor;
    if (times - atom.amount === size) misread(atom, 'factor', times, way);
    if (atom.amount % factor === 0n && atom.amount - atom.amount / factor === size) {
      misread(atom, 'factor', atom.amount / factor, way);
    }
  }
}

/** Two neighbouring digits that have changed places. */
function swaps(size: Micros, atoms: readonly Atom[], currency: string, misread: Misread): void {
  const unit = smallestUnit(currency);
  const swap = size % unit === 0n ? swapBy(size / unit) : null;
  if (swap === null) return;
  const way = { en: 'digits swapped', tr: 'rakamlar yer değiştirmiş' };
  for (const atom of atoms) {
    const other = atom.amount % unit === 0n ? swap(atom.amount / unit) : null;
    if (other !== null) misread(atom, 'transposed', other * unit, way);
  }
}

/**
 * Two neighbouring digits swapped change a number by 9 × 10ⁿ × their difference, which tells the places: what makes of a
 * number the one that differs by so much, null where there is none. Null also where no swap makes the difference.
 */
export function swapBy(difference: bigint): ((number: bigint) => bigint | null) | null {
  if (difference <= 0n || difference % 9n !== 0n) return null;
  let [place, apart] = [1n, difference / 9n];
  while (apart % 10n === 0n) [place, apart] = [place * 10n, apart / 10n];
  if (apart > 9n) return null;
  return (number) => {
    // Both places must be there.
    if (number < 10n * place) return null;
    const change = ((number / (10n * place)) % 10n) - ((number / place) % 10n);
    if (change === apart) return number - difference;
    return change === -apart ? number + difference : null;
  };
}

/** An amount taken in the row's currency instead of the order's, or the other way round. */
function exchanges({ rates, currency }: ExplainInput, size: Micros, whole: readonly Atom[]): Atom[] {
  return rates.flatMap((rate) =>
    whole.flatMap(({ key, amount }) => {
      if (rate <= 0n) return [];
      const converted = [roundQuotient(amount * rate, ONE, currency), roundQuotient(amount * ONE, rate, currency)];
      return converted
        .filter((other) => sizeOf(other - amount) === size)
        .map((other): Atom => {
          const name = `${key}:exchange:${rate}:${between(amount, other)}`;
          return {
            key: name,
            base: key,
            parts: [name],
            reversed: false,
            code: 'exchange',
            amount: size,
            level: 'order',
            rank: rankOf('exchange'),
            label: () => {
              const [{ en, tr }, at] = [bothAmounts(amount, other, currency), formatAmount(rate, 'try')];
              return { en: `exchange at ${at} (${en})`, tr: `${at} kurundan çevrim (${tr})` };
            },
          };
        });
    }),
  );
}

/** The arithmetic of two amounts, the larger first: `120.00 − 12.00`. */
function bothAmounts(one: Micros, other: Micros, currency: string): Bilingual {
  const [larger, smaller] = one > other ? [one, other] : [other, one];
  const [first, second] = [people(larger, currency), people(smaller, currency)];
  return { en: `${first.en} − ${second.en}`, tr: `${first.tr} − ${second.tr}` };
}
