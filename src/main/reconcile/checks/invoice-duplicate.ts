import { type Check, listOf } from '../check.ts';

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
    ), shared AS MATERIALIZED (
      SELECT r.number, json_group_array(o.number) AS orders FROM ranked r JOIN orders o ON o.id = r.order_id
      WHERE r.uses > 1 AND r.place <= 7 GROUP BY r.number
    )
    SELECT r.order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('own', o.number, 'numbers', json_group_array(r.number), 'orders', json(min(s.orders))) AS facts
    FROM ranked r JOIN shared s ON s.number = r.number JOIN orders o ON o.id = r.order_id
    WHERE r.uses > 1 GROUP BY r.order_id`,
  sentence({ facts }) {
    const numbers = listOf(facts.numbers);
    const others = listOf(withoutOne(facts.orders, facts.own));
    return {
      en: `Invoice ${numbers} also stands on order ${others}.`,
      tr: `${numbers} numaralı fatura şu siparişte de var: ${others}.`,
    };
  },
};

/** The list without one occurrence of the order's own number: a number may exist in two channels. */
function withoutOne(orders: unknown, own: unknown): unknown {
  if (!Array.isArray(orders)) return orders;
  const place = orders.indexOf(own);
  return place < 0 ? orders : orders.toSpliced(place, 1);
}
