import { type Check, listOf } from '../check.ts';
import { EXPECTS_E_INVOICE, INVOICED_OTHERWISE } from '../e-invoices.ts';

/** An invoice number with which neither the order nor any line gives a link. */
export const invoiceNoArchiveUrl: Check = {
  code: 'invoice.no-archive-url',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'E-archive link missing', tr: 'E-arşiv bağlantısı eksik' },
  help: {
    en: 'An invoice has a number, but no link to the e-archive.',
    tr: 'Faturanın numarası var, e-arşiv bağlantısı yok.',
  },
  formula: 'every invoice_number of an order in lira → an e_archive_url on the order or a line with this number',
  example: 'ABC2026000000001 with e_archive_url null on the order and on its lines',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('numbers', json_group_array(u.number ORDER BY u.number)) AS facts
    FROM HELD o JOIN invoice_uses u ON u.order_id = o.id
    WHERE u.origins IS NULL AND ${EXPECTS_E_INVOICE}
    GROUP BY o.id`,
  lacking: () => INVOICED_OTHERWISE,
  sentence({ facts }) {
    const numbers = listOf(facts.numbers);
    return {
      en: `Invoice ${numbers} has no link to the e-archive, on the order or on a line.`,
      tr: `${numbers} numaralı faturanın ne siparişte ne de bir satırda e-arşiv bağlantısı var.`,
    };
  },
};
