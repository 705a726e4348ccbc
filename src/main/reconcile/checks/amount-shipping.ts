import { amountIn, type Check } from '../check.ts';

const DIFFERS = 'o.net_shipping_amount <> o.shipping_amount + o.shipping_interest_amount';

/** Identity M4 of the contract: net_shipping_amount = shipping_amount + shipping_interest_amount. */
export const amountShipping: Check = {
  code: 'amount.shipping',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'Net shipping differs', tr: 'Net kargo farklı' },
  help: {
    en: 'Net shipping is not shipping plus shipping interest.',
    tr: 'Net kargo, kargo ile kargo vade farkının toplamı değil.',
  },
  formula: 'net_shipping_amount = shipping_amount + shipping_interest_amount',
  example: '7.00 + 1.50 = 8.50; Omnitron says 7.00',
  tolerant: true,
  sql: () => `SELECT o.id AS order_id, o.shipping_amount + o.shipping_interest_amount AS expected, o.net_shipping_amount AS actual,
      o.shipping_amount + o.shipping_interest_amount - o.net_shipping_amount AS difference, '{}' AS facts
    FROM HELD o WHERE ${DIFFERS}`,
  suspect: () => ({ order: DIFFERS }),
  lacking: () => 'o.net_shipping_amount + o.shipping_amount + o.shipping_interest_amount IS NULL',
  sentence({ currency, expected, actual }) {
    const should = amountIn(expected, currency);
    const is = amountIn(actual, currency);
    return {
      en: `Shipping with its interest is ${should.en}, but the net shipping amount says ${is.en}.`,
      tr: `Vade farkıyla kargo ${should.tr}, net kargo tutarı ise ${is.tr}.`,
    };
  },
};
