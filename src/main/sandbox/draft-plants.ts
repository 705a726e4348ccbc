import { otherCurrency } from './catalogue.ts';
import { invoiceLines, invoiceWhole } from './draft-invoices.ts';
import type { DraftLine, DraftOrder } from './draft-types.ts';
import { FOREIGN_VARIANT } from './numbers.ts';
import type { Plant } from './planting.ts';
import { elementAt } from './random.ts';

/** Breaks one thing about an order that is otherwise clean, so that exactly the planted checks have something to say. */
export function applyPlant(order: DraftOrder, plant: Plant): void {
  switch (plant.kind) {
    case 'amount.total':
      order.amount += wrongBy(order, plant.variant);
      return;
    case 'amount.currency':
      // The price stays as it is: with two currencies on one order its total means nothing and must not be judged.
      elementAt(order.lines, plant.variant).currency = otherCurrency(order.currency);
      if (plant.variant % 2 === 0) order.amount += 100 * order.currency.step;
      return;
    case 'amount.shipping':
      order.netShipping += (plant.variant % 2 === 0 ? 1 : 150) * order.currency.step;
      return;
    case 'refund.exceeds-order':
      order.refundAmount = order.amount + (plant.variant % 2 === 0 ? 1 : 1_000) * order.currency.step;
      return;
    case 'refund.missing':
      takeBackUnpaid(elementAt(order.lines, plant.variant), plant.variant);
      return;
    case 'invoice.missing':
      invoiceWhole(order, null);
      return;
    case 'invoice.line-mismatch':
      elementAt(order.lines, plant.variant).invoice =
        plant.variant % 2 === 0 ? { owner: order.index, variant: FOREIGN_VARIANT } : null;
      return;
    case 'erp.not-sent':
      order.isSend = false;
      return;
    case 'invoice.missing + erp.not-sent':
      invoiceWhole(order, null);
      order.isSend = false;
      return;
    case 'duplicate-owner':
      return;
    case 'duplicate-copy':
      repeatInvoice(order, plant);
      return;
  }
}

/** The ways in which a total is usually off: a cent, a forgotten discount, a forgotten shipping fee, a doubled line. */
function wrongBy(order: DraftOrder, variant: number): number {
  const step = order.currency.step;
  const candidates = [step, -step, order.discount, -order.netShipping, elementAt(order.lines, 0).price, 250 * step];
  const chosen = elementAt(candidates, variant);
  return chosen === 0 ? step : chosen;
}

function takeBackUnpaid(line: DraftLine, variant: number): void {
  if (variant % 3 !== 1) line.status = '600';
  if (variant % 3 !== 0) line.cancelStatus = 'completed';
}

function repeatInvoice(order: DraftOrder, plant: Plant): void {
  const invoice = { owner: plant.ownerIndex, variant: 0 };
  if (plant.variant % 2 === 0) {
    invoiceWhole(order, invoice);
  } else {
    order.invoice = null;
    invoiceLines(order, invoice);
  }
}
