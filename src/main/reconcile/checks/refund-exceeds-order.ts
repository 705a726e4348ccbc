import { amountIn, type Check } from '../check.ts';

/** More was refunded than the order was worth. */
export const refundExceedsOrder: Check = {
  code: 'refund.exceeds-order',
  severity: 'error',
  scope: 'order',
  source: 'orders',
  title: { en: 'Refund exceeds order', tr: 'İade siparişi aşıyor' },
  help: { en: 'More was refunded than the order is worth.', tr: 'Sipariş tutarından fazlası iade edilmiş.' },
  formula: 'refund_amount ≤ amount',
  example: 'amount 107.00, refund 107.01',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, o.amount AS expected, o.refund_amount AS actual, o.amount - o.refund_amount AS difference, '{}' AS facts
    FROM HELD o WHERE o.refund_amount > o.amount`,
  suspect: () => ({ order: 'o.refund_amount > o.amount' }),
  lacking: () => 'o.refund_amount IS NULL',
  sentence({ currency, expected, actual }) {
    const most = amountIn(expected, currency);
    const is = amountIn(actual, currency);
    return {
      en: `${is.en} was refunded, which is more than the order's amount of ${most.en}.`,
      tr: `${is.tr} iade edilmiş; siparişin tutarı olan ${most.tr} aşılıyor.`,
    };
  },
};
