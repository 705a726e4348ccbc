import type { StatementField, StatementKind, StatementPreview, StatementSpec } from '../../../shared/statements.ts';
import { columnFields, columnIndex } from './column-map.ts';

/** What is wrong, or may be, with the columns as they are chosen. `column` is null where no single one is meant. */
export interface ColumnHint {
  column: number | null;
  code: 'noAmount' | 'noKey' | 'dateUnclear' | 'notAmount' | 'notDate' | 'damaged' | 'feeOfErp' | 'missing';
  /** True where no import is possible. */
  stops: boolean;
  value: string;
}

const AMOUNTS: ReadonlySet<StatementField> = new Set(['amount', 'refund', 'fee', 'net', 'rate']);
const KEYS: ReadonlySet<StatementField> = new Set(['order', 'invoice', 'transaction', 'batch']);
/** Digits with separators, a sign in front or behind, parentheses, a currency before or after. */
const AMOUNT_LIKE = /^\p{L}{0,4}\p{Sc}?\s*[(+\-−]?\s*\p{Sc}?\s*\d[\d.,'\s]*\s*[)\-−]?\s*(\p{Sc}|\p{L}{1,4})?$/u;
const DATE_LIKE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(\D.*)?$|^\d{8}(\D.*)?$|^\d{1,2}[\s.-]\p{L}{3,9}[\s.-]\d{2,4}/u;
/** What a spreadsheet makes of a long number: an exponent. */
const EXPONENT = /^\d(?:[.,]\d+)?E\+?\d+$/i;
const LONG_NUMBER = /^\d{16,}$/;
/** Digits after the fifteenth that a spreadsheet has replaced. */
const CUT = /^\d{15}0+$/;

function looksWrong(field: StatementField, text: string): ColumnHint['code'] | null {
  if (text === '') return null;
  if (AMOUNTS.has(field) && !AMOUNT_LIKE.test(text)) return 'notAmount';
  if (field === 'date' && !DATE_LIKE.test(text)) return 'notDate';
  return KEYS.has(field) && EXPONENT.test(text) ? 'damaged' : null;
}

/** A long number of a column in which every one is cut: a single one may really end with a zero. */
function cutNumber(values: readonly string[]): string | null {
  const long = values.filter((value) => LONG_NUMBER.test(value));
  return long.length > 1 && long.every((value) => CUT.test(value)) ? (long[0] ?? null) : null;
}

/** Everything that the first rows tell about the chosen columns, what stops an import first. */
export function columnHints(preview: StatementPreview, spec: StatementSpec, kind: StatementKind): ColumnHint[] {
  const chosen = new Set(Object.keys(spec.columns) as StatementField[]);
  const has = (...fields: StatementField[]): boolean => fields.some((field) => chosen.has(field));
  const hints: ColumnHint[] = [];
  for (const name of Object.values(spec.columns)) {
    if (name !== undefined && columnIndex(preview, name) === -1)
      hints.push({ column: null, code: 'missing', stops: true, value: name });
  }
  if (!has('amount', 'refund')) hints.push({ column: null, code: 'noAmount', stops: true, value: '' });
  // A bank knows no orders: its rows are found by amount and date.
  if (!has(...KEYS) && !(kind === 'bank' && has('date')))
    hints.push({ column: null, code: 'noKey', stops: true, value: '' });
  if (has('date') && spec.dateOrder === 'auto')
    hints.push({ column: null, code: 'dateUnclear', stops: true, value: '' });
  columnFields(preview, spec).forEach((field, column) => {
    if (field === null) return;
    const values = preview.sample.map((row) => (row[column] ?? '').trim());
    const value = values.find((each) => looksWrong(field, each) !== null);
    const code = value === undefined ? null : looksWrong(field, value);
    if (code !== null && value !== undefined) hints.push({ column, code, stops: false, value });
    if (field === 'fee' && kind === 'erp') hints.push({ column, code: 'feeOfErp', stops: false, value: '' });
    const cut = KEYS.has(field) ? cutNumber(values) : null;
    if (cut !== null) hints.push({ column, code: 'damaged', stops: false, value: cut });
  });
  return hints;
}
