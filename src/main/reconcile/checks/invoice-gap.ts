import { type Check, listOf } from '../check.ts';

/** The number that so many places behind `after`, in its series. */
const numberAt = (places: string): string =>
  `substr(g.after, 1, 7) || printf('%09d', CAST(substr(g.after, 8) AS INTEGER) + ${places})`;

/**
 * Numbers are missing directly before an invoice, in a stretch that is otherwise without holes (see invoice-gaps.ts). A
 * warning: the missing invoices may have been issued for sales, returns or cancellations that Omnitron does not know.
 */
export const invoiceGap: Check = {
  code: 'invoice.gap',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'Invoice numbers missing', tr: 'Fatura numarası atlanmış' },
  help: {
    en: 'Before this invoice, numbers of its series are missing that runs without gaps otherwise.',
    tr: 'Boşluksuz ilerleyen seride bu faturadan önceki numaralar yok.',
  },
  formula: 'the number before it is held, where 100 of the 104 places before that are',
  example: 'ABC2026000000015 after ABC2026000000012: 13 and 14 are missing',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('numbers', json_group_array(u.number ORDER BY u.number), 'missing', sum(g.missing),
        'ranges', json_group_array(${numberAt('1')} || iif(g.missing > 1, '–' || ${numberAt('g.missing')}, '')
          ORDER BY u.number)) AS facts
    FROM HELD o JOIN invoice_uses u ON u.order_id = o.id JOIN invoice_gaps g ON g.number = u.number
    WHERE g.dense = 1 GROUP BY o.id`,
  // Which orders depend on touched ones is worked out with the gaps themselves: see refreshGaps.
  lacking: () => ({
    orders: `SELECT order_id FROM invoice_uses WHERE series IS NULL
      UNION ALL SELECT u.order_id FROM invoice_gaps g CROSS JOIN invoice_uses u ON u.number = g.number WHERE g.dense = 0`,
  }),
  sentence({ facts }) {
    const numbers = listOf(facts.numbers);
    const ranges = listOf(facts.ranges);
    const one = facts.missing === 1;
    const count = String(facts.missing);
    return {
      en: `Before invoice ${numbers}, ${one ? 'a number is' : `${count} numbers are`} missing: ${ranges}.`,
      tr: `${numbers} numaralı faturadan önce ${count} numara eksik: ${ranges}.`,
    };
  },
};
