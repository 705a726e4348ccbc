import { type Check, isOne, listOf } from '../check.ts';

const NOT_PAID_BACK = `(l.status = '600' OR l.cancel_status = 'completed') AND o.refund_amount = 0`;

/**
 * A line was refunded (status 600) or its cancellation is completed, yet the order's refund is zero. Status 100 alone
 * is no finding: nothing may have been paid.
 */
export const refundMissing: Check = {
  code: 'refund.missing',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'Refund missing', tr: 'İade eksik' },
  help: {
    en: 'A line is refunded or its cancellation completed, yet no refund is recorded.',
    tr: 'Bir satır iade edilmiş veya iptali tamamlanmış, ancak iade tutarı yok.',
  },
  formula: 'refund_amount > 0 where a line has status 600 or cancel_status completed',
  example: 'a line with status 600, refund 0.00',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('lines', json_group_array(l.id)) AS facts
    FROM HELD o CROSS JOIN lines l ON l.order_id = o.id WHERE ${NOT_PAID_BACK} GROUP BY o.id`,
  suspect: () => ({ line: NOT_PAID_BACK }),
  lacking: () => 'o.refund_amount IS NULL',
  sentence({ facts }) {
    const lines = listOf(facts.lines);
    const subject = isOne(facts.lines) ? `Line ${lines} is refunded or its` : `Lines ${lines} are refunded or their`;
    return {
      en: `${subject} cancellation is completed, but the order's refund is zero.`,
      tr: `${lines} numaralı satırlar iade edilmiş ya da iptali tamamlanmış, fakat siparişin iade tutarı sıfır.`,
    };
  },
};
