import { tryParseAmount } from '../../../shared/money.ts';

/** A small amount or percentage as people type it, with a comma or a point; null for text that is none. */
export function amountFromText(text: string): string | null {
  const plain = text.trim().replace(',', '.');
  return !plain.startsWith('-') && tryParseAmount(plain) !== null ? plain : null;
}

/** The same for showing; nothing for zero. */
export function amountToText(amount: string): string {
  return /[1-9]/.test(amount) ? amount : '';
}

/** A currency code as typed, in lower case; null for text that is none. `ı` and `İ` are the typist's i. */
export function currencyFromText(text: string): string | null {
  const code = text.trim().replace(/[ıİ]/g, 'i').toLowerCase();
  return /^[a-z]{3}$/.test(code) ? code : null;
}
