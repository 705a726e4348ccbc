import type { DecimalStyle } from '../../../shared/statements.ts';
import { readUnder } from './amounts.ts';
import type { Judgement } from './judge.ts';

/** A total that the file prints beside what its column adds up to, both in millionths. */
export interface PrintedTotal {
  /** The printed total that is the sum; where none is, the last one, which is the grand total as a rule. */
  printed: bigint;
  /** Of every row of the table, rejected ones and duplicates too. Null where the reading does not fit every cell. */
  sum: bigint | null;
}

/**
 * Holds the totals that the file prints against its sum. A total may be written with the other decimal sign than the
 * rows, so it ties where it equals the sum in either reading.
 * @returns null where the file prints none
 */
export function holdPrintedTotal({ totals, decimal }: Judgement, style: DecimalStyle): PrintedTotal | null {
  const sum = decimal.sums[style];
  const other = style === 'comma' ? 'point' : 'comma';
  const readings = totals.map((total) =>
    [readUnder(style, total), readUnder(other, total)].filter((micros) => typeof micros === 'bigint'),
  );
  const printed =
    readings.flat().find((micros) => micros === sum) ?? readings.findLast(([first]) => first !== undefined)?.[0];
  return printed === undefined ? null : { printed, sum };
}
