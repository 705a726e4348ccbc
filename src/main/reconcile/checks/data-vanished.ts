import type { Check } from '../check.ts';

/** Orders that a complete reading of Omnitron no longer met. They keep no other finding: nothing of them can be corrected. */
export const dataVanished: Check = {
  code: 'data.vanished',
  severity: 'warning',
  scope: 'data',
  source: 'orders',
  title: { en: 'No longer at Omnitron', tr: 'Omnitron’da artık yok' },
  help: {
    en: 'The order was at Omnitron and is not any more.',
    tr: 'Sipariş Omnitron’da vardı, artık yok.',
  },
  formula: 'every order that was read once is still at Omnitron',
  example: 'an order that the last complete sync did not meet',
  tolerant: false,
  sql: () => `SELECT x.id AS subject, x.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference, '{}' AS facts
    FROM orders x WHERE x.vanished_ms IS NOT NULL`,
  lacking: () => null,
  sentence: () => ({
    en: 'Omnitron no longer has this order.',
    tr: 'Omnitron’da bu sipariş artık yok.',
  }),
};
