import { type Check, listOf } from '../check.ts';
import { EXPECTS_E_INVOICE, INVOICED_OTHERWISE } from '../e-invoices.ts';

/** A number that is not a Turkish e-invoice's, on the order or a line. */
export const invoiceNumberFormat: Check = {
  code: 'invoice.number-format',
  severity: 'error',
  scope: 'order',
  source: 'orders',
  title: { en: 'Invoice number malformed', tr: 'Fatura numarası biçimsiz' },
  help: {
    en: 'An invoice number is not three letters or digits, the year and nine digits.',
    tr: 'Bir fatura numarası üç harf veya rakam, yıl ve dokuz rakamdan oluşmuyor.',
  },
  formula: 'every invoice_number of an order in lira matches [A-Z0-9]{3} 20[0-9]{2} [0-9]{9}',
  example: 'ABC202600000001, which lacks a digit',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('numbers', json_group_array(u.number ORDER BY u.number)) AS facts
    FROM HELD o JOIN invoice_uses u ON u.order_id = o.id
    WHERE u.series IS NULL AND ${EXPECTS_E_INVOICE}
    GROUP BY o.id`,
  lacking: () => INVOICED_OTHERWISE,
  sentence({ facts }) {
    const numbers = listOf(facts.numbers);
    return {
      en: `Invoice ${numbers} is not numbered as an e-invoice: three letters or digits, the year and nine digits.`,
      tr: `${numbers} bir e-fatura numarası değil: üç harf veya rakam, yıl ve dokuz rakam olmalı.`,
    };
  },
};
