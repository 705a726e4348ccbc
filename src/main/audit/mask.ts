/** Two letters, two check digits, then groups of four letters and digits, or all of it in one. */
const IBAN = /(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?:[ -]?[a-z\d]{4}){2,7}(?:[ -]?[a-z\d]{1,3})?(?![\p{L}\p{N}])/giu;
const E_MAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** Cards have 13 to 19 digits, in groups or not. Everything of that form goes: a check digit would let typing errors pass. */
const CARD = /(?<![\p{L}\p{N}])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}])/gu;
/** A telephone number with its country, or of this country with its zero, in groups or not. */
const PHONE =
  /(?<![\p{L}\p{N}])(?:\+\d(?:[ ()-]{0,2}\d){8,14}|0[ -]?\(?[2-5]\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2})(?![\p{L}\p{N}])/gu;
/** Identity numbers have 11 digits. */
const IDENTITY = /(?<![\p{L}\p{N}])\d{11}(?![\p{L}\p{N}])/gu;

/**
 * A person's own words with e-mail addresses, telephone numbers, IBANs and numbers of the form of a card or
 * an identity masked.
 */
export function maskPersonal(text: string): string {
  return text
    .replace(E_MAIL, '[e-mail]')
    .replace(IBAN, (found) => (isIban(found) ? '[IBAN]' : found))
    .replace(PHONE, '[phone]')
    .replace(CARD, '[card]')
    .replace(IDENTITY, '[identity]');
}

/** Ordinary words and codes can have the form too. Of this country's, mistyped ones count as well. */
function isIban(text: string): boolean {
  const compact = text.replace(/[ -]/g, '').toUpperCase();
  if (/^TR\d{20,}$/.test(compact)) return true;
  const digits = (compact.slice(4) + compact.slice(0, 4)).replace(/[A-Z]/g, (letter) => `${letter.charCodeAt(0) - 55}`);
  return compact.length >= 15 && BigInt(digits) % 97n === 1n;
}
