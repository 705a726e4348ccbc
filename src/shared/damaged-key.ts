const SCIENTIFIC = /^(\d)(?:[.,](\d+))?E\+?(\d{1,3})$/i;
const LONG_NUMBER = /^\d{16,200}$/;
/** So many digits a spreadsheet keeps; those after it become zeros. */
const KEPT_DIGITS = 15;
/** No key is longer. */
const LONGEST = 200;

/**
 * The numbers that a key which a spreadsheet has damaged may have been, both ends inclusive and of the same length;
 * null for a key that does not look so. `2,79E+15` was rounded to what it shows; of a long number the digits after the
 * fifteenth were made zeros.
 */
export function damagedRange(key: string): { from: string; to: string } | null {
  if (LONG_NUMBER.test(key)) {
    const kept = key.slice(0, KEPT_DIGITS);
    return { from: kept.padEnd(key.length, '0'), to: kept.padEnd(key.length, '9') };
  }
  const match = SCIENTIFIC.exec(key);
  if (match === null) return null;
  const [, whole = '', fraction = '', exponent = ''] = match;
  const lost = Number(exponent) - fraction.length;
  if (lost < 0 || Number(exponent) >= LONGEST) return null;
  const scale = 10n ** BigInt(lost);
  const shown = BigInt(whole + fraction) * scale;
  const from = `${shown - scale / 2n}`;
  const to = `${shown + scale / 2n}`;
  const length = Number(exponent) + 1;
  // Rounding may have changed the number of digits; only numbers as long as the shown one are looked for.
  return {
    from: from.length < length ? '1'.padEnd(length, '0') : from,
    to: to.length > length ? '9'.repeat(length) : to,
  };
}
