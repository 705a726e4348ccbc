import { AppError } from '../../../shared/errors.ts';
import { formatAmount, type Micros } from '../../../shared/money.ts';
import type { AmountFormula } from '../../../shared/rules.ts';
import type { MappedLine, MappedOrder } from '../../omnitron/mapped-order.ts';

/** Which lines of an order are cancelled or taken back, and whether shipping is. */
export interface CancellationChoice {
  all: boolean;
  lines: readonly number[];
  cargo: boolean;
}

/** The largest amount that `local.db` can hold. */
const LARGEST: Micros = 9_223_372_036_854_775_807n;

/**
 * The chosen lines, ascending by id.
 * @throws AppError VALUE_INVALID for no line or one named twice, or lines named beside `all`; LINE_UNKNOWN
 */
export function chosenLines(order: MappedOrder, { all, lines }: CancellationChoice): MappedLine[] {
  if (all && lines.length > 0) throw invalid('Name single lines or the whole order, not both.');
  if (new Set(lines).size !== lines.length) throw invalid('A line is named twice.');
  const unknown = lines.find((id) => !order.lines.some((line) => line.id === id));
  if (unknown !== undefined) {
    throw new AppError('LINE_UNKNOWN', `Line ${unknown} is not one of order ${order.number}. Sync, then try again.`);
  }
  const chosen = all ? order.lines : order.lines.filter(({ id }) => lines.includes(id));
  if (chosen.length === 0) throw invalid('Choose at least one line to cancel.');
  return chosen;
}

/**
 * What cancelling these lines gives back: their prices, less their discounts and times their units as the formula in
 * force says (contract, section 13.3), plus the order's shipping with `cargo`. It is what the person confirms; Omnitron
 * works its refund out itself.
 * @throws AppError VALUE_INVALID where it cannot be worked out, and as {@link chosenLines}
 */
export function workOut(
  order: MappedOrder,
  choice: CancellationChoice,
  formula: Pick<AmountFormula, 'discount' | 'price'>,
): { amount: string; currency: string; micros: Micros } {
  const chosen = chosenLines(order, choice);
  const { currency } = order;
  if (chosen.some((line) => line.currency !== currency)) {
    throw invalid(`Order ${order.number} has lines in another currency than its own. Cancel it in Omnitron.`);
  }
  const worth = chosen.map((line) => priceOf(line, formula) - discountOf(order, line, formula));
  const micros = [...worth, choice.cargo ? shippingOf(order) : 0n].reduce((sum, each) => sum + each, 0n);
  if (micros < 0n || micros > LARGEST) {
    throw invalid(`Order ${order.number} comes to no amount that can be given back. Cancel it in Omnitron.`);
  }
  return { amount: formatAmount(micros, currency), currency, micros };
}

function priceOf({ price, quantity }: MappedLine, formula: Pick<AmountFormula, 'price'>): Micros {
  return formula.price === 'unit' ? price * BigInt(quantity ?? 1) : price;
}

/** A discount that is not given is none only where the whole order has none. */
function discountOf(
  order: MappedOrder,
  { id, discountAmount }: MappedLine,
  formula: Pick<AmountFormula, 'discount'>,
): Micros {
  if (formula.discount === 'included') return 0n;
  if (discountAmount !== null) return discountAmount;
  if (order.discountAmount === 0n) return 0n;
  throw invalid(`Omnitron does not give the discount of line ${id}, so what it gives back cannot be worked out.`);
}

function shippingOf({ number, shippingAmount }: MappedOrder): Micros {
  if (shippingAmount !== null) return shippingAmount;
  throw invalid(`Omnitron does not give the shipping of order ${number}, so it cannot be worked out.`);
}

function invalid(message: string): AppError {
  return new AppError('VALUE_INVALID', message);
}
