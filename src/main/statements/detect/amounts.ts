import type { DecimalStyle } from '../../../shared/statements.ts';

/** Why a cell is no amount: a code of the window's texts. */
export type AmountProblem = 'not-an-amount' | 'decimals' | 'too-large' | 'formula';

/** An amount's text without sign, currency and blanks, ready to be read with a decimal comma or point. */
export interface AmountText {
  negative: boolean;
  /** Digits, commas and points only. */
  body: string;
  /** The currency that stands beside the digits, or null. */
  currency: string | null;
}

const SCALE = 6;
/** No amount is longer; the patterns below are for short texts. */
const LONGEST = 100;
/** Largest value that SQLite's INTEGER can hold. */
const LIMIT = 9_223_372_036_854_775_807n;

const BESIDE: Readonly<Record<string, string>> = {
  '₺': 'try',
  TL: 'try',
  TRY: 'try',
  TRL: 'try',
  YTL: 'try',
  $: 'usd',
  USD: 'usd',
  '€': 'eur',
  EUR: 'eur',
  '£': 'gbp',
  GBP: 'gbp',
};
const MARKED = /^([₺$€£]|TL|TRY|USD|EUR|GBP)?\s*(.*?)\s*([₺$€£]|TL|TRY|USD|EUR|GBP)?$/i;
/** Blanks and apostrophes are group signs in either way of writing. */
const GROUPED = /^\d{1,3}(?:[ '’]\d{3})+(?=$|[.,]\d+$)/;
const BODY = /^[\d.,]+$/;

/**
 * Takes an amount's text apart: `-1.234,56`, `1.234,56-`, `(1.234,56)`, `₺1.234,56` and `1 234,56 TL` are all taken.
 * @returns null where it is no amount in any reading
 */
export function takeApart(text: string): AmountText | null {
  if (text.length > LONGEST) return null;
  if (BODY.test(text)) return { negative: false, body: text, currency: null };
  let rest = text.replace(/[\u00a0\u202f\u2009]/g, ' ').trim();
  let negative = false;
  if (rest.startsWith('(') && rest.endsWith(')')) {
    negative = true;
    rest = rest.slice(1, -1).trim();
  }
  let signs = 0;
  let currency: string | null = null;
  // A sign may stand on either side of a currency, so both are looked for twice.
  for (let round = 0; round < 2; round += 1) {
    const signed = /^([-−+])?\s*(.*?)\s*([-−])?$/s.exec(rest);
    if (signed === null) return null;
    const [, before, inner = '', after] = signed;
    for (const sign of [before, after]) {
      if (sign === undefined) continue;
      signs += 1;
      if (sign !== '+') negative = true;
    }
    const marked = MARKED.exec(inner);
    if (marked === null) return null;
    for (const mark of [marked[1], marked[3]]) {
      const named = mark === undefined ? undefined : BESIDE[mark.toUpperCase()];
      if (named === undefined) continue;
      if (currency !== null && currency !== named) return null;
      currency = named;
    }
    rest = (marked[2] ?? '').trim();
  }
  // Parentheses together with a minus, or two signs, mean nothing that is agreed upon.
  if (signs > 1 || (signs === 1 && text.includes('('))) return null;
  if (GROUPED.test(rest)) rest = rest.replace(/[ '’]/g, '');
  return BODY.test(rest) ? { negative, body: rest, currency } : null;
}

/** The millionths of an amount's text in one reading, or why it has none. */
export function readUnder(style: DecimalStyle, { negative, body }: AmountText): bigint | AmountProblem {
  const decimal = style === 'comma' ? ',' : '.';
  const group = style === 'comma' ? '.' : ',';
  const at = body.indexOf(decimal);
  if (at >= 0 && (body.indexOf(decimal, at + 1) >= 0 || body.indexOf(group, at) >= 0)) return 'not-an-amount';
  const whole = wholeDigits(at < 0 ? body : body.slice(0, at), group);
  const fraction = at < 0 ? '' : body.slice(at + 1);
  if (whole === null || (whole === '' && fraction === '') || (at >= 0 && fraction === '')) return 'not-an-amount';
  return micros(negative, whole, fraction);
}

/** The digits before the decimal sign; null where group signs do not stand before every third digit. */
function wholeDigits(text: string, group: string): string | null {
  const first = text.indexOf(group);
  if (first < 0) return text;
  if (first === 0 || first > 3 || text.startsWith('0') || (text.length - first) % 4 !== 0) return null;
  let digits = text.slice(0, first);
  for (let at = first; at < text.length; at += 4) {
    const next = text.slice(at + 1, at + 4);
    if (text[at] !== group || next.indexOf(group) >= 0) return null;
    digits += next;
  }
  return digits;
}

/** Digits beyond the sixth decimal are refused, never rounded, unless they are zeros. */
function micros(negative: boolean, whole: string, fraction: string): bigint | AmountProblem {
  for (let at = SCALE; at < fraction.length; at += 1) {
    if (fraction.charCodeAt(at) !== 48) return 'decimals';
  }
  const digits = whole + fraction.slice(0, SCALE).padEnd(SCALE, '0');
  if (digits.length > 60) return 'too-large';
  const value = BigInt(digits);
  if (value > LIMIT) return 'too-large';
  return negative ? -value : value;
}

const LITERAL = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
/** A workbook keeps numbers in binary; of their decimal digits so many are the number's own. */
const OWN_DIGITS = 15;

/**
 * The millionths of a workbook's number, from its literal. What a binary number adds beyond 15 digits
 * (`17.989999999999998`) is none of the amount's and goes; a seventh decimal that is its own is refused.
 */
export function readLiteral(literal: string): bigint | AmountProblem {
  const match = LITERAL.exec(literal);
  if (match === null) return 'not-an-amount';
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return 'not-an-amount';
  const all = (whole + fraction).replace(/^0+/, '');
  if (all === '') return 0n;
  // The value is 0.all × 10^point.
  const leading = (whole + fraction).length - all.length;
  let point = whole.length - leading + Number(exponent);
  let digits = all;
  if (digits.length > OWN_DIGITS) {
    const rounded = (BigInt(digits.slice(0, OWN_DIGITS + 1)) + 5n) / 10n;
    digits = String(rounded);
    if (digits.length > OWN_DIGITS) point += 1;
  }
  digits = digits.replace(/0+$/, '');
  if (point > 40) return 'too-large';
  if (digits.length - point > SCALE) return 'decimals';
  return micros(sign === '-', digits.padEnd(point, '0').slice(0, Math.max(0, point)), fractionOf(digits, point));
}

function fractionOf(digits: string, point: number): string {
  return point >= 0 ? digits.slice(point) : '0'.repeat(-point) + digits;
}
