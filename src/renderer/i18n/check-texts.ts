import type { CodeLabels } from '../../shared/labels/code-labels.ts';

/** The checks' words as the translator looks them up: a point in a key is a step into the tree. */
export function checkTexts({ checks }: CodeLabels) {
  return {
    amount: {
      total: checks['amount.total'],
      currency: checks['amount.currency'],
      shipping: checks['amount.shipping'],
    },
    refund: { 'exceeds-order': checks['refund.exceeds-order'], missing: checks['refund.missing'] },
    invoice: {
      missing: checks['invoice.missing'],
      'line-mismatch': checks['invoice.line-mismatch'],
      duplicate: checks['invoice.duplicate'],
    },
    erp: { 'not-sent': checks['erp.not-sent'] },
  };
}
