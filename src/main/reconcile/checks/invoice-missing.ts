import { INVOICED_STATUSES } from '../../../shared/statuses.ts';
import { type Check, sqlList } from '../check.ts';

const MISSING = `o.status IN (${sqlList(INVOICED_STATUSES)}) AND ifnull(o.invoice_number, '') = ''
  AND NOT EXISTS (SELECT 1 FROM lines l WHERE l.order_id = o.id AND ifnull(l.invoice_number, '') <> '')`;

/** Goods have left, but neither the order nor any line has an invoice number. */
export const invoiceMissing: Check = {
  code: 'invoice.missing',
  severity: 'error',
  scope: 'order',
  source: 'orders',
  title: { en: 'Invoice missing', tr: 'Fatura eksik' },
  help: {
    en: 'The goods have left, but there is no invoice number.',
    tr: 'Ürünler gönderilmiş, ancak fatura numarası yok.',
  },
  formula: 'status 500, 510, 520, 540 or 550 → an invoice_number on the order or a line',
  example: 'a delivered order without any number',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference, json_object('status', o.status) AS facts
    FROM HELD o WHERE ${MISSING}`,
  suspect: () => ({ order: MISSING }),
  lacking: () => null,
  sentence({ facts }) {
    return {
      en: `The goods have left (status ${String(facts.status)}), but neither the order nor a line has an invoice number.`,
      tr: `Mal çıkmış (durum ${String(facts.status)}), fakat ne siparişte ne de bir satırda fatura numarası var.`,
    };
  },
};
