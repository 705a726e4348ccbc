import type { Bilingual } from '../../../shared/primitives.ts';
import { type Check, isOne, listOf } from '../check.ts';

/** The amounts of an order that cannot be below zero, with their names. */
const FIELDS: Readonly<Record<string, Bilingual>> = {
  amount: { en: 'amount', tr: 'tutar' },
  shipping_amount: { en: 'shipping', tr: 'kargo' },
  net_shipping_amount: { en: 'net shipping', tr: 'net kargo' },
  discount_amount: { en: 'discount', tr: 'indirim' },
  installment_interest_amount: { en: 'installment interest', tr: 'vade farkı' },
  shipping_interest_amount: { en: 'shipping interest', tr: 'kargo vade farkı' },
  refund_amount: { en: 'refund', tr: 'iade' },
  discount_refund_amount: { en: 'refunded discount', tr: 'iade edilen indirim' },
  shipping_refund_amount: { en: 'refunded shipping', tr: 'iade edilen kargo' },
};
const NAMES = Object.keys(FIELDS);
const BELOW = NAMES.map((name) => `o.${name} < 0`).join(' OR ');
const LINE_BELOW = 'l.price < 0 OR l.discount_amount < 0 OR l.installment_interest_amount < 0';

/** Omnitron writes every amount, a refund too, without a sign: one below zero is damaged or means something else. */
export const amountNegative: Check = {
  code: 'amount.negative',
  severity: 'error',
  scope: 'order',
  source: 'orders',
  title: { en: 'Negative amount', tr: 'Negatif tutar' },
  help: {
    en: 'An amount of the order or of a line is below zero.',
    tr: 'Siparişin veya bir satırın bir tutarı sıfırın altında.',
  },
  formula: 'every amount of the order, and every line’s price, discount_amount and installment_interest_amount ≥ 0',
  example: 'a refund of −5.00',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('fields', json_array(${NAMES.map((name) => `iif(o.${name} < 0, '${name}', NULL)`).join(', ')}),
        'lines', json((SELECT json_group_array(l.id) FROM lines l WHERE l.order_id = o.id AND (${LINE_BELOW})))) AS facts
    FROM HELD o WHERE ${BELOW} OR EXISTS (SELECT 1 FROM lines l WHERE l.order_id = o.id AND (${LINE_BELOW}))`,
  suspect: () => ({ order: BELOW, line: LINE_BELOW }),
  lacking: () => null,
  sentence({ facts }) {
    const fields = Array.isArray(facts.fields) ? facts.fields.flatMap((name) => FIELDS[String(name)] ?? []) : [];
    const lines = listOf(facts.lines);
    const one = isOne(facts.lines);
    const en = [...fields.map((name) => name.en), ...(lines === '' ? [] : [`${one ? 'line' : 'lines'} ${lines}`])];
    const tr = [...fields.map((name) => name.tr), ...(lines === '' ? [] : [`${lines} numaralı satırlar`])];
    return { en: `Below zero: ${en.join(', ')}.`, tr: `Sıfırın altında: ${tr.join(', ')}.` };
  },
};
