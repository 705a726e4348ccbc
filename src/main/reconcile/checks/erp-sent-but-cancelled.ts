import { INVOICED_STATUSES } from '../../../shared/statuses.ts';
import { totalSql } from '../../database/exact-sum.ts';
import { type Check, sqlList } from '../check.ts';

/** Statuses of goods that have left: what comes back then is a return, whose sale the ERP has by right. */
const LEFT = sqlList([...INVOICED_STATUSES, '600']);

/** Over `o`: it was sent, and cancelled before the goods left. */
const CANCELLED = `+o.sent = 1 AND +o.status NOT IN (${LEFT}) AND (o.status = '100' OR (o.line_count > 0
  AND NOT EXISTS (SELECT 1 FROM lines l WHERE l.order_id = o.id AND l.cancel_status IS NOT 'completed')))`;

/** Over `o`: the ERP has booked a sale and its return, and both cancel out. */
const REVERSED = `(SELECT count(DISTINCT w.currency) = 1 AND min(w.amount) < 0 AND max(w.amount) > 0 AND ${totalSql('w.amount')} = 0
  FROM local.matches x JOIN local.statement_rows w ON w.id = x.row_id JOIN local.statements s ON s.id = w.statement_id
  WHERE x.order_id = o.id AND x.state = 'confirmed' AND s.kind = 'erp' AND s.withdrawn_ms IS NULL)`;

/** The ERP was told of an order that has been cancelled since, and holds no reversal of it. */
export const erpSentButCancelled: Check = {
  code: 'erp.sent-but-cancelled',
  severity: 'error',
  scope: 'order',
  source: 'erp',
  title: { en: 'Sent but cancelled', tr: 'Gönderilmiş ama iptal' },
  help: {
    en: 'The order was sent to the ERP and cancelled, and the ERP has no reversal.',
    tr: 'ERP’ye gönderilen sipariş iptal edilmiş, ERP’de ters kayıt yok.',
  },
  formula:
    'is_send, and status 100 or every line’s cancellation completed before the goods left → ERP rows of sale and return that sum to zero',
  example: 'a cancelled order that is marked as sent, of which the ERP has the sale alone',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference, json_object('status', o.status) AS facts
    FROM HELD o WHERE ${CANCELLED} AND ${REVERSED} IS NOT 1`,
  suspect: () => ({ order: CANCELLED }),
  lacking: () => null,
  sentence({ facts }) {
    const status = String(facts.status);
    return {
      en: `The order is cancelled (status ${status}) but marked as sent to the ERP, and no ERP statement shows its reversal.`,
      tr: `Sipariş iptal edilmiş (durum ${status}), ama ERP'ye gönderildi olarak işaretli ve hiçbir ERP dökümünde ters kaydı yok.`,
    };
  },
};
