import { type Check, listOf } from '../check.ts';

/** How many orders of one number a sentence may have to choose from: more than `listOf` names, its own among them. */
const NAMED = 7;

/** One invoice number on two or more orders, at order or line level, in any channel. Each of these orders has a finding. */
export const invoiceDuplicate: Check = {
  code: 'invoice.duplicate',
  severity: 'error',
  scope: 'order',
  source: 'orders',
  title: { en: 'Duplicate invoice number', tr: 'Mükerrer fatura numarası' },
  help: {
    en: 'Two or more orders share one invoice number.',
    tr: 'İki veya daha çok siparişte aynı fatura numarası var.',
  },
  formula: 'one invoice_number, one order',
  example: 'ABC2026000000001 on orders 1007 and 1311',
  tolerant: false,
  sql: () => `WITH ranked AS MATERIALIZED (
      SELECT number, order_id, row_number() OVER (PARTITION BY number ORDER BY order_id) AS place,
        count(*) OVER (PARTITION BY number) AS uses
      FROM invoice_uses WHERE number IN (SELECT u.number FROM HELD o CROSS JOIN invoice_uses u ON u.order_id = o.id
        WHERE EXISTS (SELECT 1 FROM invoice_uses y WHERE y.number = u.number AND y.order_id <> u.order_id))
    )
    SELECT r.order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('numbers', json_group_array(DISTINCT r.number ORDER BY r.number),
        'orders', json_group_array(DISTINCT x.number ORDER BY x.number)) AS facts
    FROM ranked r JOIN ranked p ON p.number = r.number AND p.place <= ${NAMED} AND p.order_id <> r.order_id
      JOIN orders x ON x.id = p.order_id
    WHERE r.uses > 1 GROUP BY r.order_id`,
  suspect: () => ({
    order: `o.id IN (SELECT y.order_id FROM invoice_uses y
      WHERE y.number IN (SELECT u.number FROM invoice_uses u GROUP BY u.number HAVING count(*) > 1))`,
  }),
  related: `SELECT y.order_id FROM touched_now t CROSS JOIN invoice_uses u ON u.order_id = t.order_id
    CROSS JOIN invoice_uses y ON y.number = u.number`,
  lacking: () => null,
  sentence({ facts }) {
    const numbers = listOf(facts.numbers);
    const others = listOf(facts.orders);
    return {
      en: `Invoice ${numbers} also stands on order ${others}.`,
      tr: `${numbers} numaralı fatura şu siparişte de var: ${others}.`,
    };
  },
};
