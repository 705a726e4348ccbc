import { UNPAID_STATUSES } from '../../../shared/statuses.ts';
import { boundedSum } from '../../database/exact-sum.ts';
import { PAYMENTS_READ, transactionGap, transactionSum } from '../../payments/sums.ts';
import { amountIn, type Check, sqlList } from '../check.ts';

const GAP = transactionGap('purchase');
const CAPTURED = transactionSum('purchase', boundedSum);

/** Identity M6 of the contract: what was captured over all sets of transactions is the amount. Assumed. */
export const amountPayment: Check = {
  code: 'amount.payment',
  severity: 'warning',
  scope: 'order',
  source: 'payments',
  title: { en: 'Payment differs', tr: 'Ödeme farklı' },
  help: {
    en: 'The payments that succeeded do not add up to the amount.',
    tr: 'Başarılı ödemelerin toplamı sipariş tutarını vermiyor.',
  },
  formula: 'Σ amount of succeeded purchases in all sets of transactions = amount',
  example: 'card 57.00 + points 50.00 = 107.00; Omnitron says 157.00: difference −50.00',
  tolerant: true,
  sql: () => `SELECT order_id, expected, actual, expected - actual AS difference, '{}' AS facts
    FROM (SELECT o.id AS order_id, o.status, ${CAPTURED} AS expected, o.amount AS actual
      FROM HELD o WHERE ${PAYMENTS_READ} AND ${GAP} IS NULL)
    WHERE expected <> actual AND NOT (expected = 0 AND status IN (${sqlList(UNPAID_STATUSES)}))`,
  lacking: () => `NOT (${PAYMENTS_READ}) OR ${GAP} IS NOT NULL OR ${CAPTURED} IS NULL`,
  sentence({ currency, expected, actual }) {
    const paid = amountIn(expected, currency);
    const is = amountIn(actual, currency);
    return {
      en: `The payments that succeeded add up to ${paid.en}, but the order's amount is ${is.en}.`,
      tr: `Başarılı ödemelerin toplamı ${paid.tr}, siparişin tutarı ise ${is.tr}.`,
    };
  },
};
