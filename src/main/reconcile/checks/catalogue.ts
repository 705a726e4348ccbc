import type { CheckCode, CheckInfo } from '../../../shared/findings.ts';
import type { Check } from '../check.ts';
import { amountCurrency } from './amount-currency.ts';
import { amountDiscount } from './amount-discount.ts';
import { amountInterest } from './amount-interest.ts';
import { amountNegative } from './amount-negative.ts';
import { amountPayment } from './amount-payment.ts';
import { amountShipping } from './amount-shipping.ts';
import { amountTax } from './amount-tax.ts';
import { amountTotal } from './amount-total.ts';
import { dataQuarantined } from './data-quarantined.ts';
import { dataUnknownStatus } from './data-unknown-status.ts';
import { dataVanished } from './data-vanished.ts';
import { erpAmount } from './erp-amount.ts';
import { erpDuplicate } from './erp-duplicate.ts';
import { erpNotSent } from './erp-not-sent.ts';
import { erpSentButAbsent } from './erp-sent-but-absent.ts';
import { erpSentButCancelled } from './erp-sent-but-cancelled.ts';
import { erpUnflagged } from './erp-unflagged.ts';
import { invoiceArchiveHost } from './invoice-archive-host.ts';
import { invoiceDate } from './invoice-date.ts';
import { invoiceDuplicate } from './invoice-duplicate.ts';
import { invoiceGap } from './invoice-gap.ts';
import { invoiceLineMismatch } from './invoice-line-mismatch.ts';
import { invoiceMissing } from './invoice-missing.ts';
import { invoiceNoArchiveUrl } from './invoice-no-archive-url.ts';
import { invoiceNumberFormat } from './invoice-number-format.ts';
import { invoiceRefundWithoutReturnInvoice } from './invoice-refund-without-return-invoice.ts';
import { invoiceYear } from './invoice-year.ts';
import { omsInvoice } from './oms-invoice.ts';
import { omsLineCount } from './oms-line-count.ts';
import { omsLinePrice } from './oms-line-price.ts';
import { omsMissing } from './oms-missing.ts';
import { omsState } from './oms-state.ts';
import { refundDouble } from './refund-double.ts';
import { refundExceedsOrder } from './refund-exceeds-order.ts';
import { refundManualNeeded } from './refund-manual-needed.ts';
import { refundMissing } from './refund-missing.ts';
import { refundPlan } from './refund-plan.ts';
import { refundStuck } from './refund-stuck.ts';
import { refundTransactions } from './refund-transactions.ts';
import { refundWithoutCancellation } from './refund-without-cancellation.ts';
import { statementAmount } from './statement-amount.ts';
import { statementDamagedKey } from './statement-damaged-key.ts';
import { statementDate } from './statement-date.ts';
import { statementDuplicateRow } from './statement-duplicate-row.ts';
import { statementFee } from './statement-fee.ts';
import { statementUnmatchedRow } from './statement-unmatched-row.ts';

/** Version of the checks, printed on every report. Raise it whenever a check's result may change. */
export const CATALOGUE_VERSION = '4';

/** Every check, in the order of lists and reports. */
export const CHECKS: readonly Check[] = [
  amountTotal,
  amountCurrency,
  amountShipping,
  amountPayment,
  amountDiscount,
  amountInterest,
  amountTax,
  amountNegative,
  refundExceedsOrder,
  refundMissing,
  refundWithoutCancellation,
  refundTransactions,
  refundPlan,
  refundStuck,
  refundManualNeeded,
  refundDouble,
  invoiceMissing,
  invoiceLineMismatch,
  invoiceDuplicate,
  invoiceNumberFormat,
  invoiceYear,
  invoiceGap,
  invoiceDate,
  invoiceNoArchiveUrl,
  invoiceArchiveHost,
  invoiceRefundWithoutReturnInvoice,
  erpNotSent,
  erpSentButAbsent,
  erpUnflagged,
  erpSentButCancelled,
  erpAmount,
  erpDuplicate,
  statementAmount,
  statementFee,
  statementDate,
  statementUnmatchedRow,
  statementDuplicateRow,
  statementDamagedKey,
  omsMissing,
  omsState,
  omsLinePrice,
  omsLineCount,
  omsInvoice,
  dataUnknownStatus,
  dataQuarantined,
  dataVanished,
];

/** The codes of all checks, in the same order. */
export const CHECK_CODES: readonly CheckCode[] = CHECKS.map(({ code }) => code);

const BY_CODE: ReadonlyMap<CheckCode, Check> = new Map(CHECKS.map((check) => [check.code, check]));

/** The check with this code; undefined for one that this program does not have. */
export function checkOf(code: CheckCode): Check | undefined {
  return BY_CODE.get(code);
}

/** A check's title; its code where this program does not have it. */
export function checkTitle(code: CheckCode, language: 'en' | 'tr'): string {
  return BY_CODE.get(code)?.title[language] ?? code;
}

/** What the window says about the checks. */
export function checkInfos(): CheckInfo[] {
  return CHECKS.map(({ code, severity, scope, source, title, help }) => ({
    code,
    severity,
    scope,
    source,
    title,
    help,
  }));
}
