import { TAKEN_BACK_STATUSES } from '../../../shared/statuses.ts';
import { PAYMENTS_READ, PLANS_READABLE } from '../../payments/sums.ts';
import { amountIn, type Check, sqlList } from '../check.ts';

const TAKEN_BACK = sqlList(TAKEN_BACK_STATUSES);
/** Money went back, and neither the order nor a line says why. Only a plan may still tell. */
const UNEXPLAINED = `o.refund_amount > 0 AND o.status NOT IN (${TAKEN_BACK})
  AND NOT EXISTS (SELECT 1 FROM lines l WHERE l.order_id = o.id
    AND (l.status IN (${TAKEN_BACK}) OR ifnull(l.cancel_status, '') NOT IN ('', 'rejected')))`;
const PLANS_KNOWN = `(${PAYMENTS_READ} AND ${PLANS_READABLE})`;

/** Money went back although nothing was cancelled or returned. */
export const refundWithoutCancellation: Check = {
  code: 'refund.without-cancellation',
  severity: 'warning',
  scope: 'order',
  source: 'payments',
  title: { en: 'Refund without cancellation', tr: 'İptalsiz iade' },
  help: {
    en: 'Money went back, but nothing was cancelled or returned.',
    tr: 'Para iade edilmiş, ancak iptal veya iade edilen bir şey yok.',
  },
  formula: 'refund_amount > 0 → a cancelled or returned line, or a cancellation plan that was not rejected',
  example: 'refund 25.00, every line delivered, no plan',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, 0 AS expected, o.refund_amount AS actual, -o.refund_amount AS difference, '{}' AS facts
    FROM HELD o WHERE ${UNEXPLAINED} AND ${PLANS_KNOWN}
      AND NOT EXISTS (SELECT 1 FROM cancellation_plans p WHERE p.order_id = o.id AND p.status <> 'rejected')`,
  lacking: () => `o.refund_amount IS NULL OR (${UNEXPLAINED} AND NOT ${PLANS_KNOWN})`,
  sentence({ currency, actual }) {
    const is = amountIn(actual, currency);
    return {
      en: `${is.en} was refunded, but no line is cancelled or returned and there is no cancellation plan.`,
      tr: `${is.tr} iade edilmiş, fakat iptal veya iade edilen satır ve iptal planı yok.`,
    };
  },
};
