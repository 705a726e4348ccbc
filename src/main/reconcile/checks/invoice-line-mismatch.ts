import { type Check, isOne, listOf } from '../check.ts';

/** The order has an invoice number, and a line has another one or none. */
export const invoiceLineMismatch: Check = {
  code: 'invoice.line-mismatch',
  severity: 'warning',
  sql: `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('number', o.invoice_number, 'lines', json_group_array(l.id)) AS facts
    FROM lines l JOIN orders o ON o.id = l.order_id
    WHERE ifnull(o.invoice_number, '') <> '' AND ifnull(l.invoice_number, '') <> o.invoice_number
    GROUP BY o.id`,
  sentence({ facts }) {
    const number = String(facts.number);
    const lines = listOf(facts.lines);
    const carrying = isOne(facts.lines) ? `line ${lines} carries` : `lines ${lines} carry`;
    return {
      en: `The order's invoice is ${number}, but ${carrying} another number or none.`,
      tr: `Siparişin faturası ${number}, fakat ${lines} numaralı satırlarda başka bir numara var ya da numara yok.`,
    };
  },
};
