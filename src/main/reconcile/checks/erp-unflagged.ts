import { type Check, isOne, listOf } from '../check.ts';
import { sumsOf } from '../sums-key.ts';

const BOOKED = `o.sent = 0 AND EXISTS (SELECT 1 FROM temp.statement_sums x WHERE x.id = ${sumsOf('erp', 'o.id')})`;

/** The ERP has the order, but its flag says no: it would be booked twice. */
export const erpUnflagged: Check = {
  code: 'erp.unflagged',
  severity: 'error',
  scope: 'order',
  source: 'erp',
  title: { en: 'In the ERP but not flagged', tr: 'ERP’de var, işareti yok' },
  help: {
    en: 'The ERP has the order, but it is not marked as sent, so that it would be booked twice.',
    tr: 'Sipariş ERP’de var, ancak gönderildi olarak işaretli değil; iki kez kaydedilebilir.',
  },
  formula: 'a row of an ERP statement belongs to the order → is_send',
  example: 'a row of the ERP’s export for an order that is not marked as sent',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('statements', json((SELECT json_group_array(DISTINCT s.id) FROM local.matches m
        JOIN local.statement_rows r ON r.id = m.row_id JOIN local.statements s ON s.id = r.statement_id
        WHERE m.order_id = o.id AND m.state = 'confirmed' AND s.kind = 'erp' AND s.withdrawn_ms IS NULL))) AS facts
    FROM HELD o WHERE ${BOOKED}`,
  suspect: () => ({ order: BOOKED }),
  lacking: () => null,
  sentence({ facts }) {
    const statements = listOf(facts.statements);
    const have = isOne(facts.statements) ? `ERP statement ${statements} has` : `ERP statements ${statements} have`;
    return {
      en: `${have} the order, but it is not marked as sent: it would be booked a second time.`,
      tr: `Sipariş ${statements} numaralı ERP dökümünde var, ama gönderildi olarak işaretli değil: ikinci kez kaydedilebilir.`,
    };
  },
};
