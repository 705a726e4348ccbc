import { type Check, isOne, listOf } from '../check.ts';

const OTHER = `ifnull(o.invoice_number, '') <> '' AND ifnull(l.invoice_number, '') <> o.invoice_number`;

/** The order has an invoice number, and a line has another one or none. */
export const invoiceLineMismatch: Check = {
  code: 'invoice.line-mismatch',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'Line invoice differs', tr: 'Satır faturası farklı' },
  help: {
    en: 'A line’s invoice number is not the order’s.',
    tr: 'Bir satırın fatura numarası siparişinkinden farklı.',
  },
  formula: 'the order has an invoice_number → every line has the same',
  example: 'order ABC2026000000001, a line without a number',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('number', o.invoice_number, 'lines', json_group_array(l.id)) AS facts
    FROM HELD o CROSS JOIN lines l ON l.order_id = o.id WHERE ${OTHER} GROUP BY o.id`,
  suspect: () => ({ line: OTHER }),
  lacking: () => null,
  sentence({ facts }) {
    const number = String(facts.number);
    const lines = listOf(facts.lines);
    const carrying = isOne(facts.lines) ? `line ${lines} carries` : `lines ${lines} carry`;
    return {
      en: `The order's invoice is ${number}, but ${carrying} another number or none.`,
      tr: `Siparişin faturası ${number}, fakat ${lines} numaralı satırlarda başka bir numara var ya da numara yok.`,
    };
  },
};
