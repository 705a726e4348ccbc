import { type Check, factAmount, isOne, listOf } from '../check.ts';

/** Midnight of 10 July 2023 in Turkey, from when on the rates were 10 and 20 instead of 8 and 18 per cent. */
const CHANGED_MS = Date.parse('2023-07-10T00:00:00+03:00');
const ALWAYS = [0, 1];
const rates = (...percents: number[]): string => [...ALWAYS, ...percents].map((each) => each * 1_000_000).join(', ');

const LINES = 'HELD o CROSS JOIN lines l ON l.order_id = o.id';
const WRONG = `(o.currency = 'try'
  AND iif(o.date_placed_ms < ${CHANGED_MS}, l.tax_rate NOT IN (${rates(8, 18)}), l.tax_rate NOT IN (${rates(10, 20)})))`;
const NO_RATE = `(l.tax_rate IS NULL AND o.currency = 'try')`;

/**
 * A line's rate of value added tax was not valid when the order was placed. The rates are Turkey's, so only orders in
 * lira are judged; 0 is that of exempt sales.
 */
export const amountTax: Check = {
  code: 'amount.tax',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'Tax rate not valid', tr: 'KDV oranı geçersiz' },
  help: {
    en: 'A line’s tax rate was not valid when the order was placed.',
    tr: 'Bir satırın KDV oranı, siparişin verildiği tarihte geçerli değil.',
  },
  formula: 'orders in TRY: every line’s tax_rate is 0, 1, 8 or 18; 0, 1, 10 or 20 from 10 July 2023 on',
  example: 'an order of 5 January 2026 with a line at 18.00',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('lines', json_group_array(l.id), 'rates', json_group_array(DISTINCT CAST(l.tax_rate AS TEXT)),
        'since', json(iif(o.date_placed_ms < ${CHANGED_MS}, 'false', 'true'))) AS facts
    FROM ${LINES} WHERE ${WRONG} GROUP BY o.id`,
  suspect: () => ({ line: `${WRONG} OR ${NO_RATE}` }),
  lacking: () => ({ orders: `SELECT o.id FROM ${LINES} WHERE ${NO_RATE}` }),
  sentence({ facts }) {
    const lines = listOf(facts.lines);
    const found = Array.isArray(facts.rates) ? facts.rates.map(percentText) : [];
    const isNew = facts.since === true;
    const en = `${isOne(facts.lines) ? `Line ${lines} has` : `Lines ${lines} have`} a tax rate of ${found.join(', ')} %`;
    const tr = `${lines} numaralı satırlarda KDV oranı %${found.map((rate) => rate.replace('.', ',')).join(', %')}`;
    return isNew
      ? {
          en: `${en}; since 10 July 2023 only 1, 10 and 20 % are valid, or none.`,
          tr: `${tr}; 10 Temmuz 2023’ten beri yalnızca %1, %10 ve %20 geçerli, ya da vergisiz.`,
        }
      : {
          en: `${en}; until 9 July 2023 only 1, 8 and 18 % were valid, or none.`,
          tr: `${tr}; 9 Temmuz 2023’e kadar yalnızca %1, %8 ve %18 geçerliydi, ya da vergisiz.`,
        };
  },
};

/** Per cent in millionths as people write it: 18, 7.5. */
function percentText(micros: unknown): string {
  return (factAmount(micros, '') ?? '').replace(/\.?0+$/, '');
}
