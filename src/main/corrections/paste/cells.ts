import { type CorrectionField, EXTRA_FIELD, type FieldValue, type NewCorrection } from '../../../shared/corrections.ts';
import { typedExtraValue } from '../../../shared/extra-fields.ts';
import { parseDayForPeople } from '../../../shared/format.ts';
import { foldForSearch } from '../../../shared/text.ts';
import { lookOf, readKey } from '../../statements/detect/keys.ts';
import { refusal } from '../validate.ts';
import { isField, type PasteColumn } from './columns.ts';
import type { PastedTable, TableRow } from './table.ts';

/** What a row says, before anybody has looked for its order. */
export interface ReadRow {
  orderNumber: string;
  lineId: number | null;
  sku: string;
  set: NewCorrection['set'];
}

const YES = ['true', '1', 'yes', 'y', 'x', 'evet', 'dogru', '✓'];
const NO = ['false', '0', 'no', 'n', 'hayir', 'yanlis'];
/** Midnight, which spreadsheets write behind a day. */
const MIDNIGHT = /[ T]0?0:00(?::00(?:\.0+)?)?Z?$/;

/** The text of a cell; blank where the row is shorter than its heading. */
export function cellOf({ columns }: PastedTable, { cells }: TableRow, column: PasteColumn): string {
  const place = columns.get(column);
  return place === undefined ? '' : (cells[place] ?? '').trim();
}

/**
 * Reads the cells of a row. A blank cell sets nothing. What looks like a formula is text like any other.
 * @throws AppError VALUE_INVALID; `details` names reason and field
 */
export function readRow(table: PastedTable, row: TableRow): ReadRow {
  if (row.cells.slice(table.width).some((cell) => cell.trim() !== '')) throw refusal('VALUE_INVALID', 'cells-extra');
  const orderNumber = keyOf(cellOf(table, row, 'order'), 'order');
  if (orderNumber === '') throw refusal('VALUE_INVALID', 'order-missing', { field: 'order' });
  const set: NewCorrection['set'] = {};
  for (const column of table.columns.keys()) {
    const text = cellOf(table, row, column);
    if (isField(column) && text !== '') set[column] = readValue(column, text);
  }
  if (Object.keys(set).length === 0) throw refusal('VALUE_INVALID', 'sets-nothing');
  return { orderNumber, lineId: lineOf(cellOf(table, row, 'line')), sku: keyOf(cellOf(table, row, 'sku'), 'sku'), set };
}

/** A key without what spreadsheets are given so that they keep it as text. @throws AppError VALUE_INVALID for a cut one */
function keyOf(text: string, field: string): string {
  const read = readKey(text);
  const key = 'key' in read ? (read.key ?? '') : text;
  if (lookOf(key) === 'cut') throw refusal('VALUE_INVALID', 'key-cut', { field });
  return key;
}

function lineOf(text: string): number | null {
  const key = keyOf(text, 'line');
  if (key === '') return null;
  const id = /^[1-9]\d{0,15}$/.test(key) ? Number(key) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw refusal('VALUE_INVALID', 'line-form', { field: 'line' });
  return id;
}

function readValue(field: CorrectionField, text: string): FieldValue {
  if (field === 'is_send') return flagOf(text);
  if (field.startsWith(EXTRA_FIELD)) return typedExtraValue(text);
  if (field === 'invoice_date') return parseDayForPeople(text.replace(MIDNIGHT, '')) ?? text;
  return field === 'invoice_number' || field === 'tracking_number' ? keyOf(text, field) : text;
}

function flagOf(text: string): boolean {
  const folded = foldForSearch(text);
  if (YES.includes(folded)) return true;
  if (NO.includes(folded)) return false;
  throw refusal('VALUE_INVALID', 'sent-form', { field: 'is_send' });
}
