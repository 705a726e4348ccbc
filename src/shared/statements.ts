import { z } from 'zod';
import { amountText, businessDayText, currencyCode, instantText } from './primitives.ts';

/**
 * Where a statement comes from. erp: what the ERP has booked; gateway: card payments; bank: what arrived in the bank;
 * marketplace: what a marketplace pays out.
 */
export const STATEMENT_KINDS = ['erp', 'gateway', 'bank', 'marketplace'] as const;
export const statementKind = z.enum(STATEMENT_KINDS);
export type StatementKind = z.infer<typeof statementKind>;

/**
 * What a column of a statement may be. order, invoice, transaction, batch: keys; amount: gross, negative for a refund;
 * refund: a column of its own for refunds, given as positive amounts; fee: deducted by the other side; net: amount − fee;
 * rate: units of the order's currency for one unit of the row's; date: the day of the row.
 */
export const STATEMENT_FIELDS = [
  'order',
  'invoice',
  'transaction',
  'batch',
  'date',
  'currency',
  'amount',
  'refund',
  'fee',
  'net',
  'rate',
] as const;
export const statementField = z.enum(STATEMENT_FIELDS);
export type StatementField = z.infer<typeof statementField>;

/** How decimals are written in a file: `1.234,56` (comma) or `1,234.56` (point). */
export const decimalStyle = z.enum(['comma', 'point']);
export type DecimalStyle = z.infer<typeof decimalStyle>;

/** How a fee is expected: a share of the amount plus a fixed sum per row. */
export const feeSchedule = z.strictObject({ percent: amountText, fixed: amountText });
export type FeeSchedule = z.infer<typeof feeSchedule>;

/**
 * How a source's files are read; what a profile saves. `columns` names the column of a field by its heading (or by its
 * number from 1 on, where the file has no headings).
 */
export const statementSpec = z.strictObject({
  columns: z.partialRecord(statementField, z.string().min(1).max(200)),
  /** auto = worked out for each file. */
  decimal: z.enum(['auto', 'comma', 'point']),
  /** Of rows whose file names none. */
  currency: currencyCode.nullable(),
  /** The order of day, month and year; auto = worked out for each file. */
  dateOrder: z.enum(['auto', 'dmy', 'mdy', 'ymd']),
  /** The sheet of a workbook; null = the first that has rows. */
  sheet: z.string().max(100).nullable(),
  /** Expected fees; null = the file's own fee column is not judged. */
  fee: feeSchedule.nullable(),
  /** Business days from the order to its row: what is older counts as late; null = not judged. */
  settlementDays: z.number().int().min(0).max(365).nullable(),
});
export type StatementSpec = z.infer<typeof statementSpec>;

/** What a person has decided about one file; the rest is taken from a profile or worked out. */
export const statementChoices = statementSpec.partial();
export type StatementChoices = z.infer<typeof statementChoices>;

/** A spec saved under a name, for one kind of statement. */
export const statementProfile = z.strictObject({
  name: z.string().min(1).max(80),
  kind: statementKind,
  version: z.number().int().positive(),
  spec: statementSpec,
});
export type StatementProfile = z.infer<typeof statementProfile>;

/** Count and sums of a statement's accepted rows in one currency. */
export const statementTotals = z.record(
  z.string(),
  z.strictObject({
    rows: z.number().int(),
    amount: amountText,
    /** Null where no row has one. */
    fee: amountText.nullable(),
    net: amountText.nullable(),
  }),
);
export type StatementTotals = z.infer<typeof statementTotals>;

/**
 * A row that could not be taken: where, which field, why (a code of the window's texts), the cell's text, and the keys as
 * far as they could be read.
 */
export const rejectedRow = z.strictObject({
  line: z.number().int().positive(),
  field: z.string(),
  code: z.string(),
  value: z.string().max(200).nullable(),
  order: z.string().nullable(),
  invoice: z.string().nullable(),
  transaction: z.string().nullable(),
});
export type RejectedRow = z.infer<typeof rejectedRow>;

/** A rejected row that names an order, and where it stands. */
export const rejectedOfOrder = rejectedRow.extend({
  statement: z.number().int().positive(),
  kind: statementKind,
  fileName: z.string(),
});
export type RejectedOfOrder = z.infer<typeof rejectedOfOrder>;

