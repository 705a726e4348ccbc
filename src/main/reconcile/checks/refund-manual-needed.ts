import { type Check, isOne, listOf } from '../check.ts';

const NEEDED = `l.cancel_status = 'manuel_refund_need'`;

/** Omnitron could not pay a refund back by itself. */
export const refundManualNeeded: Check = {
  code: 'refund.manual-needed',
  severity: 'error',
  scope: 'order',
  source: 'orders',
  title: { en: 'Refund by hand', tr: 'Elle iade gerekli' },
  help: {
    en: 'Omnitron could not refund a line; somebody has to.',
    tr: 'Omnitron bir satırın iadesini yapamadı; elle yapılması gerekiyor.',
  },
  formula: 'no line has cancel_status manuel_refund_need',
  example: 'a line with cancel_status manuel_refund_need',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('lines', json_group_array(l.id)) AS facts
    FROM HELD o CROSS JOIN lines l ON l.order_id = o.id WHERE ${NEEDED} GROUP BY o.id`,
  suspect: () => ({ line: NEEDED }),
  lacking: () => null,
  sentence({ facts }) {
    const lines = listOf(facts.lines);
    return {
      en: `Omnitron could not refund ${isOne(facts.lines) ? 'line' : 'lines'} ${lines} by itself.`,
      tr: `Omnitron ${lines} numaralı satırların iadesini kendisi yapamadı.`,
    };
  },
};
