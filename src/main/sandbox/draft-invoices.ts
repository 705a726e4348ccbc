import { SHIPPED_STATUSES } from './catalogue.ts';
import { placeInSeries } from './dense-series.ts';
import type { DraftOrder, InvoiceReference } from './draft-types.ts';
import type { Plant } from './plants/plant-kind.ts';
import type { RandomStream } from './random.ts';

/**
 * Gives the order its invoice: most often on the order and on every line; otherwise on the lines alone, all with one
 * number, each with its own, or one line still without. All of these are in order.
 */
export function decideInvoices(order: DraftOrder, random: RandomStream, plant: Plant | null): void {
  const roll = random.below(100);
  const needed = SHIPPED_STATUSES.includes(order.status) || order.status === '600';
  if (!needed && !(order.status === '450' && random.chance(30))) return;
  if (plant !== null || roll < 75 || placeInSeries(order.index) !== null)
    invoiceWhole(order, { owner: order.index, variant: 0 });
  else if (roll < 88) invoiceLines(order, { owner: order.index, variant: 0 });
  else
    order.lines.forEach((line, place) => {
      const stillOpen = roll > 95 && place > 0;
      line.invoice = stillOpen ? null : { owner: order.index, variant: line.position - 1 };
    });
}

/** One number on the order and on all of its lines. */
export function invoiceWhole(order: DraftOrder, invoice: InvoiceReference | null): void {
  order.invoice = invoice;
  invoiceLines(order, invoice);
}

/** One number on all lines. */
export function invoiceLines(order: DraftOrder, invoice: InvoiceReference | null): void {
  for (const line of order.lines) line.invoice = invoice;
}
