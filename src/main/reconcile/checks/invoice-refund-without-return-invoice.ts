import { type Check, listOf } from '../check.ts';
import { INVOICE_UNREADABLE, INVOICES_NOT_COMPARABLE, INVOICES_READ_SINCE, IS_RETURN_INVOICE } from '../oms-sql.ts';

const INVOICES_IN_OMS =
  'SELECT 1 FROM oms_pairs p JOIN oms_invoices i ON i.order_id = p.oms_id WHERE p.order_id = o.id AND i.vanished_ms IS NULL';
const RETURNED = `EXISTS (${INVOICES_IN_OMS} AND ${IS_RETURN_INVOICE})`;
/** Over `o`: an invoice that could not be read may be the one that is looked for. */
const IN_DOUBT = `EXISTS (SELECT 1 FROM oms_pairs p WHERE p.order_id = o.id AND ${INVOICE_UNREADABLE})`;
const LINE_TAKEN_BACK = `(l.status = '600' OR l.cancel_status = 'completed')`;
const TAKEN_BACK = `(o.refund_amount > 0 OR EXISTS (SELECT 1 FROM lines l WHERE l.order_id = o.id AND ${LINE_TAKEN_BACK}))`;

/**
 * Money or goods went back after the invoice, and OMS, which has the order's invoice, has none for the return. Omnitron
 * itself knows no return invoices. That every type but `purchased` is one is assumed: no other is documented.
 */
export const invoiceRefundWithoutReturnInvoice: Check = {
  code: 'invoice.refund-without-return-invoice',
  severity: 'warning',
  scope: 'order',
  source: 'oms',
  title: { en: 'Return invoice missing', tr: 'İade faturası eksik' },
  help: {
    en: 'An invoiced order was refunded, but OMS has no return invoice for it.',
    tr: 'Faturalı sipariş iade edilmiş, ancak OMS’de iade faturası yok.',
  },
  formula:
    'refund_amount > 0, or a line refunded or its cancellation completed → an OMS invoice of another type than purchased',
  example: 'an invoiced order with a refund of 100.00, for which OMS has its purchased invoice alone',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('numbers', json((SELECT json_group_array(u.number ORDER BY u.number) FROM invoice_uses u WHERE u.order_id = o.id))) AS facts
    FROM oms_pairs x JOIN HELD o ON o.id = x.order_id
    WHERE ${TAKEN_BACK} AND EXISTS (SELECT 1 FROM invoice_uses u WHERE u.order_id = o.id)
      AND EXISTS (${INVOICES_IN_OMS}) AND NOT ${RETURNED} AND ${INVOICES_READ_SINCE} AND NOT ${IN_DOUBT}`,
  suspect: () => ({
    order: 'o.refund_amount > 0 AND EXISTS (SELECT 1 FROM oms_pairs x WHERE x.order_id = o.id)',
    line: `${LINE_TAKEN_BACK} AND ifnull(o.refund_amount, 0) <= 0`,
  }),
  lacking: () => `o.refund_amount > 0 AND EXISTS (SELECT 1 FROM invoice_uses u WHERE u.order_id = o.id)
    AND (${INVOICES_NOT_COMPARABLE} OR NOT EXISTS (${INVOICES_IN_OMS}) OR (NOT ${RETURNED} AND ${IN_DOUBT}))`,
  sentence({ facts }) {
    const numbers = listOf(facts.numbers);
    return {
      en: `Money or goods went back after invoice ${numbers}, but OMS has no return invoice; that every type but “purchased” is one is an assumption.`,
      tr: `${numbers} numaralı faturadan sonra iade yapılmış, fakat OMS'de iade faturası yok; “purchased” dışındaki her türün iade faturası olduğu bir varsayımdır.`,
    };
  },
};
