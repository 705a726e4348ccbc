import type { Bilingual } from '../../../shared/primitives.ts';
import { amountIn, type Check, type FindingFacts, factAmount } from '../check.ts';
import { BATCH_IN_FORCE } from '../group-sums.ts';

/** The pairs of a row `r`, none of which is confirmed: how many, in which state, and the number of a single order. */
const PAIRS = `(SELECT json_array(count(*), min(m.state), iif(count(*) = 1, min(o.number), NULL))
  FROM local.matches m LEFT JOIN main.orders o ON o.id = m.order_id WHERE m.row_id = r.id)`;
/**
 * A row `r` that was matched as a batch of which no row is in force any more: there is nothing to compare it with. CASE
 * keeps the order: whether a batch is in force is asked of the few rows that pay one out, not of every row in one.
 */
const LEFT_ALONE = `CASE WHEN EXISTS (SELECT 1 FROM local.matches m WHERE m.row_id = r.id AND m.state = 'confirmed' AND m.rule = 'batch')
  THEN NOT ${BATCH_IN_FORCE} ELSE 0 END`;

/** A row that nobody and no key has given its order yet. One whose key is damaged is `statement.damaged-key`. */
export const statementUnmatchedRow: Check = {
  code: 'statement.unmatched-row',
  severity: 'warning',
  scope: 'row',
  source: 'statements',
  title: { en: 'Row without a confirmed order', tr: 'Onaylı siparişi olmayan satır' },
  help: {
    en: 'A row of a statement has no confirmed order: nothing fits it, or what fits is not accepted yet.',
    tr: 'Ekstrenin bir satırının onaylı siparişi yok: uyan sipariş yok, ya da uyan henüz onaylanmadı.',
  },
  formula: 'every row of a statement in force has a confirmed match',
  example: 'a row for order 1234567890123456, which Omnitron does not have',
  tolerant: false,
  sql: () => `SELECT row_id, NULL AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('amount', CAST(amount AS TEXT), 'key', key, 'state', iif(left_alone, 'batch', ifnull(pairs ->> 1, 'unmatched')),
        'orders', iif(left_alone, 0, pairs ->> 0), 'number', iif(left_alone, NULL, pairs ->> 2)) AS facts
    FROM (SELECT r.id AS row_id, r.amount, coalesce(r.order_key, r.invoice_key, r.transaction_key, r.batch_key) AS key, 0 AS left_alone, ${PAIRS} AS pairs
        FROM ROWS r WHERE r.damaged IS NULL AND NOT EXISTS (SELECT 1 FROM local.matches m WHERE m.row_id = r.id AND m.state = 'confirmed')
      UNION ALL SELECT r.id, r.amount, r.batch_key, 1, NULL FROM ROWS r WHERE r.batch_key IS NOT NULL AND ${LEFT_ALONE})`,
  lacking: () => null,
  sentence({ currency, facts }) {
    const amount = amountIn(factAmount(facts.amount, currency), currency);
    const key = typeof facts.key === 'string' ? facts.key : null;
    const [en, tr] =
      key === null
        ? [`The row of ${amount.en}, which carries no key,`, `Anahtarı olmayan, ${amount.tr} tutarındaki satır`]
        : [`The row of ${amount.en} with the key ${key}`, `${key} anahtarlı, ${amount.tr} tutarındaki satır`];
    const rest = what(facts);
    return { en: `${en} ${rest.en}.`, tr: `${tr} ${rest.tr}.` };
  },
};

/** What is known of the row, to follow its description. */
function what({ state, orders, number }: FindingFacts['facts']): Bilingual {
  const one = typeof number === 'string' ? number : null;
  if (state === 'batch') {
    return {
      en: 'was matched as a batch of which no statement in force has a row any more',
      tr: 'bir hesaplaşma olarak eşleştirilmişti; yürürlükteki hiçbir ekstrede bunun satırı kalmadı',
    };
  }
  if (state === 'suggested') {
    return one === null
      ? {
          en: `has a suggestion of ${orders} orders, not yet accepted`,
          tr: `için ${orders} sipariş öneriliyor, henüz onaylanmadı`,
        }
      : {
          en: `has the suggestion of order ${one}, not yet accepted`,
          tr: `için ${one} numaralı sipariş öneriliyor, henüz onaylanmadı`,
        };
  }
  if (state === 'ambiguous') {
    return one === null
      ? { en: `fits ${orders} orders equally well`, tr: `${orders} siparişe aynı ölçüde uyuyor` }
      : { en: `fits order ${one}, as other rows do`, tr: `${one} numaralı siparişe uyuyor, başka satırlar da uyuyor` };
  }
  return { en: 'has no order, and none is suggested', tr: 'için sipariş yok, önerilen de yok' };
}
