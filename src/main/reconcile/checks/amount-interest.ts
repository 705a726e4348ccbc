import { amountIn, type Check } from '../check.ts';

const DIFFERS = 'o.mixed_currency = 0 AND o.lines_interest <> o.installment_interest_amount';

/** Identity M11 of the contract: the order's installment interest is that of its lines. Assumed. */
export const amountInterest: Check = {
  code: 'amount.interest',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'Interest does not add up', tr: 'Vade farkı tutmuyor' },
  help: {
    en: 'The installment interest is not that of the lines.',
    tr: 'Taksit vade farkı, satırların vade farkı toplamı değil.',
  },
  formula: 'installment_interest_amount = Σ installment_interest_amount of the lines',
  example: 'lines 2.10 + 1.00 = 3.10; Omnitron says 3.00: difference 0.10',
  tolerant: true,
  sql: () => `SELECT o.id AS order_id, o.lines_interest AS expected, o.installment_interest_amount AS actual,
      o.lines_interest - o.installment_interest_amount AS difference, '{}' AS facts
    FROM HELD o WHERE ${DIFFERS}`,
  suspect: () => ({ order: DIFFERS }),
  lacking: () => 'o.mixed_currency = 1 OR o.installment_interest_amount IS NULL OR o.lines_interest IS NULL',
  sentence({ currency, expected, actual }) {
    const should = amountIn(expected, currency);
    const is = amountIn(actual, currency);
    return {
      en: `The installment interest of the lines adds up to ${should.en}, but the order's is ${is.en}.`,
      tr: `Satırların vade farkı toplamı ${should.tr}, siparişin vade farkı ise ${is.tr}.`,
    };
  },
};
