import type { Language } from './label-types.ts';

/** A double holds every decimal of so many significant digits; with one more some are lost. */
const EXACT_DIGITS = 15;

/**
 * True when a spreadsheet, which calculates in doubles, holds the amount to its last digit.
 * @param amount canonical decimal text
 */
export function fitsSpreadsheet(amount: string): boolean {
  const digits = amount.replace(/[-.]/g, '').replace(/^0+|0+$/g, '');
  return digits.length <= EXACT_DIGITS;
}

/**
 * An amount as the language writes it: every digit, the language's decimal point, no grouping.
 * @param amount canonical decimal text
 */
export function localAmount(amount: string, language: Language): string {
  return language === 'tr' ? amount.replace('.', ',') : amount;
}
