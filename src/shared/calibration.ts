import { z } from 'zod';
import { type AmountFormula, amountFormula } from './rules.ts';

/** The parts of a formula that calibration decides about. */
export const FORMULA_PARTS = ['discount', 'interest', 'shippingInterest', 'price'] as const;
export type FormulaPart = (typeof FORMULA_PARTS)[number];

/** Every candidate, the documented one first. */
export const FORMULAS: readonly AmountFormula[] = (['line', 'unit'] as const).flatMap((price) =>
  (['added', 'included'] as const).flatMap((shippingInterest) =>
    (['added', 'included'] as const).flatMap((interest) =>
      (['subtracted', 'included'] as const).map((discount) => ({ discount, interest, shippingInterest, price })),
    ),
  ),
);

const count = z.number().int().nonnegative();

/** How many of some orders a formula explains, and the share in per cent with two decimals, cut off; null of none. */
export const explainedShare = z.strictObject({
  orders: count,
  explained: count,
  percent: z
    .string()
    .regex(/^\d{1,3}\.\d{2}$/)
    .nullable(),
});
export type ExplainedShare = z.infer<typeof explainedShare>;

/** One formula tried on the tenant's orders. */
export const candidate = z.strictObject({
  formula: amountFormula,
  all: explainedShare,
  /** Among orders with a component that tells formulas apart. */
  telling: explainedShare,
  /** The same by component: a discount, an interest, shipping interest, a merged line of several units. */
  by: z.strictObject({
    discount: explainedShare,
    interest: explainedShare,
    shippingInterest: explainedShare,
    price: explainedShare,
  }),
  inForce: z.boolean(),
  proposed: z.boolean(),
});
export type Candidate = z.infer<typeof candidate>;

/**
 * Whether the data decides about a part of the formula. told: it does; tied: both choices explain equally many orders;
 * few: fewer than {@link FEW_ORDERS} orders have the component; none: no order has.
 */
export const evidence = z.enum(['told', 'tied', 'few', 'none']);
export type Evidence = z.infer<typeof evidence>;

/** Fewer orders than this prove nothing. */
export const FEW_ORDERS = 20;

/** The outcome of trying every formula on the tenant's orders. */
export const calibration = z.strictObject({
  /** Orders that were judged, and those that could not be: a component is not given, or currencies are mixed. */
  orders: count,
  notJudged: count,
  /** Lines of the judged orders, those whose attributes name a quantity, and those of more than one unit. */
  lines: count,
  linesWithQuantity: count,
  mergedLines: count,
  /**
   * The attribute under which quantities are looked for, the one with which everything held was read (null = not all with the
   * same one), and other attributes of lines that hold whole numbers.
   */
  quantityKey: z.strictObject({ inForce: z.string(), heldBy: z.string().nullable(), others: z.array(z.string()) }),
  evidence: z.strictObject({ discount: evidence, interest: evidence, shippingInterest: evidence, price: evidence }),
  /** The best first. */
  candidates: z.array(candidate),
  /** The formula that explains most orders; null where there is no order to judge. */
  proposal: amountFormula.nullable(),
});
export type Calibration = z.infer<typeof calibration>;

/** True for the same formula. */
export function isSameFormula(one: AmountFormula, other: AmountFormula): boolean {
  return FORMULA_PARTS.every((part) => one[part] === other[part]);
}
