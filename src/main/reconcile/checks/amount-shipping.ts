import { amountIn, type Check } from '../check.ts';

/** Identity M4 of the contract: net_shipping_amount = shipping_amount + shipping_interest_amount. */
export const amountShipping: Check = {
  code: 'amount.shipping',
  severity: 'warning',
  sql: `SELECT o.id AS order_id, o.shipping_amount + o.shipping_interest_amount AS expected, o.net_shipping_amount AS actual,
      o.shipping_amount + o.shipping_interest_amount - o.net_shipping_amount AS difference, '{}' AS facts
    FROM orders o WHERE o.net_shipping_amount <> o.shipping_amount + o.shipping_interest_amount`,
  sentence({ currency, expected, actual }) {
    const should = amountIn(expected, currency);
    const is = amountIn(actual, currency);
    return {
      en: `Shipping with its interest is ${should.en}, but the net shipping amount says ${is.en}.`,
      tr: `Vade farkıyla kargo ${should.tr}, net kargo tutarı ise ${is.tr}.`,
    };
  },
};
