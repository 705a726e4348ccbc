import { boundedSum } from '../../database/exact-sum.ts';
import { PAYMENTS_READ, PLANS_READABLE } from '../../payments/sums.ts';
import { amountIn, type Check } from '../check.ts';

const COMPLETED = `FROM cancellation_plans p WHERE p.order_id = o.id AND p.status = 'completed'`;
const PLANNED = `(SELECT ${boundedSum('p.refund_amount')} ${COMPLETED})`;
const KNOWN = `${PAYMENTS_READ} AND ${PLANS_READABLE}`;

/** The refund is what the completed cancellation plans say. Plans without an amount cannot be compared. */
export const refundPlan: Check = {
  code: 'refund.plan',
  severity: 'warning',
  scope: 'order',
  source: 'payments',
  title: { en: 'Refund differs from plan', tr: 'İade, plandan farklı' },
  help: {
    en: 'The refund is not what the completed cancellation plans say.',
    tr: 'İade tutarı, tamamlanan iptal planlarının toplamı değil.',
  },
  formula: 'at least one completed cancellation plan → refund_amount = Σ refund_amount of the completed plans',
  example: 'plans 40.00 + 60.00, refund 60.00: difference 40.00',
  tolerant: true,
  sql: () => `SELECT order_id, expected, actual, expected - actual AS difference, '{}' AS facts
    FROM (SELECT o.id AS order_id, ${PLANNED} AS expected, o.refund_amount AS actual
      FROM HELD o WHERE ${KNOWN} AND EXISTS (SELECT 1 ${COMPLETED}))
    WHERE expected <> actual`,
  lacking: () => `NOT (${KNOWN}) OR o.refund_amount IS NULL OR ${PLANNED} IS NULL`,
  sentence({ currency, expected, actual }) {
    const planned = amountIn(expected, currency);
    const is = amountIn(actual, currency);
    return {
      en: `The completed cancellation plans refund ${planned.en}, but the order's refund is ${is.en}.`,
      tr: `Tamamlanan iptal planlarının iadesi ${planned.tr}, siparişin iade tutarı ise ${is.tr}.`,
    };
  },
};
