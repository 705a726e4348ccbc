import { amountIn, type Check, isOne, listOf } from '../check.ts';
import { LINES_BESIDE_OMS } from '../oms-lines.ts';
import { NOT_COMPARABLE } from '../oms-sql.ts';

/** A line has another price, or is in another currency, in OMS. A warning: which line is which may be read from articles alone. */
export const omsLinePrice: Check = {
  code: 'oms.line-price',
  severity: 'warning',
  scope: 'order',
  source: 'oms',
  title: { en: 'Line price differs in OMS', tr: 'OMS satır fiyatı farklı' },
  help: { en: 'A line has another price in OMS.', tr: 'Bir satırın OMS’deki fiyatı farklı.' },
  formula: 'price and price_currency of a line = those of its line in OMS',
  example: 'a line of 100.00 in Omnitron, of 101.00 in OMS: difference 1.00',
  tolerant: true,
  sql: () => `SELECT order_id, expected, actual, expected - actual AS difference, json_object('lines', json(prices)) AS facts
    FROM (SELECT order_id, found ->> '$.prices' AS prices,
        iif(found ->> '$.currency' = currency, CAST(found ->> '$.theirs' AS INTEGER), NULL) AS expected,
        iif(found ->> '$.currency' = currency, CAST(found ->> '$.ours' AS INTEGER), NULL) AS actual
      FROM (${LINES_BESIDE_OMS}) LIMIT -1)
    WHERE prices <> '[]'`,
  lacking: () => NOT_COMPARABLE,
  sentence({ currency, expected, actual, facts }) {
    const lines = listOf(facts.lines);
    const of = isOne(facts.lines) ? `Line ${lines} has` : `Lines ${lines} have`;
    if (expected === null) {
      return {
        en: `${of} another price or currency in OMS.`,
        tr: `${lines} numaralı satırların OMS'deki fiyatı ya da para birimi farklı.`,
      };
    }
    const there = amountIn(expected, currency);
    const here = amountIn(actual, currency);
    return {
      en: `${of} another price in OMS: ${there.en} instead of ${here.en}.`,
      tr: `${lines} numaralı satırların fiyatı OMS'de ${there.tr}, Omnitron'da ${here.tr}.`,
    };
  },
};
