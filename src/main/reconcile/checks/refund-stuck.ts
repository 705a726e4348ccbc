import { WAITING_CANCEL_STATUSES } from '../../../shared/statuses.ts';
import { PAYMENTS_READ } from '../../payments/sums.ts';
import { type Check, isOne, listOf, sqlList } from '../check.ts';

const WAITING = sqlList(WAITING_CANCEL_STATUSES);
/** When a plan was made, in epoch milliseconds; NULL where it does not tell. */
const PLAN_MS = 'unixepoch(ifnull(p.created, p.modified)) * 1000';
/** When the program saw a line's cancellation get where it stands; NULL where it came like that. */
const LINE_MS = `(SELECT max(c.seen_ms) FROM changes c WHERE c.order_id = o.id AND c.line_id = l.id AND c.field = 'cancel_status')`;

/**
 * What is under way, and since when: the plan with its own date, the only documented one; where no plan is held, the
 * lines with the time at which their status was seen to change, which is never too early.
 */
const UNDER_WAY = `SELECT o.id AS order_id, p.id AS plan_id, NULL AS line_id, ${PLAN_MS} AS since_ms
    FROM HELD o JOIN cancellation_plans p ON p.order_id = o.id AND p.status IN (${WAITING}) WHERE ${PAYMENTS_READ}
  UNION ALL
  SELECT o.id, NULL, l.id, ${LINE_MS}
    FROM HELD o CROSS JOIN lines l ON l.order_id = o.id
    WHERE l.cancel_status IN (${WAITING}) AND NOT EXISTS (SELECT 1 FROM cancellation_plans p WHERE p.order_id = o.id AND p.status IN (${WAITING}))`;

/** A cancellation or return has waited for longer than the days of the rules. */
export const refundStuck: Check = {
  code: 'refund.stuck',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'Refund stuck', tr: 'İade takıldı' },
  help: {
    en: 'A cancellation or return has been waiting for too long.',
    tr: 'Bir iptal veya iade gereğinden uzun süredir bekliyor.',
  },
  formula: 'a waiting cancellation plan or line is not older than the days of the rules',
  example: 'a plan made 20 days ago that is still “approved”',
  tolerant: false,
  timed: true,
  sql: () => `SELECT order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('plans', json_group_array(plan_id) FILTER (WHERE plan_id IS NOT NULL),
        'lines', json_group_array(line_id) FILTER (WHERE line_id IS NOT NULL),
        'days', (:now - min(since_ms)) / 86400000) AS facts
    FROM (${UNDER_WAY}) WHERE since_ms < :now - :stuckMs GROUP BY order_id`,
  suspect: () => ({
    order: `o.id IN (SELECT p.order_id FROM cancellation_plans p WHERE p.status IN (${WAITING}))`,
    line: `l.cancel_status IN (${WAITING})`,
  }),
  lacking: () => ({ orders: `SELECT w.order_id FROM (${UNDER_WAY}) w WHERE w.since_ms IS NULL` }),
  sentence({ facts }) {
    const plans = listOf(facts.plans);
    const lines = listOf(facts.lines);
    const days = String(facts.days);
    return plans === ''
      ? {
          en: `The cancellation of ${isOne(facts.lines) ? 'line' : 'lines'} ${lines} has been waiting for ${days} full days or longer.`,
          tr: `${lines} numaralı satırların iptali en az ${days} tam gündür bekliyor.`,
        }
      : {
          en: `Cancellation ${isOne(facts.plans) ? `plan ${plans} has` : `plans ${plans} have`} been waiting for ${days} full days.`,
          tr: `${plans} numaralı iptal planı ${days} tam gündür bekliyor.`,
        };
  },
};
