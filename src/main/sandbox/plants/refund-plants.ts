import type { DraftOrder } from '../draft-types.ts';
import { elementAt } from '../random.ts';
import { type PlantKind, paymentsKind, plantKind } from './plant-kind.ts';

/** Where a cancellation may get stuck on its way. */
const UNDER_WAY = ['waiting', 'confirmation_waiting', 'confirmed', 'approved', 'waiting_for_payment'] as const;

/** What may be wrong with an order's refunds, beside what every block has. */
export const REFUND_PLANTS: readonly PlantKind[] = [
  paymentsKind('refund.without-cancellation', (order) => payBackFirst(order), { twist: () => 'plan-absent' }),
  paymentsKind('refund.transactions', (order) => takeBackFirst(order), {
    twist: (variant) => (variant % 2 === 0 ? 'refund-less' : 'refund-absent'),
  }),
  paymentsKind('refund.plan', (order) => takeBackFirst(order), { twist: () => 'plan-other-amount' }),
  paymentsKind('refund.stuck', cancelUnderWay(0), { placedDaysAgo: 30 }),
  paymentsKind('refund.stuck', cancelUnderWay(2), { placedDaysAgo: 30, name: 'stuck elsewhere' }),
  plantKind('refund.manual-needed', (order, { variant }) => {
    elementAt(order.lines, variant).cancelStatus = 'manuel_refund_need';
  }),
  paymentsKind('refund.double', (order) => takeBackFirst(order), { twist: () => 'refund-in-halves' }),
  paymentsKind('refund.double', (order) => takeBackFirst(order), { name: 'plan twice', twist: () => 'plan-twice' }),
  paymentsKind('refund.transactions + refund.double', (order) => takeBackFirst(order), {
    name: 'paid back twice',
    twist: () => 'refund-twice',
  }),
];

function cancelUnderWay(offset: number): PlantKind['breakDraft'] {
  return (order, { variant }) => {
    elementAt(order.lines, variant).cancelStatus = elementAt(UNDER_WAY, variant + offset);
  };
}

/** Pays back what the first line is worth: an even number of units, so that it can be halved. */
function payBackFirst(order: DraftOrder): void {
  const line = elementAt(order.lines, 0);
  const pair = 2 * order.currency.step;
  order.refundAmount = Math.floor((line.price - line.discount) / pair) * pair;
}

function takeBackFirst(order: DraftOrder): void {
  elementAt(order.lines, 0).status = '600';
  payBackFirst(order);
}
