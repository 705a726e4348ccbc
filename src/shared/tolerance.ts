import { type Micros, parseAmount } from './money.ts';
import type { Tolerance } from './rules.ts';

/** A hundred per cent, where per cent are in millionths. */
const WHOLE = 100_000_000n;

/**
 * Whether a difference is within a tolerance: up to its absolute bound, or up to its share of `amount`, whichever is
 * greater. Calculated without rounding.
 */
export function isWithin(tolerance: Tolerance, difference: Micros, amount: Micros | null): boolean {
  const size = sizeOf(difference);
  if (size <= parseAmount(tolerance.absolute)) return true;
  return amount !== null && size * WHOLE <= parseAmount(tolerance.percent) * sizeOf(amount);
}

function sizeOf(micros: Micros): Micros {
  return micros < 0n ? -micros : micros;
}