/** Which column of a file, from 1 on, was taken for what; `others` could be the same: amounts with equal sums, other days. */
export const columnsTaken = z.partialRecord(
  statementField,
  z.strictObject({
    column: z.number().int().positive(),
    heading: z.string().nullable(),
    others: z.array(z.number().int().positive()).optional(),
  }),
);
export type ColumnsTaken = z.infer<typeof columnsTaken>;

/** What an import did, or would do. accepted + rejected + duplicates = rows. */
export const importResult = z.strictObject({
  /**
   * Null for a dry run, and where nothing was stored: every row that was not held was rejected, or the printed total does
   * not tie with the sum and nobody has chosen the reading in spite of it.
   */
  statement: z.number().int().positive().nullable(),
  rows: z.number().int(),
  accepted: z.number().int(),
  rejected: z.number().int(),
  /** Rows that an earlier statement in force already has. */
  duplicates: z.number().int(),
  totals: statementTotals,
  from: businessDayText.nullable(),
  to: businessDayText.nullable(),
  sha256: z.string(),
  /** The first rejected rows, so that a dry run shows them; at most 100. */
  problems: z.array(rejectedRow).max(100).optional(),
  columns: columnsTaken.optional(),
  /** The total that the file prints; null = it prints none. Where several are printed, the one that ties, else the last. */
  printed: amountText.nullable().optional(),
  /** What the printed total is held against: the sum of its column over all rows, rejected and held ones too. */
  sum: amountText.nullable().optional(),
});
export type ImportResult = z.infer<typeof importResult>;

/** A held statement. */
export const statementRow = importResult.extend({
  statement: z.number().int().positive(),
  kind: statementKind,
  fileName: z.string(),
  profile: z.string().nullable(),
  importedAt: instantText,
  withdrawnAt: instantText.nullable(),
});
export type StatementRow = z.infer<typeof statementRow>;

/** One accepted row as it is kept. Amounts are decimal text in the row's currency. */
export const statementLine = z.strictObject({
  id: z.number().int().positive(),
  statement: z.number().int().positive(),
  /** Line of the file, the first being 1. */
  line: z.number().int().positive(),
  order: z.string().nullable(),
  invoice: z.string().nullable(),
  transaction: z.string().nullable(),
  batch: z.string().nullable(),
  day: businessDayText.nullable(),
  currency: currencyCode,
  amount: amountText,
  fee: amountText.nullable(),
  net: amountText.nullable(),
  rate: amountText.nullable(),
  /** The column whose key a spreadsheet has cut; null = none. */
  damaged: statementField.nullable(),
  /** 1, and 2, 3 … for rows of one file that are equal in everything. */
  occurrence: z.number().int().positive(),
});
export type StatementLine = z.infer<typeof statementLine>;

/** Which rows of a statement are shown; empty text and null let everything through. */
export const statementLineFilter = z.strictObject({
  /** Part of a key. */
  text: z.string().max(100),
  damaged: z.boolean(),
  currency: currencyCode.nullable(),
});
export type StatementLineFilter = z.infer<typeof statementLineFilter>;

/** What looking at a file shows before anything is stored. */
export const statementPreview = z.strictObject({
  fileName: z.string(),
  sha256: z.string(),
  format: z.enum(['delimited', 'xlsx']),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  sheets: z.array(z.string()),
  /** Line of the headings, the first being 1; null = none. */
  headerLine: z.number().int().positive().nullable(),
  headings: z.array(z.string()),
  /** The first rows as they stand in the file. */
  sample: z.array(z.array(z.string())),
  /** A guess that a person confirms. */
  guess: statementSpec,
  /** The profile that the guess was taken from; null = none fits. */
  profile: z.string().nullable(),
  /** Rows of the file that are no title, heading, total or blank line. */
  rows: z.number().int(),
  /** The amount column's sum under each reading, null where a reading does not fit every row. */
  readings: z.partialRecord(decimalStyle, z.string().nullable()),
  /** The totals that the file prints itself, where it does. */
  printedTotals: z.array(z.string()),
  /** The statement in force that was made from this very file; null = none. */
  alreadyImported: z.number().int().positive().nullable(),
});
export type StatementPreview = z.infer<typeof statementPreview>;
