import { type Check, listOf } from '../check.ts';

/** How many orders of one number a sentence may have to choose from: more than `listOf` names, its own among them. */
const NAMED = 7;

/** One invoice number on two or more orders, at order or line level, in any channel. Each of these orders has a finding. */
export const invoiceDuplicate: Check = {
  code: 'invoice.duplicate',
  severity: 'error',
  sql: `WITH used AS (
      SELECT invoice_number AS number, id AS order_id FROM orders WHERE ifnull(invoice_number, '') <> ''
      UNION
      SELECT l.invoice_number, l.order_id FROM lines l JOIN orders o ON o.id = l.order_id
      WHERE ifnull(l.invoice_number, '') <> '' AND l.invoice_number IS NOT o.invoice_number
    ), ranked AS MATERIALIZED (
      SELECT number, order_id, row_number() OVER (PARTITION BY number ORDER BY order_id) AS place,
        count(*) OVER (PARTITION BY number) AS uses FROM used
    )
    SELECT r.order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('numbers', json_group_array(DISTINCT r.number ORDER BY r.number),
        'orders', json_group_array(DISTINCT o.number ORDER BY o.number)) AS facts
    FROM ranked r JOIN ranked x ON x.number = r.number AND x.place <= ${NAMED} AND x.order_id <> r.order_id
      JOIN orders o ON o.id = x.order_id
    WHERE r.uses > 1 GROUP BY r.order_id`,
  sentence({ facts }) {
    const numbers = listOf(facts.numbers);
    const others = listOf(facts.orders);
    return {
      en: `Invoice ${numbers} also stands on order ${others}.`,
      tr: `${numbers} numaralı fatura şu siparişte de var: ${others}.`,
    };
  },
};
