import { ERP_STATUSES } from '../../../shared/statuses.ts';
import { type Check, sqlList } from '../check.ts';

const UNSENT = `o.sent = 0 AND o.status IN (${sqlList(ERP_STATUSES)})`;

/**
 * The ERP should know the order by now and has not been told. An order all of whose lines have a completed
 * cancellation, or that has no lines, has nothing to book.
 */
export const erpNotSent: Check = {
  code: 'erp.not-sent',
  severity: 'error',
  scope: 'order',
  source: 'orders',
  title: { en: 'Not sent to ERP', tr: 'ERP’ye aktarılmadı' },
  help: {
    en: 'The order should be in the ERP by now, but is not marked as sent.',
    tr: 'Siparişin şimdiye kadar ERP’ye aktarılmış olması gerekirdi, ancak aktarıldı olarak işaretli değil.',
  },
  formula: 'status 400 to 550 and older than the ERP hours → is_send',
  example: 'an approved order of the day before yesterday that is not marked as sent',
  tolerant: false,
  timed: true,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('status', o.status, 'days', (:now - o.date_placed_ms) / 86400000) AS facts
    FROM HELD o
    WHERE ${UNSENT} AND o.date_placed_ms < :now - :erpMs
      AND EXISTS (SELECT 1 FROM lines l WHERE l.order_id = o.id AND l.cancel_status IS NOT 'completed')`,
  suspect: () => ({ order: UNSENT }),
  lacking: () => null,
  sentence({ facts }) {
    const days = String(facts.days);
    const unit = days === '1' ? 'full day' : 'full days';
    return {
      en: `The order was placed ${days} ${unit} ago and has not been sent to the ERP (status ${String(facts.status)}).`,
      tr: `Sipariş ${days} tam gün önce verilmiş, fakat ERP'ye gönderilmemiş (durum ${String(facts.status)}).`,
    };
  },
};
