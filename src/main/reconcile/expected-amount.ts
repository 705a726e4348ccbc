import type { AmountFormula } from '../../shared/rules.ts';

/** A billion units: a line that costs more has no price for each unit, but a quantity that is none. */
const MOST = '1000000000000000';

/**
 * SQL that adds up `factor` times the price of lines `l`, in millionths. NULL where the product leaves what an amount can
 * be, as it does where another number stands under the quantity's key.
 */
export function timesPrice(factor: string): string {
  const fits = `l.price * (${factor}) BETWEEN -${MOST} AND ${MOST}`;
  return `CASE WHEN min(${fits}) IS NOT 0 THEN ifnull(sum(iif(${fits}, l.price * (${factor}), 0)), 0) END`;
}

/** Lines at the price of one unit: a merged line counts as often as it has units. */
const BY_UNIT = `(SELECT ${timesPrice('ifnull(l.quantity, 1)')} FROM lines l WHERE l.order_id = o.id)`;

/** SQL over `o` for what its lines come to by a formula, in millionths; NULL where that is no amount. */
export function linesAmount({ price }: Pick<AmountFormula, 'price'>, byUnit: string = BY_UNIT): string {
  return price === 'unit' ? byUnit : 'o.lines_total';
}

/**
 * SQL over `o` for the amount that an order should have by a formula (contract, section 13.3, M2), in millionths. NULL
 * where a component is not given. `byUnit` is the SQL for the lines where prices are those of one unit.
 */
export function expectedAmount(
  { discount, interest, shippingInterest, price }: AmountFormula,
  byUnit: string = BY_UNIT,
): string {
  return [
    linesAmount({ price }, byUnit),
    '+ o.shipping_amount',
    ...(discount === 'subtracted' ? ['- o.discount_amount'] : []),
    ...(interest === 'added' ? ['+ o.installment_interest_amount'] : []),
    ...(shippingInterest === 'added' ? ['+ o.shipping_interest_amount'] : []),
  ].join(' ');
}
