/** The most characters that Excel takes in a cell; a file with more is "repaired" on opening. */
const CELL_LIMIT = 32_767;
/** Characters that XML 1.0 cannot hold at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** `_x0041_` is read as "A" by spreadsheets, so text that looks like it needs its underscore escaped. */
const LOOKS_ESCAPED = /_(?=x[0-9a-fA-F]{4}_)/g;

/** Text as a cell may hold it: what cannot be written shows as �, what is too long ends in an ellipsis. */
export function cellText(text: string): string {
  const clean = text.toWellFormed().replace(NOT_XML, '\uFFFD');
  const cut = clean.length > CELL_LIMIT ? `${clean.slice(0, CELL_LIMIT - 2).toWellFormed()}…` : clean;
  return cut.replace(LOOKS_ESCAPED, '_x005F_').replaceAll('\r', '_x000D_');
}

/** Characters that Excel refuses in the name of a sheet. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are refused too
const NOT_IN_NAME = /[[\]:*?/\\\u0000-\u001f]/g;
const NAME_LIMIT = 31;

/** A name for a sheet that Excel takes and that none of `taken` has, letter case aside. The name is added to `taken`. */
export function sheetName(wanted: string, taken: Set<string>): string {
  const base = wanted.toWellFormed().replace(NOT_IN_NAME, '_').replace(/^'|'$/g, '_');
  for (let attempt = 1; ; attempt += 1) {
    const suffix = attempt === 1 ? '' : ` (${attempt})`;
    const name = base.slice(0, NAME_LIMIT - suffix.length).toWellFormed() + suffix;
    const key = name.toLowerCase();
    if (!taken.has(key)) {
      taken.add(key);
      return name;
    }
  }
}

/** A sheet's name as a formula writes it. */
export function quotedSheet(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** `A`, `B` … `AA` for a column number from 1 on. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
