import { currencyDecimals } from './currencies.ts';
import { AppError } from './errors.ts';

/** An amount in millionths of the currency's unit. 1.00 TRY is 1_000_000n. */
export type Micros = bigint;

const SCALE = 6;
const ONE: Micros = 1_000_000n;
const AMOUNT = /^(-?)(0|[1-9]\d*|0\d+)(?:\.(\d{1,6}))?$/;
/** Largest value that SQLite's INTEGER can hold. */
const LIMIT: Micros = 9_223_372_036_854_775_807n;
/**
 * The largest amount taken over, from Omnitron or from a statement, either sign: a trillion units. The longest documented
 * one has ten digits before the point (contract, section 13.1); below this limit no check's sum over one order, and no
 * difference or sum of two amounts of a row, leaves SQLite's INTEGER.
 */
const LARGEST_AMOUNT: Micros = 1_000_000_000_000_000_000n;

/** Whether an amount, or a sum of a few, is within the limit. */
export function isWithinLimit(amount: Micros): boolean {
  return amount <= LARGEST_AMOUNT && amount >= -LARGEST_AMOUNT;
}

/**
 * Reads a decimal amount as Omnitron writes it: optional minus, digits, optional point and one to six decimals.
 * Exponents, grouping, a plus sign, blanks, NaN and a seventh decimal are refused, never rounded.
 * @throws AppError VALUE_INVALID
 */
export function parseAmount(text: string): Micros {
  const amount = tryParseAmount(text);
  if (amount === null) {
    throw new AppError('VALUE_INVALID', `"${text.slice(0, 40)}" is not an amount with at most six decimals.`);
  }
  return amount;
}

/** Like {@link parseAmount}, with null for text that is no amount. */
export function tryParseAmount(text: string): Micros | null {
  const match = AMOUNT.exec(text);
  if (match === null) return null;
  const micros = BigInt(`${match[2]}${(match[3] ?? '').padEnd(SCALE, '0')}`);
  if (micros > LIMIT) return null;
  return match[1] === '-' ? -micros : micros;
}

/**
 * The canonical decimal text of an amount: a point, no grouping, at least the decimals of `currency` (ISO 4217) and as
 * many more, up to six, as are needed to lose nothing. `107000000n, 'try'` gives `107.00`.
 */
export function formatAmount(micros: Micros, currency: string): string {
  const negative = micros < 0n;
  const digits = (negative ? -micros : micros).toString().padStart(SCALE + 1, '0');
  const whole = digits.slice(0, -SCALE);
  const fraction = digits.slice(-SCALE);
  let keep = SCALE;
  const least = currencyDecimals(currency);
  while (keep > least && fraction[keep - 1] === '0') keep -= 1;
  const text = keep === 0 ? whole : `${whole}.${fraction.slice(0, keep)}`;
  return negative ? `-${text}` : text;
}

/** The canonical text of micros that arrive as text (how the database hands over sums); null stays null. */
export function formatMicrosText(micros: string | null, currency: string): string | null {
  return micros === null ? null : formatAmount(BigInt(micros), currency);
}

/** An amount together with its currency, lower case as Omnitron writes it. */
export interface Money {
  readonly micros: Micros;
  readonly currency: string;
}

/**
 * Adds amounts of one currency.
 * @throws AppError VALUE_INVALID when the currencies differ: adding them has no meaning.
 */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    throw new AppError('VALUE_INVALID', `Amounts in ${a.currency} and ${b.currency} cannot be added.`);
  }
  return { micros: a.micros + b.micros, currency: a.currency };
}

/**
 * Rounds half away from zero (the commercial rule) to the decimals of `currency`. With {@link roundQuotient} the only
 * rounding in the program; nothing that is compared is rounded first.
 */
export function roundToCurrency(micros: Micros, currency: string): Micros {
  return roundQuotient(micros, 1n, currency);
}

/** By how many decimals: rounding thousands of amounts would work them out as often. */
const UNITS = Array.from({ length: SCALE + 1 }, (_, decimals) => ONE / 10n ** BigInt(decimals));

/** The smallest unit of a currency, in millionths: 10,000 for TRY. */
export function smallestUnit(currency: string): Micros {
  return UNITS[currencyDecimals(currency)] ?? 1n;
}

/** numerator ÷ denominator, which is above zero, rounded once as {@link roundToCurrency} does. */
export function roundQuotient(numerator: bigint, denominator: bigint, currency: string): Micros {
  const unit = smallestUnit(currency);
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  const step = denominator * unit;
  const rounded = ((2n * size + step) / (2n * step)) * unit;
  return negative ? -rounded : rounded;
}
