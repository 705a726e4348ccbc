import { TRY } from '../catalogue.ts';
import type { DraftOrder } from '../draft-types.ts';
import { elementAt } from '../random.ts';
import { type PlantKind, paymentsKind, plantKind } from './plant-kind.ts';

/** Rates that were valid before 10 July 2023, or never: every generated order was placed later. */
const WRONG_RATES = ['18.00', '8.00', '19.00'] as const;

/** What may be wrong with an order's amounts, beside what every block has. */
export const AMOUNT_PLANTS: readonly PlantKind[] = [
  paymentsKind('amount.payment', () => {}, {
    twist: (variant) => (variant % 2 === 0 ? 'captured-less' : 'captured-twice'),
  }),
  plantKind('amount.discount', (order, { variant }) => {
    const wrong = (variant % 2 === 0 ? 1 : 250) * order.currency.step;
    order.discount += wrong;
    order.amount -= wrong;
  }),
  paymentsKind('amount.discount', (order) => discountLine(order, 10 * order.currency.step), {
    name: 'discount item absent',
    twist: () => 'discount-item-absent',
  }),
  plantKind('amount.interest', (order, { variant }) => {
    // The order's interest counts for its amount, a line's for nothing else.
    elementAt(order.lines, variant).interest += (variant % 2 === 0 ? 1 : 120) * order.currency.step;
  }),
  plantKind(
    'amount.tax',
    (order, { variant }) => {
      elementAt(order.lines, variant).taxRate = elementAt(WRONG_RATES, variant);
    },
    { currency: TRY },
  ),
  plantKind('amount.negative', (order, { variant }) => {
    const step = order.currency.step;
    if (variant % 3 === 0) order.shippingRefund = -step;
    else if (variant % 3 === 1) order.discountRefund = -100 * step;
    else discountLine(order, -elementAt(order.lines, 0).discount - 5 * step);
  }),
];

/** Gives the first line so much more discount; everything else follows. */
function discountLine(order: DraftOrder, more: number): void {
  elementAt(order.lines, 0).discount += more;
  order.discount += more;
  order.amount -= more;
}
