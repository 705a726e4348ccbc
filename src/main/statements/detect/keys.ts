/** Why a cell is no key. */
export type KeyProblem = 'formula' | 'key-too-long';

/** The longest key that is kept. */
const LONGEST = 200;
/** So many digits a spreadsheet keeps; those after it become zeros. */
const KEPT_DIGITS = 15;
const SCIENTIFIC = /^\d(?:[.,]\d+)?E\+?\d{1,3}$/i;
const LONG_NUMBER = /^\d{16,}$/;
const AS_TEXT = /^="(.*)"$/s;

/**
 * A key as it stands in the file, without blanks around it and without what spreadsheets are given so that they keep it
 * as text: a leading apostrophe, or `="…"`. Empty = null.
 */
export function readKey(text: string): { key: string | null } | { problem: KeyProblem } {
  let key = text.trim();
  if (key === '') return { key: null };
  if (key.startsWith('=')) {
    const quoted = AS_TEXT.exec(key);
    if (quoted === null) return { problem: 'formula' };
    key = (quoted[1] ?? '').trim();
  } else if (key.startsWith("'")) {
    key = key.slice(1).trim();
  }
  if (key.length > LONGEST) return { problem: 'key-too-long' };
  return { key: key === '' ? null : key };
}

/** A workbook's number as a key: `2.79E+15` written out, a whole number without its `.0`. */
export function keyOfLiteral(literal: string): string {
  const match = /^(\d+)(?:\.(\d+))?(?:[eE]\+?(\d{1,2}))?$/.exec(literal);
  if (match === null) return literal;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const moved = Number(exponent);
  if (fraction.replace(/0+$/, '').length > moved) return literal;
  return (whole + fraction.slice(0, moved).padEnd(moved, '0')).replace(/^0+(?=\d)/, '');
}

/**
 * What a spreadsheet may have done to a key. cut: written as `2,79E+15`; zeros: a number of 16 digits or more whose
 * digits after the fifteenth are zeros, which can also be its own; intact: such a number with other digits there.
 */
export type KeyLook = 'cut' | 'zeros' | 'intact' | 'other';

/** How a key looks to somebody who knows what spreadsheets do. */
export function lookOf(key: string): KeyLook {
  const first = key.charCodeAt(0);
  // Nearly every key is decided here: without a digit in front it is neither.
  if (first < 48 || first > 57) return 'other';
  if (key.length >= 16 && LONG_NUMBER.test(key)) {
    for (let at = KEPT_DIGITS; at < key.length; at += 1) if (key.charCodeAt(at) !== 48) return 'intact';
    return 'zeros';
  }
  return SCIENTIFIC.test(key) ? 'cut' : 'other';
}

/** The digits of a damaged key that are still its own. */
export function ownDigits(key: string): string {
  return key.slice(0, KEPT_DIGITS);
}
