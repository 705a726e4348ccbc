import { type Check, isOne, listOf } from '../check.ts';

/**
 * A line was refunded (status 600) or its cancellation is completed, yet the order's refund is zero. Status 100 alone
 * is no finding: nothing may have been paid.
 */
export const refundMissing: Check = {
  code: 'refund.missing',
  severity: 'warning',
  sql: `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('lines', json_group_array(l.id)) AS facts
    FROM lines l JOIN orders o ON o.id = l.order_id
    WHERE (l.status = '600' OR l.cancel_status = 'completed') AND o.refund_amount = 0
    GROUP BY o.id`,
  sentence({ facts }) {
    const lines = listOf(facts.lines);
    const subject = isOne(facts.lines) ? `Line ${lines} is refunded or its` : `Lines ${lines} are refunded or their`;
    return {
      en: `${subject} cancellation is completed, but the order's refund is zero.`,
      tr: `${lines} numaralı satırlar iade edilmiş ya da iptali tamamlanmış, fakat siparişin iade tutarı sıfır.`,
    };
  },
};
