import { amountIn, type Check, factAmount } from '../check.ts';

/** An order is looked for so many days before the row, and one after it: time zones. */
const DAYS = 7;
/** So many digits leave a thousand numbers. */
const DIGITS = 3;
const DAY_MS = 86_400_000;

/**
 * Held orders whose number may have been the damaged one, with the row's amount (or refund) and around its day: how many,
 * and the smallest. Searched for by what the fewest orders have.
 */
const fitting = (
  index: string,
  first: string,
): string => `(SELECT json_array(count(*), min(o.id)) FROM main.orders o INDEXED BY ${index}
  WHERE ${first} AND o.number BETWEEN key_from(r.order_key) AND key_to(r.order_key)
  AND length(o.number) = length(key_from(r.order_key)) AND o.vanished_ms IS NULL AND o.currency = r.currency
  AND r.amount = iif(r.amount < 0, -o.refund_amount, o.amount)
  AND o.date_placed_ms BETWEEN r.date_ms - ${DAYS * DAY_MS} AND r.date_ms + ${2 * DAY_MS})`;
/** Over `r`: the spreadsheet has left all digits but the last few. */
const start = (end: 'key_from' | 'key_to'): string =>
  `substr(${end}(r.order_key), 1, length(${end}(r.order_key)) - ${DIGITS})`;
const FITTING = `CASE WHEN ${start('key_from')} = ${start('key_to')} THEN ${fitting('orders_number', '1')}
  WHEN r.amount < 0 THEN ${fitting('orders_refund', 'o.sort_refund = -r.amount')}
  ELSE ${fitting('orders_amount', 'o.amount = r.amount')} END`;

const CODE = 'statement.damaged-key';

/**
 * A key that a spreadsheet has cut. Where exactly one order has its beginning, its amount and its day, that is proposed.
 * An order that fitted until now may have another number: so the row for which it is proposed is looked at again, and those
 * that several fit, whichever order has changed.
 */
export const statementDamagedKey: Check = {
  code: CODE,
  severity: 'error',
  scope: 'row',
  source: 'statements',
  title: { en: 'Damaged key', tr: 'Bozulmuş anahtar' },
  help: {
    en: 'A spreadsheet has cut a long number, so that the row fits no order by its key.',
    tr: 'Bir hesap tablosu uzun bir numarayı kesmiş; satır anahtarıyla hiçbir siparişe uymuyor.',
  },
  formula: 'a key is not written as 2,79E+15 and has other digits than zeros after the fifteenth',
  example: '2,79E+15 instead of 2790123456789012; proposed: the one order with these digits, amount and day',
  tolerant: false,
  sql: () => `SELECT row_id, iif(orders = 1, order_id, NULL) AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('amount', CAST(amount AS TEXT), 'key', key, 'orders', orders, 'number', iif(orders = 1, (SELECT number FROM main.orders WHERE id = order_id), NULL)) AS facts
    FROM (SELECT row_id, amount, key, ifnull(fit ->> 0, 0) AS orders, fit ->> 1 AS order_id FROM (SELECT r.id AS row_id, r.amount, CASE r.damaged WHEN 'invoice' THEN r.invoice_key WHEN 'transaction' THEN r.transaction_key
          WHEN 'batch' THEN r.batch_key ELSE r.order_key END AS key,
        iif(r.damaged = 'order', ${FITTING}, NULL) AS fit
      FROM ROWS r WHERE r.damaged IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM local.matches m WHERE m.row_id = r.id AND m.state = 'confirmed') LIMIT -1))`,
  lacking: () => null,
  relatedRows: `SELECT r.id FROM touched_now t CROSS JOIN main.orders o ON o.id = t.order_id
    CROSS JOIN local.statement_rows r INDEXED BY statement_rows_damaged ON r.damaged IS NOT NULL
      AND r.date_ms BETWEEN o.date_placed_ms - ${2 * DAY_MS} AND o.date_placed_ms + ${DAYS * DAY_MS}
      AND o.number BETWEEN key_from(r.order_key) AND key_to(r.order_key)
    UNION ALL SELECT f.row_id FROM main.findings f WHERE f.check_code = '${CODE}' AND f.facts ->> 'orders' > 1
      AND EXISTS (SELECT 1 FROM touched_now)
    UNION ALL SELECT f.row_id FROM touched_now t CROSS JOIN main.findings f ON f.order_id = t.order_id AND f.check_code = '${CODE}'`,
  sentence({ currency, facts }) {
    const amount = amountIn(factAmount(facts.amount, currency), currency);
    const key = String(facts.key);
    const start = {
      en: `A spreadsheet has damaged the key ${key} of a row of ${amount.en}.`,
      tr: `Bir hesap tablosu ${amount.tr} tutarındaki satırın ${key} anahtarını bozmuş.`,
    };
    if (typeof facts.number === 'string') {
      return {
        en: `${start.en} Only order ${facts.number} has these digits, this amount and this time.`,
        tr: `${start.tr} Bu rakamlar, tutar ve tarih yalnız ${facts.number} numaralı siparişe uyuyor.`,
      };
    }
    return {
      en: `${start.en} ${facts.orders === 0 ? 'No order fits.' : 'Several orders fit.'}`,
      tr: `${start.tr} ${facts.orders === 0 ? 'Uyan sipariş yok.' : 'Birden çok sipariş uyuyor.'}`,
    };
  },
};
