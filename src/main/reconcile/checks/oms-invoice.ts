import { type Check, listOf } from '../check.ts';
import { INVOICE_READ_SINCE, INVOICES_NOT_COMPARABLE, INVOICES_READ_SINCE, IS_RETURN_INVOICE } from '../oms-sql.ts';

/** OMS has an invoice of the order whose number neither the order nor a line has at Omnitron. Return invoices do not count. */
export const omsInvoice: Check = {
  code: 'oms.invoice',
  severity: 'warning',
  scope: 'order',
  source: 'oms',
  title: { en: 'Invoice known only to OMS', tr: 'Fatura yalnızca OMS’de' },
  help: {
    en: 'OMS has an invoice number that Omnitron does not have on the order.',
    tr: 'OMS’de, Omnitron’daki siparişte olmayan bir fatura numarası var.',
  },
  formula: 'number of every OMS invoice of type purchased = an invoice_number of the order or a line',
  example: 'OMS has ABC2026000000002, the order ABC2026000000001',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('numbers', json_group_array(DISTINCT i.number ORDER BY i.number)) AS facts
    FROM oms_pairs p JOIN HELD o ON o.id = p.order_id JOIN oms_invoices i ON i.order_id = p.oms_id
    WHERE i.vanished_ms IS NULL AND ifnull(i.number, '') <> '' AND NOT ${IS_RETURN_INVOICE}
      AND NOT EXISTS (SELECT 1 FROM invoice_uses u WHERE u.number = i.number AND u.order_id = o.id)
      AND ${INVOICES_READ_SINCE} AND ${INVOICE_READ_SINCE}
    GROUP BY o.id`,
  lacking: () => INVOICES_NOT_COMPARABLE,
  sentence({ facts }) {
    const numbers = listOf(facts.numbers);
    return {
      en: `OMS has invoice ${numbers} for the order, which Omnitron does not have on it.`,
      tr: `OMS'de bu sipariş için ${numbers} numaralı fatura var, Omnitron'daki siparişte yok.`,
    };
  },
};
