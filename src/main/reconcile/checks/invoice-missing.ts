import { INVOICED_STATUSES } from '../../../shared/statuses.ts';
import { type Check, sqlList } from '../check.ts';

/** Goods have left, but neither the order nor any line has an invoice number. */
export const invoiceMissing: Check = {
  code: 'invoice.missing',
  severity: 'error',
  sql: `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference, json_object('status', o.status) AS facts
    FROM orders o
    WHERE o.status IN (${sqlList(INVOICED_STATUSES)}) AND ifnull(o.invoice_number, '') = ''
      AND NOT EXISTS (SELECT 1 FROM lines l WHERE l.order_id = o.id AND ifnull(l.invoice_number, '') <> '')`,
  sentence({ facts }) {
    return {
      en: `The goods have left (status ${String(facts.status)}), but neither the order nor a line has an invoice number.`,
      tr: `Mal çıkmış (durum ${String(facts.status)}), fakat ne siparişte ne de bir satırda fatura numarası var.`,
    };
  },
};
