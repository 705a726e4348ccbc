import { type Check, listOf } from '../check.ts';

/** A line priced in another currency than its order; such amounts cannot be added, so `amount.total` leaves the order out. */
export const amountCurrency: Check = {
  code: 'amount.currency',
  severity: 'error',
  scope: 'order',
  source: 'orders',
  title: { en: 'Mixed currencies', tr: 'Karışık para birimi' },
  help: { en: 'A line is in another currency than its order.', tr: 'Bir satırın para birimi siparişinkinden farklı.' },
  formula: 'every line’s price_currency = the order’s currency',
  example: 'an order in TRY with a line in EUR',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('currencies', json((SELECT json_group_array(DISTINCT upper(l.currency)) FROM lines l
        WHERE l.order_id = o.id AND l.currency <> o.currency))) AS facts
    FROM HELD o WHERE o.mixed_currency = 1`,
  suspect: () => ({ order: 'o.mixed_currency = 1' }),
  lacking: () => null,
  sentence({ currency, facts }) {
    const unit = currency.toUpperCase();
    const others = listOf(facts.currencies);
    return {
      en: `The order is in ${unit}, but lines are priced in ${others}.`,
      tr: `Sipariş ${unit} para biriminde, fakat satırlarda ${others} var.`,
    };
  },
};
