import { formatDay } from '../../../shared/format.ts';
import { type Check, listOf } from '../check.ts';

const OTHER_YEAR =
  'substr(u.first_day, 1, 4) <> substr(u.series, 4) OR substr(u.last_day, 1, 4) <> substr(u.series, 4)';

/** The year in an e-invoice's number is not the year of its date, which is the UTC calendar day of `invoice_date`. */
export const invoiceYear: Check = {
  code: 'invoice.year',
  severity: 'error',
  scope: 'order',
  source: 'orders',
  title: { en: 'Invoice year differs', tr: 'Fatura yılı farklı' },
  help: {
    en: 'The year in an invoice number is not the year of the invoice date.',
    tr: 'Fatura numarasındaki yıl, fatura tarihinin yılı değil.',
  },
  formula: 'digits 4 to 7 of invoice_number = the year of invoice_date',
  example: 'ABC2025000004711, dated 2 January 2026',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('numbers', json_group_array(u.number ORDER BY u.number),
        'day', min(iif(substr(u.first_day, 1, 4) <> substr(u.series, 4), u.first_day, u.last_day))) AS facts
    FROM HELD o JOIN invoice_uses u ON u.order_id = o.id
    WHERE ${OTHER_YEAR}
    GROUP BY o.id`,
  suspect: () => ({ use: OTHER_YEAR }),
  // Two questions, for each of which there is an index.
  lacking: () => ({
    orders: `SELECT order_id FROM invoice_uses WHERE series IS NULL
      UNION ALL SELECT order_id FROM invoice_uses WHERE first_day IS NULL`,
  }),
  sentence({ facts }) {
    const numbers = listOf(facts.numbers);
    const day = String(facts.day);
    return {
      en: `The year in invoice ${numbers} is not that of its date, ${formatDay(day, 'en')}.`,
      tr: `${numbers} numarasındaki yıl, faturanın tarihindeki (${formatDay(day, 'tr')}) yıl değil.`,
    };
  },
};
