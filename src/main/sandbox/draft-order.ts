import { CURRENCY_MIX, ERP_STATUSES, type SandboxCurrency, STATUS_MIX } from './catalogue.ts';
import { placeInSeries } from './dense-series.ts';
import { decideFate } from './draft-fate.ts';
import { decideInvoices } from './draft-invoices.ts';
import { draftLines } from './draft-lines.ts';
import type { DraftOrder } from './draft-types.ts';
import { plantAt } from './planting.ts';
import type { Plant } from './plants/plant-kind.ts';
import { elementAt, RandomStream } from './random.ts';

/**
 * Decides everything about the order with this index that a filter or a sum depends on. A clean order is made so that
 * no check has anything to say about it; what is planted is broken at the very end. Null as `plant` leaves it clean.
 */
export function draftOrder(seed: number, index: number, plant: Plant | null = plantAt(seed, index)): DraftOrder {
  const random = new RandomStream(seed, index);
  const status = chooseStatus(index, plant, random);
  const anyCurrency = random.pick(CURRENCY_MIX);
  const currency = plant?.kind.currency ?? anyCurrency;
  const order: DraftOrder = {
    index,
    status,
    currency,
    lines: draftLines(random, currency, status),
    isSend: ERP_STATUSES.includes(status) || status === '600' || (random.chance(10) && status !== '100'),
    refund: 'none',
    ...chooseShipping(random, currency),
    netShipping: 0,
    discount: 0,
    interest: 0,
    amount: 0,
    refundAmount: 0,
    discountRefund: 0,
    shippingRefund: 0,
    invoice: null,
  };
  if (plant === null) decideFate(order, random);
  sumUp(order);
  payBack(order, random);
  decideInvoices(order, random, plant);
  plant?.kind.breakDraft(order, plant);
  return order;
}

function chooseStatus(index: number, plant: Plant | null, random: RandomStream): string {
  if (plant === null && placeInSeries(index) === null) return random.pick(STATUS_MIX);
  const statuses = plant?.kind.statuses ?? null;
  return statuses === null ? random.pick(['550', '550', '500', '510']) : elementAt(statuses, plant?.variant ?? 0);
}

function chooseShipping(
  random: RandomStream,
  currency: SandboxCurrency,
): { shipping: number; shippingInterest: number } {
  if (random.chance(35)) return { shipping: 0, shippingInterest: 0 };
  const factor = random.pick([10, 10, 12, 15, 20]);
  const shipping = Math.floor((currency.shipping * factor) / 10) * currency.step;
  const interest = random.chance(12)
    ? Math.floor((currency.shipping * (2 + random.below(9))) / 100) * currency.step
    : 0;
  return { shipping, shippingInterest: interest };
}

/** The totals as the program under test assumes them: prices + shipping − discount + both interests. */
function sumUp(order: DraftOrder): void {
  let prices = 0;
  for (const line of order.lines) {
    prices += line.price;
    order.discount += line.discount;
    order.interest += line.interest;
  }
  order.netShipping = order.shipping + order.shippingInterest;
  order.amount = prices + order.netShipping - order.discount + order.interest;
}

function payBack(order: DraftOrder, random: RandomStream): void {
  if (order.refund === 'all') {
    order.refundAmount = order.amount;
    order.discountRefund = order.discount;
    order.shippingRefund = order.netShipping;
  } else if (order.refund === 'shipping') {
    order.refundAmount = order.netShipping;
    order.shippingRefund = order.netShipping;
  } else if (order.refund === 'lines') {
    for (const line of order.lines) {
      if (!line.refunded) continue;
      order.refundAmount += line.price - line.discount;
      order.discountRefund += line.discount;
    }
    // Now and then only a part of the line's value goes back, as for one unit of a merged line.
    if (random.chance(20)) order.refundAmount = partOf(order.refundAmount, order.currency.step);
  }
}

function partOf(units: number, step: number): number {
  return Math.max(step, Math.floor(units / 2 / step) * step);
}
