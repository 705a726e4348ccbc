import { z } from 'zod';
import { amountText, currencyCode, periodSchema } from './primitives.ts';

export const reportRequest = z.strictObject({
  kind: z.literal('reconciliation'),
  format: z.enum(['xlsx', 'csv']),
  period: periodSchema,
  language: z.enum(['en', 'tr']),
});
export type ReportRequest = z.infer<typeof reportRequest>;

/** Control totals per currency, the same block in window, file and command line. */
export const reportTotals = z.record(
  currencyCode,
  z.strictObject({ orders: z.number().int(), amount: amountText, refund: amountText }),
);
export type ReportTotals = z.infer<typeof reportTotals>;

export const reportResult = z.strictObject({
  path: z.string(),
  /** Data rows written: orders and findings. */
  rows: z.number().int(),
  totals: reportTotals,
  /** SHA-256 of the file, hex. */
  sha256: z.string(),
  /** False where the audit trail does not have the export, as another program had the files. */
  audited: z.literal(false).optional(),
});
export type ReportResult = z.infer<typeof reportResult>;
