import { formatAmount, tryParseAmount } from '../../shared/money.ts';
import type { DecimalStyle, StatementPreview } from '../../shared/statements.ts';

/** One reading of the amount column. */
export interface Reading {
  style: DecimalStyle;
  /** Null where the reading does not fit every row. */
  sum: string | null;
  /** Whether the sum is the printed total; null where none was given, or there is no sum. */
  ties: boolean | null;
  /** Printed total − sum; null as `ties` is. */
  difference: string | null;
}

export interface DecimalProof {
  readings: readonly Reading[];
  /** The one reading that is right: it alone fits, it alone ties, or both sums are the same. Null = a person decides. */
  proven: DecimalStyle | null;
  why: 'ties' | 'onlyOne' | 'sameSums' | null;
}

const STYLES = ['comma', 'point'] as const;
const GROUPED = {
  comma: /^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d{1,6})?$/,
  point: /^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,6})?$/,
} as const;

/** A total as it stands on paper, read in one style: `1.234,56` or `1,234.56`. Null for text that is none. */
export function readTotal(text: string, style: DecimalStyle): string | null {
  const bare = text.replace(/[\s\p{Sc}]|TL|TRY/giu, '').replace('−', '-');
  if (!GROUPED[style].test(bare)) return null;
  const plain = style === 'comma' ? bare.replaceAll('.', '').replace(',', '.') : bare.replaceAll(',', '');
  const micros = tryParseAmount(plain.replace(/^\+/, ''));
  return micros === null ? null : formatAmount(micros, '');
}

/** True for text that is a total in one of the styles. */
export function isTotal(text: string): boolean {
  return STYLES.some((style) => readTotal(text, style) !== null);
}

/**
 * Puts the two readings beside the printed total. The paper may be written in another style than the file, so a sum
 * ties where it equals the total in either.
 */
export function proveDecimals(readings: StatementPreview['readings'], printed: string): DecimalProof {
  const totals = STYLES.map((style) => readTotal(printed, style)).filter((total) => total !== null);
  const all = STYLES.map((style): Reading => {
    const sum = readings[style] ?? null;
    const micros = sum === null ? null : tryParseAmount(sum);
    if (micros === null || totals.length === 0) return { style, sum, ties: null, difference: null };
    const gaps = totals.map((total) => (tryParseAmount(total) ?? 0n) - micros);
    const least = gaps.reduce((a, b) => (size(b) < size(a) ? b : a));
    return { style, sum, ties: least === 0n, difference: formatAmount(least, '') };
  });
  return { readings: all, ...conclusion(all) };
}

function conclusion(all: readonly Reading[]): Pick<DecimalProof, 'proven' | 'why'> {
  const tying = all.filter(({ ties }) => ties === true);
  const fitting = all.filter(({ sum }) => sum !== null);
  const [first] = fitting;
  if (tying.length === 1) return { proven: tying[0]?.style ?? null, why: 'ties' };
  // A printed total that no reading gives: a person says which one is right in spite of it.
  const isMissed = all.some(({ ties }) => ties === false);
  if (first === undefined || isMissed) return { proven: null, why: null };
  if (fitting.length === 1) return { proven: first.style, why: 'onlyOne' };
  const same = fitting.every(({ sum }) => sameAmount(sum, first.sum));
  return same ? { proven: first.style, why: 'sameSums' } : { proven: null, why: null };
}

function sameAmount(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && tryParseAmount(a) === tryParseAmount(b);
}

function size(micros: bigint): bigint {
  return micros < 0n ? -micros : micros;
}

/**
 * The reading that an import uses: what a person decided, otherwise what is proven. Null = a person has to decide first.
 */
export function chosenReading(proof: DecimalProof, decided: DecimalStyle | null): DecimalStyle | null {
  const fits = proof.readings.some(({ style, sum }) => style === decided && sum !== null);
  return fits ? decided : proof.proven;
}
