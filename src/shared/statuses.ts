/**
 * Order and line status codes (contract, section 11). `/api/i1` writes the code, the OpenAPI pages the name; both are
 * read, the code is stored. A code that is not here is kept and shown as it came.
 */
export const STATUS_NAMES = {
  '50': 'cancellation_waiting',
  '100': 'canceled',
  '200': 'waiting',
  '300': 'payment_waiting',
  '350': 'confirmation_waiting',
  '400': 'approved',
  '450': 'preparing',
  '500': 'shipped',
  '510': 'shipped_and_informed',
  '520': 'ready_for_pickup',
  '540': 'attempted_delivery',
  '544': 'review_started',
  '545': 'review_waiting',
  '546': 'waiting_for_payment',
  '547': 'paid',
  '550': 'delivered',
  '600': 'refunded',
} as const;

/** A status code that Omnitron documents. */
export type KnownStatus = keyof typeof STATUS_NAMES;

/** True for a code that Omnitron documents. */
export function isKnownStatus(code: string): code is KnownStatus {
  return Object.hasOwn(STATUS_NAMES, code);
}

const CODES_BY_NAME: ReadonlyMap<string, string> = new Map([
  ...Object.entries(STATUS_NAMES).map(([code, name]): [string, string] => [name, code]),
  ['cancelled', '100'],
]);

/** The code for a status as received: a name becomes its code, anything else stays as it came. */
export function statusCode(received: string): string {
  return CODES_BY_NAME.get(received) ?? received;
}

/** Statuses at which goods have left, so that an invoice must exist (check `invoice.missing`). */
export const INVOICED_STATUSES = ['500', '510', '520', '540', '550'] as const;

/** Statuses from which the ERP must know the order (check `erp.not-sent`). */
export const ERP_STATUSES = ['400', '450', '500', '510', '520', '540', '544', '545', '550'] as const;

/** The values of a line's `cancel_status` that Omnitron documents (contract, section 12.1; the odd spelling is its own). */
export const CANCEL_STATUSES = [
  'waiting',
  'confirmation_waiting',
  'confirmed',
  'approved',
  'rejected',
  'waiting_for_payment',
  'manuel_refund_need',
  'completed',
] as const;

/** Those at which somebody or something is still awaited; a refund by hand has a check of its own. */
export const WAITING_CANCEL_STATUSES = [
  'waiting',
  'confirmation_waiting',
  'confirmed',
  'approved',
  'waiting_for_payment',
] as const;

/** Statuses of an order or line that is cancelled or taken back, or about to be. */
export const TAKEN_BACK_STATUSES = ['50', '100', '600'] as const;

/** Statuses at which nothing need have been paid yet, or ever. */
export const UNPAID_STATUSES = ['50', '100', '200', '300', '350', '546'] as const;
