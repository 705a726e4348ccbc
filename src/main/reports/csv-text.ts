import type { Language } from './label-types.ts';

/** Tells Excel that the file is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';
const FORMULA_START = /^[=+\-@\t\r\n]/;
const LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/g;
/** Control characters but tab, and the marks that turn the reading direction round. */
const CONTROL = /(?!\t)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/**
 * Turkish spreadsheets part columns with `;`, because their decimal point is a comma; English ones with `,`. No `sep=`
 * line says so in the file: it would make Excel ignore the byte order mark.
 */
export function csvSeparator(language: Language): ';' | ',' {
  return language === 'tr' ? ';' : ',';
}

/** Text that no spreadsheet takes for a formula: a leading `=`, `+`, `-`, `@`, tab or line break gets an apostrophe. */
export function guardFormula(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

/**
 * Joins fields to one line, quoting after RFC 4180 where a field needs it. Ends with CR LF. A line break inside a field
 * becomes a blank, so that a line is a row for every reader; control characters become U+FFFD, so that nothing is shown
 * otherwise than it is written.
 */
export function csvLine(fields: readonly string[], separator: string): string {
  return fields.map((field) => quoted(printable(field), separator)).join(separator) + LINE_END;
}

function printable(field: string): string {
  return field.replace(LINE_BREAK, ' ').replace(CONTROL, '\uFFFD');
}

function quoted(field: string, separator: string): string {
  const special = field.includes(separator) || /"|^\s|\s$/.test(field);
  return special ? `"${field.replaceAll('"', '""')}"` : field;
}
