import { PAYMENTS_READ, PLANS_READABLE, SETS_READABLE } from '../../payments/sums.ts';
import { amountIn, type Check, factAmount, listOf } from '../check.ts';

const KNOWN = `${PAYMENTS_READ} AND ${SETS_READABLE} AND ${PLANS_READABLE}`;

/**
 * Equal refunds in one set of transactions, more than there are cancellation plans that may have called for them: two
 * lines of one price that were returned one after the other have a plan each.
 */
const TRANSACTIONS = `SELECT o.id AS order_id, t.amount AS amount, ifnull(t.currency, o.currency) AS unit, count(*) AS times, NULL AS plans
  FROM HELD o JOIN transactions t ON t.order_id = o.id
  WHERE t.type = 'refund' AND t.succeeded = 1 AND t.amount <> 0 AND ${KNOWN}
  GROUP BY o.id, t.set_name, t.amount, ifnull(t.currency, o.currency)
  HAVING count(*) > 1
    AND count(*) > (SELECT count(*) FROM cancellation_plans p WHERE p.order_id = o.id AND p.status <> 'rejected')`;

const LINES_IN_ORDER = '(SELECT group_concat(value) FROM (SELECT value FROM json_each(p.line_ids) ORDER BY value))';

/** Completed plans of one amount for the same lines. A plan that names no line, or no amount, is like no other. */
const PLANS = `SELECT o.id, p.refund_amount, o.currency, count(*), json_group_array(p.id)
  FROM HELD o JOIN cancellation_plans p ON p.order_id = o.id
  WHERE p.status = 'completed' AND p.refund_amount <> 0 AND json_array_length(p.line_ids) > 0 AND ${KNOWN}
  GROUP BY o.id, p.refund_amount, ${LINES_IN_ORDER} HAVING count(*) > 1`;

/** The same refund was made, or called for, twice. */
export const refundDouble: Check = {
  code: 'refund.double',
  severity: 'warning',
  scope: 'order',
  source: 'payments',
  title: { en: 'Refunded twice', tr: 'Mükerrer iade' },
  help: {
    en: 'Two equal refunds, or two equal cancellation plans for the same lines.',
    tr: 'Birbirinin aynı iki iade hareketi, ya da aynı satırlar için aynı tutarlı iki iptal planı var.',
  },
  formula:
    'equal succeeded refunds of one set ≤ cancellation plans; no two completed plans of one amount for the same lines',
  example: 'two refunds of 50.00 by card, one cancellation plan',
  tolerant: false,
  sql: () => `SELECT order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('amount', CAST(amount AS TEXT), 'unit', unit, 'times', times, 'plans', json(plans)) AS facts
    FROM (SELECT *, row_number() OVER (PARTITION BY order_id ORDER BY plans IS NOT NULL, amount DESC, unit) AS place
      FROM (${TRANSACTIONS} UNION ALL ${PLANS}))
    WHERE place = 1`,
  lacking: () => `NOT (${KNOWN})`,
  sentence({ facts }) {
    const unit = String(facts.unit);
    const each = amountIn(factAmount(facts.amount, unit), unit);
    const plans = listOf(facts.plans);
    return plans === ''
      ? {
          en: `${String(facts.times)} equal refunds of ${each.en} succeeded, more than there are cancellation plans.`,
          tr: `${each.tr} tutarında ${String(facts.times)} eşit iade yapılmış; iptal planı ise daha az.`,
        }
      : {
          en: `Cancellation plans ${plans} refund ${each.en} each for the same lines.`,
          tr: `${plans} numaralı iptal planlarının her biri aynı satırlar için ${each.tr} iade ediyor.`,
        };
  },
};
