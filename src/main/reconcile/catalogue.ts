import { CHECK_CODES, type CheckCode } from '../../shared/findings.ts';
import type { Check } from './check.ts';
import { amountCurrency } from './checks/amount-currency.ts';
import { amountShipping } from './checks/amount-shipping.ts';
import { amountTotal } from './checks/amount-total.ts';
import { erpNotSent } from './checks/erp-not-sent.ts';
import { invoiceDuplicate } from './checks/invoice-duplicate.ts';
import { invoiceLineMismatch } from './checks/invoice-line-mismatch.ts';
import { invoiceMissing } from './checks/invoice-missing.ts';
import { refundExceedsOrder } from './checks/refund-exceeds-order.ts';
import { refundMissing } from './checks/refund-missing.ts';

/** Version of the rules, printed on every report. Raise it whenever a check's result may change. */
export const RULES_VERSION = '1';

const BY_CODE: Readonly<Record<CheckCode, Check>> = {
  'amount.total': amountTotal,
  'amount.currency': amountCurrency,
  'amount.shipping': amountShipping,
  'refund.exceeds-order': refundExceedsOrder,
  'refund.missing': refundMissing,
  'invoice.missing': invoiceMissing,
  'invoice.line-mismatch': invoiceLineMismatch,
  'invoice.duplicate': invoiceDuplicate,
  'erp.not-sent': erpNotSent,
};

/** Every check, in the order of lists and reports. */
export const CHECKS: readonly Check[] = CHECK_CODES.map((code) => BY_CODE[code]);

/** The check with this code. */
export function checkOf(code: CheckCode): Check {
  return BY_CODE[code];
}
