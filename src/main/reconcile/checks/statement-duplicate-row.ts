import { amountIn, type Check, factAmount } from '../check.ts';

const SAME = `y.id < r.id AND y.statement_id <> r.statement_id AND z.kind = r.kind AND z.withdrawn_ms IS NULL
  AND (y.order_key, y.invoice_key, y.transaction_key, y.batch_key, y.currency, y.amount, y.fee, y.net, y.day)
    IS (r.order_key, r.invoice_key, r.transaction_key, r.batch_key, r.currency, r.amount, r.fee, r.net, r.day)`;
const FROM = 'SELECT min(y.id) FROM local.statement_rows y JOIN local.statements z ON z.id = y.statement_id WHERE';

/** An equal row of an earlier statement in force: searched for by the first key that the row has. */
const ELSEWHERE = `CASE WHEN r.order_key IS NOT NULL THEN (${FROM} y.order_key = r.order_key AND ${SAME})
  WHEN r.invoice_key IS NOT NULL THEN (${FROM} y.invoice_key = r.invoice_key AND ${SAME})
  WHEN r.transaction_key IS NOT NULL THEN (${FROM} y.transaction_key = r.transaction_key AND ${SAME}) END`;

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** A whole number as an English ordinal: 2nd, 3rd, 11th. */
const ordinal = (n: number): string => `${n}${ENDINGS[ORDINALS.select(n)] ?? 'th'}`;

/** The same row twice: in one file, or in two statements of a kind. */
export const statementDuplicateRow: Check = {
  code: 'statement.duplicate-row',
  severity: 'warning',
  scope: 'row',
  source: 'statements',
  title: { en: 'Row occurs twice', tr: 'Satır iki kez var' },
  help: {
    en: 'A row equals another one in everything, in its file or in another statement.',
    tr: 'Bir satır, dosyasındaki ya da başka bir ekstredeki bir satırla her bakımdan aynı.',
  },
  formula: 'no two rows with the same keys, amounts, currency and day',
  example: 'lines 12 and 57 of a file: the same order, day and amount',
  tolerant: false,
  sql: () => `SELECT row_id, (SELECT min(m.order_id) FROM local.matches m WHERE m.row_id = d.row_id AND m.state = 'confirmed') AS order_id,
      NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('amount', CAST(amount AS TEXT), 'occurrence', occurrence,
        'statement', (SELECT w.statement_id FROM local.statement_rows w WHERE w.id = d.elsewhere)) AS facts
    FROM (SELECT r.id AS row_id, r.amount, r.occurrence, NULL AS elsewhere FROM ROWS r WHERE r.occurrence > 1
      UNION ALL SELECT r.id, r.amount, r.occurrence, ${ELSEWHERE}
        FROM (SELECT max(id) AS id FROM local.statements WHERE withdrawn_ms IS NULL GROUP BY kind HAVING count(*) > 1 LIMIT 1) k
          CROSS JOIN ROWS r WHERE r.occurrence = 1) d
    WHERE occurrence > 1 OR elsewhere IS NOT NULL`,
  lacking: () => null,
  sentence({ currency, facts }) {
    const amount = amountIn(factAmount(facts.amount, currency), currency);
    if (typeof facts.statement === 'number') {
      return {
        en: `A row of ${amount.en} that equals this one stands in statement ${facts.statement} too.`,
        tr: `${amount.tr} tutarındaki bu satırın aynısı ${facts.statement} numaralı ekstrede de var.`,
      };
    }
    const times = Number(facts.occurrence);
    return {
      en: `The row of ${amount.en} stands in its file for the ${ordinal(times)} time.`,
      tr: `${amount.tr} tutarındaki satır dosyasında ${times}. kez geçiyor.`,
    };
  },
};
