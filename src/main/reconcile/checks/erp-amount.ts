import { sidesSentence } from '../amount-sides.ts';
import type { Check } from '../check.ts';
import { amountFindings, notComparable, RELATED_BY_GROUP } from '../statement-amount.ts';

/** What the ERP has booked is not what the order says. What is booked several times is `erp.duplicate`. */
export const erpAmount: Check = {
  code: 'erp.amount',
  severity: 'error',
  scope: 'order',
  source: 'erp',
  title: { en: 'ERP amount differs', tr: 'ERP tutarı farklı' },
  help: {
    en: 'The ERP’s rows for the order do not add up to its amount, or their returns to its refund.',
    tr: 'Siparişin ERP satırları tutarını, iade satırları da iadesini vermiyor.',
  },
  formula: 'Σ ERP rows = amount; Σ negative ERP rows = −refund_amount',
  example: 'ERP 119.00, Omnitron 109.00: difference 10.00',
  tolerant: true,
  sql: () => amountFindings(['erp'], 'once'),
  lacking: () => ({ orders: notComparable(['erp']) }),
  related: RELATED_BY_GROUP,
  sentence: (found) => sidesSentence(found),
};
