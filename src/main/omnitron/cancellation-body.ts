import type { CancellationCall } from '../../shared/cancellations.ts';
import type { JsonValue } from '../../shared/canonical-json.ts';

/**
 * The body of `POST /api/i1/orders/{order_id}/cancel/` (contract, section 12.3). Bank accounts and their holders'
 * names have no place in it; `forced_refund_amount` is internal to Omnitron and always null.
 */
export function bodyOfCall(
  orderId: number,
  call: Omit<CancellationCall, 'amount' | 'currency'>,
): Record<string, JsonValue> {
  return {
    order: orderId,
    is_all: call.all,
    cancel_items: call.all ? [] : call.lines,
    reasons: Object.fromEntries(call.reasons.map(({ line, reason }) => [`${line}`, reason])),
    forced_refund_amount: null,
    is_cargo_refund: call.cargo,
    ...(call.refundInvoiceNumber === null ? {} : { refund_invoice_number: call.refundInvoiceNumber }),
  };
}
