import { type Micros, roundQuotient, smallestUnit } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';
import { type Atom, type Component, HUNDRED, rankOf, sizeOf, taxIn } from './components.ts';
import { percentText } from './people.ts';

/** The rate that a rate of Turkish VAT was before or became on 10 July 2023, in per cent. */
const OTHER_RATE: ReadonlyMap<bigint, bigint> = new Map([
  [18_000_000n, 20_000_000n],
  [20_000_000n, 18_000_000n],
  [8_000_000n, 10_000_000n],
  [10_000_000n, 8_000_000n],
]);

/** Whether it has a rate that was, or became, another one. */
export const changesVat = ({ taxRate }: Component): boolean => taxRate !== undefined && OTHER_RATE.has(taxRate);

/** A way in which a price or its tax changes with the rate: by how much, and around what share of the price. */
interface Way {
  suffix: string;
  change(price: Micros): Micros;
  /** The share, not yet rounded: share × price ÷ of. */
  share: bigint;
  of: bigint;
  label(name: Bilingual): Bilingual;
}

/**
 * What a change of the VAT rate makes of a price that has the one or the other: with the price kept, or the net. Never
 * stands beside others, so that only those of the wanted size are answered.
 */
export function vatChanges(components: readonly Component[], size: Micros, currency: string): Atom[] {
  const ways = new Map([...OTHER_RATE].map(([rate, other]) => [rate, waysOf(rate, other, currency)]));
  // Rounding moves a difference of two rounded amounts by less than one unit.
  const [least, most] = [size - smallestUnit(currency), size + smallestUnit(currency)];
  return components.flatMap((component) =>
    (component.taxRate === undefined ? [] : (ways.get(component.taxRate) ?? [])).flatMap((way): Atom[] => {
      const about = sizeOf(component.amount) * way.share;
      // Rounded only where it may be: dividing takes longer than everything else.
      if (about < least * way.of || about > most * way.of) return [];
      return sizeOf(way.change(component.amount)) === size ? [atomOf(component, way, size)] : [];
    }),
  );
}

function waysOf(rate: Micros, other: Micros, currency: string): Way[] {
  const [old, now] = [HUNDRED + rate, HUNDRED + other];
  const rates = `${percentText(rate).en} % → ${percentText(other).en} %`;
  const change = sizeOf(other - rate);
  return [
    {
      suffix: 'vat-gross',
      change: (price) => taxIn(price, other, currency) - taxIn(price, rate, currency),
      share: HUNDRED * change,
      of: old * now,
      label: ({ en, tr }) => ({ en: `tax ${rates} in ${en}, price kept`, tr: `${tr} vergisi ${rates}, fiyat aynı` }),
    },
    {
      suffix: 'vat-net',
      change: (price) => roundQuotient(price * now, old, currency) - price,
      share: change,
      of: old,
      label: ({ en, tr }) => ({ en: `tax ${rates} on ${en}, net kept`, tr: `${tr} vergisi ${rates}, net aynı` }),
    },
  ];
}

function atomOf({ key, level, label }: Component, way: Way, amount: Micros): Atom {
  const name = `${key}:${way.suffix}`;
  return {
    key: name,
    base: `${key}:tax`,
    code: 'vat-change',
    amount,
    label: () => way.label(label()),
    level,
    parts: [name],
    reversed: false,
    rank: rankOf('vat-change'),
  };
}
