import { type Check, isOne, listOf } from '../check.ts';
import { namedByRejected } from '../rejected-rows.ts';
import { sumsOf } from '../sums-key.ts';

/** ERP statements in force that cover the day of the order `o`. */
const COVERING = `local.statements s WHERE s.kind = 'erp' AND s.withdrawn_ms IS NULL
  AND o.date_placed_ms >= s.from_ms AND o.date_placed_ms < s.until_ms`;

/** Over `o`: the ERP should have it, and no row is confirmed to be it. Without any statement nothing is looked up. */
const UNCONFIRMED = `(SELECT count(*) > 0 FROM local.statements WHERE kind = 'erp' AND withdrawn_ms IS NULL) AND +o.sent = 1
  AND NOT EXISTS (SELECT 1 FROM temp.statement_sums x WHERE x.id = ${sumsOf('erp', 'o.id')})
  AND EXISTS (SELECT 1 FROM ${COVERING})`;

/** Over `o`: no row of the ERP is confirmed to be it, nor may be it. */
const WITHOUT_ROW = `NOT EXISTS (SELECT 1 FROM local.matches m JOIN local.statement_rows r ON r.id = m.row_id
  JOIN local.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL AND s.kind = 'erp' WHERE m.order_id = o.id)`;

/** Over `o`: the ERP's file has a row for it that could not be read. */
const UNREAD = namedByRejected('erp');

/**
 * The flag says that the ERP has the order, a statement of the ERP covers its day, and no row fits it. Where the only row
 * that names it was rejected on import, the order is neither there nor absent: it is not judged.
 */
export const erpSentButAbsent: Check = {
  code: 'erp.sent-but-absent',
  severity: 'error',
  scope: 'order',
  source: 'erp',
  title: { en: 'Sent but not in the ERP', tr: 'Gönderilmiş ama ERP’de yok' },
  help: {
    en: 'The order is marked as sent, but the ERP statement of its day has no row for it.',
    tr: 'Sipariş ERP’ye gönderildi olarak işaretli, ancak o günü kapsayan ERP dökümünde satırı yok.',
  },
  formula:
    'is_send, and an ERP statement covers the order’s day → a row of an ERP statement belongs to the order, or names it but was rejected',
  example: 'an order of 3 March that is marked as sent, and no row for it in the ERP’s export of March',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('statements', json((SELECT json_group_array(s.id) FROM ${COVERING}))) AS facts
    FROM HELD o
    WHERE ${UNCONFIRMED} AND ${WITHOUT_ROW} AND NOT ${UNREAD}`,
  suspect: () => ({ order: UNCONFIRMED }),
  lacking: () =>
    `o.sent = 1 AND (NOT EXISTS (SELECT 1 FROM ${COVERING}) OR (${UNREAD} AND ${UNCONFIRMED} AND ${WITHOUT_ROW}))`,
  sentence({ facts }) {
    const statements = listOf(facts.statements);
    const cover = isOne(facts.statements)
      ? `ERP statement ${statements} covers its day and has`
      : `ERP statements ${statements} cover its day and have`;
    return {
      en: `The order is marked as sent to the ERP, but ${cover} no row for it.`,
      tr: `Sipariş ERP'ye gönderildi olarak işaretli, ama gününü kapsayan ${statements} numaralı ERP dökümünde satırı yok.`,
    };
  },
};
