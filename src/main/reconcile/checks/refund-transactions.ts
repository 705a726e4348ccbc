import { boundedSum } from '../../database/exact-sum.ts';
import { PAYMENTS_READ, transactionGap, transactionSum } from '../../payments/sums.ts';
import { amountIn, type Check } from '../check.ts';

const GAP = transactionGap('refund');
const PAID_BACK = transactionSum('refund', boundedSum);

/** Identity M8 of the contract: the refund is what was paid back over all sets of transactions. Assumed. */
export const refundTransactions: Check = {
  code: 'refund.transactions',
  severity: 'warning',
  scope: 'order',
  source: 'payments',
  title: { en: 'Refund differs from payments', tr: 'İade, ödeme hareketinden farklı' },
  help: {
    en: 'The refund is not what was paid back.',
    tr: 'İade tutarı, başarılı iade hareketlerinin toplamı değil.',
  },
  formula: 'refund_amount = Σ amount of succeeded refunds in all sets of transactions',
  example: 'refund 100.00, paid back 60.00: difference −40.00',
  tolerant: true,
  sql: () => `SELECT order_id, expected, actual, expected - actual AS difference, '{}' AS facts
    FROM (SELECT o.id AS order_id, ${PAID_BACK} AS expected, o.refund_amount AS actual
      FROM HELD o WHERE ${PAYMENTS_READ} AND ${GAP} IS NULL)
    WHERE expected <> actual`,
  lacking: () => `NOT (${PAYMENTS_READ}) OR o.refund_amount IS NULL OR ${GAP} IS NOT NULL OR ${PAID_BACK} IS NULL`,
  sentence({ currency, expected, actual }) {
    const paid = amountIn(expected, currency);
    const is = amountIn(actual, currency);
    return {
      en: `The refunds that succeeded add up to ${paid.en}, but the order's refund is ${is.en}.`,
      tr: `Başarılı iade hareketlerinin toplamı ${paid.tr}, siparişin iade tutarı ise ${is.tr}.`,
    };
  },
};
