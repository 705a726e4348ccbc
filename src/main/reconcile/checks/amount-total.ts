import type { AmountFormula } from '../../../shared/rules.ts';
import { amountIn, type Check } from '../check.ts';
import { expectedAmount } from '../expected-amount.ts';

const isAssumed = ({ discount, interest, shippingInterest, price }: AmountFormula): boolean =>
  discount === 'subtracted' && interest === 'added' && shippingInterest === 'added' && price === 'line';

/**
 * Identity M2 of the contract (section 13.3), which is assumed, not documented: hence a warning whose sentence says so
 * until the tenant's formula was chosen. A component that is not given makes the sum NULL, and the order is skipped.
 */
export const amountTotal: Check = {
  code: 'amount.total',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'Total does not add up', tr: 'Toplam tutmuyor' },
  help: {
    en: 'Lines, shipping, discount and interest do not give the amount.',
    tr: 'Satırlar, kargo, indirim ve vade farkı sipariş tutarını vermiyor.',
  },
  formula:
    'amount = Σ price + shipping_amount − discount_amount + installment_interest_amount + shipping_interest_amount, or as calibrated',
  example:
    'lines 150.50 + shipping 10.00 − discount 20.00 + interest 4.35 = 144.85; Omnitron says 144.84: difference 0.01',
  tolerant: true,
  sql: ({ formula }) => `SELECT order_id, expected, actual, expected - actual AS difference,
      json_object('assumed', json('${isAssumed(formula)}')) AS facts
    FROM (SELECT o.id AS order_id, ${expectedAmount(formula)} AS expected, o.amount AS actual FROM HELD o WHERE o.mixed_currency = 0)
    WHERE expected <> actual`,
  suspect: ({ formula }) => ({ order: `o.mixed_currency = 0 AND ${expectedAmount(formula)} <> o.amount` }),
  lacking: ({ formula }) => `o.mixed_currency = 1 OR ${expectedAmount(formula)} IS NULL`,
  sentence({ currency, expected, actual, difference, facts }) {
    const should = amountIn(expected, currency);
    const is = amountIn(actual, currency);
    const by = amountIn(difference, currency);
    const assumed = facts.assumed === true;
    return {
      en: `Lines, shipping, discount and interest add up to ${should.en}, but the order's amount is ${is.en} (difference ${by.en})${assumed ? '; that amounts add up this way is an assumption' : ''}.`,
      tr: `Satırlar, kargo, indirim ve vade farkı toplamı ${should.tr}, siparişin tutarı ise ${is.tr} (fark ${by.tr})${assumed ? '; tutarların böyle toplandığı bir varsayımdır' : ''}.`,
    };
  },
};
