import { boundedSum } from '../../database/exact-sum.ts';
import { DISCOUNTS_READABLE, discountItemSum, PAYMENTS_READ } from '../../payments/sums.ts';
import { amountIn, type Check, factAmount } from '../check.ts';

const ITEMS = `CASE WHEN ${PAYMENTS_READ} AND ${DISCOUNTS_READABLE} THEN ${discountItemSum(boundedSum)} END`;

/** Most orders have no discount, and no items. */
const ITEMS_MAY_DIFFER = `(o.discount_amount <> 0 OR EXISTS (SELECT 1 FROM discount_items d WHERE d.order_id = o.id)) AND ${PAYMENTS_READ}`;

/** Identity M7 of the contract: the order's discount is that of its lines, and that of its discount items. Assumed. */
export const amountDiscount: Check = {
  code: 'amount.discount',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'Discount does not add up', tr: 'İndirim tutmuyor' },
  help: {
    en: 'The discount is not that of the lines, or not that of the discount items.',
    tr: 'İndirim, satırların ya da indirim kalemlerinin toplamı değil.',
  },
  formula: 'discount_amount = Σ discount_amount of the lines = Σ amount of the discount items, where these were read',
  example: 'lines 5.00 + 7.50 = 12.50; Omnitron says 15.00: difference −2.50',
  tolerant: true,
  sql: () => `SELECT order_id, expected, actual, expected - actual AS difference,
      json_object('lines', CAST(of_lines AS TEXT), 'items', CAST(of_items AS TEXT)) AS facts
    FROM (SELECT order_id, actual, of_lines, of_items, iif(of_lines <> actual, of_lines, of_items) AS expected
      FROM (SELECT o.id AS order_id, o.discount_amount AS actual, o.lines_discount AS of_lines, ${ITEMS} AS of_items
        FROM HELD o WHERE o.mixed_currency = 0)
      WHERE of_lines <> actual OR of_items <> actual)`,
  suspect: () => ({ order: `o.mixed_currency = 0 AND (o.lines_discount <> o.discount_amount OR ${ITEMS_MAY_DIFFER})` }),
  lacking: () => 'o.mixed_currency = 1 OR o.discount_amount IS NULL OR o.lines_discount IS NULL',
  sentence({ currency, actual, facts }) {
    const is = amountIn(actual, currency);
    const [ofLines, ofItems] = [factAmount(facts.lines, currency), factAmount(facts.items, currency)];
    const [lines, items] = [amountIn(ofLines, currency), amountIn(ofItems, currency)];
    const parts = {
      en: [
        ...(ofLines === null ? [] : [`its lines' discounts add up to ${lines.en}`]),
        ...(ofItems === null ? [] : [`its discount items add up to ${items.en}`]),
      ],
      tr: [
        ...(ofLines === null ? [] : [`satır indirimlerinin toplamı ${lines.tr}`]),
        ...(ofItems === null ? [] : [`indirim kalemlerinin toplamı ${items.tr}`]),
      ],
    };
    return {
      en: `The order's discount is ${is.en}; ${parts.en.join(' and ')}.`,
      tr: `Siparişin indirimi ${is.tr}; ${parts.tr.join(', ')}.`,
    };
  },
};
