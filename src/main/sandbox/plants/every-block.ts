import { ERP_STATUSES, otherCurrency, SHIPPED_STATUSES } from '../catalogue.ts';
import { invoiceLines, invoiceWhole } from '../draft-invoices.ts';
import type { DraftLine, DraftOrder } from '../draft-types.ts';
import { FOREIGN_VARIANT } from '../numbers.ts';
import { elementAt } from '../random.ts';
import { type Plant, plantKind } from './plant-kind.ts';

/** The first order of a block's pair of one invoice number: it carries the number by right. */
export const DUPLICATE_OWNER = plantKind(
  'invoice.duplicate',
  (order, { ownerIndex, copyIndex }) => invoiceWhole(order, { owner: ownerIndex, variant: 0, partner: copyIndex }),
  { name: 'duplicate owner' },
);
/** The second one, which repeats it. */
export const DUPLICATE_COPY = plantKind('invoice.duplicate', repeatInvoice, { name: 'duplicate copy' });

/** The kinds of which every block has one; null leaves an order clean. */
export const EVERY_BLOCK = [
  plantKind('amount.total', (order, { variant }) => {
    order.amount += wrongBy(order, variant);
  }),
  plantKind('erp.not-sent', (order) => notSent(order), { statuses: ERP_STATUSES }),
  plantKind('amount.currency', (order, { variant }) => {
    // The price stays as it is: with two currencies on one order its total means nothing and must not be judged.
    elementAt(order.lines, variant).currency = otherCurrency(order.currency);
    if (variant % 2 === 0) order.amount += 100 * order.currency.step;
  }),
  plantKind('invoice.missing', (order) => invoiceWhole(order, null), { statuses: SHIPPED_STATUSES }),
  plantKind('amount.shipping', (order, { variant }) => {
    order.netShipping += (variant % 2 === 0 ? 1 : 150) * order.currency.step;
  }),
  plantKind('refund.exceeds-order', (order, { variant }) => {
    order.refundAmount = order.amount + (variant % 2 === 0 ? 1 : 1_000) * order.currency.step;
  }),
  plantKind('invoice.line-mismatch', (order, { variant }) => {
    elementAt(order.lines, variant).invoice =
      variant % 2 === 0 ? { owner: order.index, variant: FOREIGN_VARIANT } : null;
  }),
  plantKind('refund.missing', (order, { variant }) => takeBackUnpaid(elementAt(order.lines, variant), variant)),
  plantKind(
    'invoice.missing + erp.not-sent',
    (order) => {
      invoiceWhole(order, null);
      notSent(order);
    },
    { statuses: SHIPPED_STATUSES },
  ),
  null,
];

function notSent(order: DraftOrder): void {
  order.isSend = false;
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
  const invoice = { owner: plant.ownerIndex, variant: 0, partner: plant.copyIndex };
  if (plant.variant % 2 === 0) {
    invoiceWhole(order, invoice);
  } else {
    order.invoice = null;
    invoiceLines(order, invoice);
  }
}
