import { amountIn, type Check } from '../check.ts';

/** What was deducted: gross less net, or the fee where the row does not give the net. */
const DEDUCTED = 'iif(r.net IS NULL, r.fee, r.amount - r.net)';

/** A fee that is not the agreed one. Judged where the statement was imported with a schedule; refunds are not. */
export const statementFee: Check = {
  code: 'statement.fee',
  severity: 'warning',
  scope: 'row',
  source: 'statements',
  title: { en: 'Fee differs', tr: 'Komisyon farklı' },
  help: {
    en: 'What was deducted is not the fee that was agreed.',
    tr: 'Kesilen tutar, anlaşılan komisyon değil.',
  },
  formula: 'amount − net (or fee) = amount × percent + fixed, rounded to the currency',
  example: '100.00 at 1.99 % + 0.25 = 2.24; deducted 3.24: difference 1.00',
  tolerant: true,
  sql: () => `WITH terms AS MATERIALIZED (SELECT id, micros(spec ->> '$.fee.percent') AS percent, micros(spec ->> '$.fee.fixed') AS fixed
      FROM local.statements WHERE withdrawn_ms IS NULL AND spec ->> '$.fee.percent' IS NOT NULL)
    SELECT row_id, (SELECT min(m.order_id) FROM local.matches m WHERE m.row_id = f.row_id AND m.state = 'confirmed') AS order_id,
      expected, actual, expected - actual AS difference, '{}' AS facts
    FROM (SELECT r.id AS row_id, ${DEDUCTED} AS expected, scheduled_fee(r.amount, s.percent, s.fixed, r.currency) AS actual
      FROM terms s CROSS JOIN ROWS r ON r.statement_id = s.id WHERE r.amount > 0) f
    WHERE expected <> actual`,
  lacking: () => null,
  sentence({ currency, expected, actual, difference }) {
    const [taken, agreed, by] = [
      amountIn(expected, currency),
      amountIn(actual, currency),
      amountIn(difference, currency),
    ];
    return {
      en: `${taken.en} was deducted; by the schedule the fee is ${agreed.en} (difference ${by.en}).`,
      tr: `${taken.tr} kesilmiş; tarifeye göre komisyon ${agreed.tr} (fark ${by.tr}).`,
    };
  },
};
