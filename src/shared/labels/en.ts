import type { CodeLabels } from './code-labels.ts';

/** English words for checks, severities and statuses. */
export const CODE_LABELS_EN: CodeLabels = {
  checks: {
    'amount.total': {
      label: 'Total does not add up',
      help: 'Lines, shipping, discount and interest do not give the amount (assumed identity).',
    },
    'amount.currency': { label: 'Mixed currencies', help: 'A line is in another currency than its order.' },
    'amount.shipping': { label: 'Net shipping differs', help: 'Net shipping is not shipping plus shipping interest.' },
    'refund.exceeds-order': { label: 'Refund exceeds order', help: 'More was refunded than the order is worth.' },
    'refund.missing': {
      label: 'Refund missing',
      help: 'A line is refunded or its cancellation completed, yet no refund is recorded.',
    },
    'invoice.missing': { label: 'Invoice missing', help: 'The goods have left, but there is no invoice number.' },
    'invoice.line-mismatch': { label: 'Line invoice differs', help: 'A line’s invoice number is not the order’s.' },
    'invoice.duplicate': { label: 'Duplicate invoice number', help: 'Two or more orders share one invoice number.' },
    'erp.not-sent': {
      label: 'Not sent to ERP',
      help: 'The order should be in the ERP by now, but is not marked as sent.',
    },
  },
  severities: { error: 'Error', warning: 'Warning' },
  statuses: {
    '50': 'Cancellation waiting',
    '100': 'Canceled',
    '200': 'Waiting',
    '300': 'Payment waiting',
    '350': 'Confirmation waiting',
    '400': 'Approved',
    '450': 'Preparing',
    '500': 'Shipped',
    '510': 'Shipped and informed',
    '520': 'Ready for pickup',
    '540': 'Delivery attempted',
    '544': 'Review started',
    '545': 'Review waiting',
    '546': 'Waiting for payment',
    '547': 'Paid',
    '550': 'Delivered',
    '600': 'Refunded',
  },
};
