import type { Language } from './label-types.ts';

/** Tells Excel that the file is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';
const FORMULA_START = /^[=+\-@\t\r]/;

/**
 * Turkish spreadsheets part columns with `;`, because their decimal point is a comma; English ones with `,`. No `sep=`
 * line says so in the file: it would make Excel ignore the byte order mark.
 */
export function csvSeparator(language: Language): ';' | ',' {
  return language === 'tr' ? ';' : ',';
}

/** Text that no spreadsheet takes for a formula: a leading `=`, `+`, `-`, `@`, tab or CR gets an apostrophe. */
export function guardFormula(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

/** Joins fields to one line, quoting after RFC 4180 where a field needs it. Ends with CR LF. */
export function csvLine(fields: readonly string[], separator: string): string {
  return fields.map((field) => quoted(field, separator)).join(separator) + LINE_END;
}

function quoted(field: string, separator: string): string {
  const special = field.includes(separator) || /["\r\n]|^\s|\s$/.test(field);
  return special ? `"${field.replaceAll('"', '""')}"` : field;
}
