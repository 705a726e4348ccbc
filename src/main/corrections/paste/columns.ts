import { type CorrectionField, EXTRA_FIELD, extraFieldName } from '../../../shared/corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import { foldHeading } from '../../statements/detect/headings.ts';

/** What a column of a paste is: what names the target, or a field. */
export type PasteColumn = 'order' | 'line' | 'sku' | CorrectionField;

/** How columns are headed in English and Turkish, as {@link foldHeading} folds it, beside the names of the fields. */
const HEADINGS: Readonly<Record<string, PasteColumn>> = {
  order: 'order',
  'order no': 'order',
  'order number': 'order',
  siparis: 'order',
  'siparis no': 'order',
  'siparis numarasi': 'order',
  line: 'line',
  'line id': 'line',
  satir: 'line',
  'satir id': 'line',
  'satir no': 'line',
  'satir kimligi': 'line',
  sku: 'sku',
  'stok kodu': 'sku',
  'invoice number': 'invoice_number',
  'invoice no': 'invoice_number',
  invoice: 'invoice_number',
  'fatura no': 'invoice_number',
  'fatura numarasi': 'invoice_number',
  'invoice date': 'invoice_date',
  'fatura tarihi': 'invoice_date',
  'e archive url': 'e_archive_url',
  'e archive link': 'e_archive_url',
  'e arsiv baglantisi': 'e_archive_url',
  'e arsiv linki': 'e_archive_url',
  'e arsiv adresi': 'e_archive_url',
  'tracking number': 'tracking_number',
  'tracking no': 'tracking_number',
  'kargo takip no': 'tracking_number',
  'kargo takip numarasi': 'tracking_number',
  'takip no': 'tracking_number',
  'takip numarasi': 'tracking_number',
  'shipping company': 'shipping_company',
  carrier: 'shipping_company',
  'kargo firmasi': 'shipping_company',
  'kargo sirketi': 'shipping_company',
  kargo: 'shipping_company',
  status: 'status',
  'line status': 'status',
  durum: 'status',
  'satir durumu': 'status',
  'cancel status': 'cancel_status',
  'cancellation status': 'cancel_status',
  'iptal durumu': 'cancel_status',
  'is send': 'is_send',
  sent: 'is_send',
  'sent to erp': 'is_send',
  'erp ye aktarildi': 'is_send',
  'erpye aktarildi': 'is_send',
  'erp ye gonderildi': 'is_send',
  gonderildi: 'is_send',
};

/** Omnitron replaces these whole: they are never sent, so that a paste with them has been misunderstood. */
const NEVER = ['attributes', 'attributes_kwargs'];

const LONGEST_SHOWN = 100;

/**
 * Which place each column has, from 0 on, and the headings that name none.
 * @throws AppError VALUE_INVALID without a column of order numbers or of a field, or when two columns are the same;
 * FIELD_NOT_WRITABLE
 */
export function readColumns(headings: readonly string[]): { columns: Map<PasteColumn, number>; ignored: string[] } {
  const columns = new Map<PasteColumn, number>();
  const ignored: string[] = [];
  for (const [place, heading] of headings.entries()) {
    const shown = heading.trim().slice(0, LONGEST_SHOWN);
    if (NEVER.includes(shown.toLowerCase())) {
      throw new AppError('FIELD_NOT_WRITABLE', `"${shown}" cannot be corrected: Omnitron would replace it whole.`, {
        details: { field: shown },
      });
    }
    const column = columnOf(heading);
    if (column === undefined) {
      if (shown !== '') ignored.push(shown);
    } else if (columns.has(column)) {
      throw noTable(`Two columns are ${column}. Keep one of them.`);
    } else {
      columns.set(column, place);
    }
  }
  if (!columns.has('order')) {
    throw noTable('There is no column of order numbers. Copy the heading row too, like: order, invoice_number.');
  }
  if (![...columns.keys()].some(isField)) {
    throw noTable('There is no column of a field, like invoice_number, invoice_date or is_send.');
  }
  return { columns, ignored };
}

/** Whether a column is one of a field, and not one that names the target. */
export function isField(column: PasteColumn): column is CorrectionField {
  return column !== 'order' && column !== 'line' && column !== 'sku';
}

/** The refusal of a text that is no table of proposals. */
export function noTable(message: string): AppError {
  return new AppError('VALUE_INVALID', message);
}

/** Most headings are short; a long cell is no heading, and folding it would take its time. */
const LONGEST_HEADING = 200;

function columnOf(heading: string): PasteColumn | undefined {
  const text = heading.trim();
  if (text.length > LONGEST_HEADING) return undefined;
  if (text.startsWith(EXTRA_FIELD)) return extraFieldName.safeParse(text).data;
  const folded = foldHeading(text);
  return Object.hasOwn(HEADINGS, folded) ? HEADINGS[folded] : undefined;
}
