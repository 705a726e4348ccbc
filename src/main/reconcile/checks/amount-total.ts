import { amountIn, type Check } from '../check.ts';

const EXPECTED =
  'o.lines_total + o.shipping_amount - o.discount_amount + o.installment_interest_amount + o.shipping_interest_amount';

/**
 * Identity M2 of the contract (section 13.3), which is assumed, not documented: hence a warning whose sentence says so.
 * `lines_total` is the price of every line, whatever its status. A component that is not given makes the sum NULL, and
 * the order is not evaluated.
 */
export const amountTotal: Check = {
  code: 'amount.total',
  severity: 'warning',
  sql: `SELECT o.id AS order_id, ${EXPECTED} AS expected, o.amount AS actual, ${EXPECTED} - o.amount AS difference, '{}' AS facts
    FROM orders o WHERE o.mixed_currency = 0 AND ${EXPECTED} <> o.amount`,
  sentence({ currency, expected, actual, difference }) {
    const should = amountIn(expected, currency);
    const is = amountIn(actual, currency);
    const by = amountIn(difference, currency);
    return {
      en: `Lines, shipping, discount and interest add up to ${should.en}, but the order's amount is ${is.en} (difference ${by.en}); that amounts add up this way is an assumption.`,
      tr: `Satırlar, kargo, indirim ve vade farkı toplamı ${should.tr}, siparişin tutarı ise ${is.tr} (fark ${by.tr}); tutarların böyle toplandığı bir varsayımdır.`,
    };
  },
};
