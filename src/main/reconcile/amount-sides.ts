import { z } from 'zod';
import type { Bilingual } from '../../shared/primitives.ts';
import { amountIn, type FindingFacts, factAmount } from './check.ts';

const micros = z.string().nullable();

/** One thing that differs: rows of a kind of statement that are sales or refunds of an order, of a match with several orders, or of a batch. */
const amountSide = z.object({
  kind: z.string(),
  side: z.enum(['sale', 'refund', 'group', 'batch']),
  orders: z.number(),
  batch: z.string().nullable(),
  currency: z.string(),
  /** The text of millionths. */
  expected: micros,
  actual: micros,
  difference: micros,
  /** Why there are no amounts to compare. */
  why: z.enum(['rate', 'currencies']).nullable(),
});
export type AmountSide = z.infer<typeof amountSide>;

/** The sides of a finding about amounts, the greatest difference first; none for another finding. */
export function sidesOf(facts: Readonly<Record<string, unknown>>): AmountSide[] {
  const { data } = z.array(amountSide).safeParse(facts.sides);
  return data ?? [];
}

const KINDS: Readonly<Record<string, Bilingual>> = {
  erp: { en: 'the ERP', tr: 'ERP' },
  gateway: { en: 'the gateway', tr: 'ödeme kuruluşu' },
  bank: { en: 'the bank', tr: 'banka' },
  marketplace: { en: 'the marketplace', tr: 'pazaryeri' },
};
const OTHER: Bilingual = { en: 'the statement', tr: 'ekstre' };

/** The sentence about a finding with sides: the greatest difference, and what differs beside it. */
export function sidesSentence(
  { facts }: FindingFacts,
  clause: (side: AmountSide) => Bilingual = amountClause,
): Bilingual {
  const clauses = sidesOf(facts).map(clause);
  const joined = (language: 'en' | 'tr', also: string): string => {
    const text = clauses.map((each) => each[language]).join(also);
    return `${text.slice(0, 1).toLocaleUpperCase(language)}${text.slice(1)}.`;
  };
  return { en: joined('en', '; also, '), tr: joined('tr', '; ayrıca ') };
}

/** The amounts of a side for people. */
export function sideAmounts({ currency, expected, actual, difference }: AmountSide) {
  const show = (value: string | null): Bilingual => amountIn(factAmount(value, currency), currency);
  return { theirs: show(expected), ours: show(actual), by: show(difference) };
}

function amountClause(side: AmountSide): Bilingual {
  const other = KINDS[side.kind] ?? OTHER;
  if (side.why !== null) return incomparable(side, other);
  const { theirs, ours, by } = sideAmounts(side);
  const orders = String(side.orders);
  switch (side.side) {
    case 'batch':
      return {
        en: `${other.en} has ${theirs.en} for the batch ${side.batch ?? ''}, whose rows pay out ${ours.en} (difference ${by.en})`,
        tr: `${other.tr} ${side.batch ?? ''} hesaplaşması için ${theirs.tr} gösteriyor, satırlarının net tutarı ${ours.tr} (fark ${by.tr})`,
      };
    case 'group':
      return {
        en: `${other.en} has ${theirs.en} for ${orders} orders together, which should bring ${ours.en} (difference ${by.en})`,
        tr: `${other.tr} birlikte ${orders} sipariş için ${theirs.tr} gösteriyor, ${ours.tr} olmalıydı (fark ${by.tr})`,
      };
    case 'refund':
      return {
        en: `${other.en} has refunds of ${theirs.en}, Omnitron has ${ours.en} (difference ${by.en})`,
        tr: `${other.tr} ${theirs.tr} iade gösteriyor, Omnitron ${ours.tr} (fark ${by.tr})`,
      };
    default:
      return {
        en: `${other.en} has ${theirs.en}, the order's amount is ${ours.en} (difference ${by.en})`,
        tr: `${other.tr} ${theirs.tr} gösteriyor, siparişin tutarı ${ours.tr} (fark ${by.tr})`,
      };
  }
}

function incomparable({ side, why }: AmountSide, other: Bilingual): Bilingual {
  const what = side === 'refund' ? { en: 'refunds', tr: 'iadelerin' } : { en: 'amounts', tr: 'tutarların' };
  return why === 'rate'
    ? {
        en: `${other.en} has ${what.en} in another currency without an exchange rate, which cannot be compared`,
        tr: `${other.tr} satırlarında ${what.tr} para birimi farklı ve kur verilmemiş, karşılaştırılamıyor`,
      }
    : {
        en: `${other.en} has ${what.en} for orders or rows in several currencies, which cannot be compared`,
        tr: `${other.tr} satırlarında ${what.tr} para birimleri birden çok, karşılaştırılamıyor`,
      };
}
