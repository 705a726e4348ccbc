import { TRY } from '../catalogue.ts';
import { invoiceWhole } from '../draft-invoices.ts';
import type { InvoiceFlaw } from '../draft-types.ts';
import { elementAt } from '../random.ts';
import { type PlantKind, plantKind } from './plant-kind.ts';

/** What may be wrong with an order's invoices, beside what every block has and the gaps of the dense series. */
export const INVOICE_PLANTS: readonly PlantKind[] = [
  plantKind('invoice.number-format', flawed('longer', 'divided'), { currency: TRY }),
  plantKind('invoice.year', flawed('other-year')),
  plantKind('invoice.date', flawed('early', 'future')),
  plantKind('invoice.no-archive-url', flawed('unlinked'), { currency: TRY }),
  plantKind('invoice.archive-host', flawed('unencrypted')),
  {
    ...plantKind('invoice.refund-without-return-invoice', (order) => {
      const line = elementAt(order.lines, 0);
      line.status = '600';
      order.refundAmount = line.price - line.discount;
    }),
    trips: [{ check: 'invoice.refund-without-return-invoice', needs: 'oms' }],
    withoutReturnInvoice: true,
  },
  plantKind(
    'erp.sent-but-cancelled',
    (order) => {
      order.isSend = true;
    },
    { statuses: ['100'] },
  ),
];

/** Gives an order an invoice with one of these flaws. */
function flawed(...flaws: InvoiceFlaw[]): PlantKind['breakDraft'] {
  return (order, { variant }) =>
    invoiceWhole(order, { owner: order.index, variant: 0, flaw: elementAt(flaws, variant) });
}
