import type { DecimalStyle } from '../../../shared/statements.ts';
import { type AmountText, readUnder } from './amounts.ts';

/** What the cells of the amount columns prove about how decimals are written. */
export interface DecimalEvidence {
  /** Adds an amount that is written as text; `summed` = of the column whose sum is compared. */
  add(text: AmountText, line: number, summed: boolean): void;
  /** Adds an amount that reads the same either way. */
  addExact(micros: bigint): void;
  /** The verdict; `printed` are the totals that the file prints. */
  judge(printed: readonly AmountText[]): DecimalVerdict;
}

/** How decimals are written: proven, all the same, or unclear, with the sums under each reading that fits every cell. */
export interface DecimalVerdict {
  style: DecimalStyle | null;
  /** mixed: some cells prove a comma and others a point; both: every cell fits either and the sums differ. */
  unclear: 'mixed' | 'both' | null;
  sums: Record<DecimalStyle, bigint | null>;
  /** The first line that proves the reading, or null. */
  proof: Record<DecimalStyle, number | null>;
}

const STYLES = ['comma', 'point'] as const;

/** Collects the evidence of one file. */
export function createDecimalEvidence(): DecimalEvidence {
  const sums: Record<DecimalStyle, bigint> = { comma: 0n, point: 0n };
  const proof: Record<DecimalStyle, number | null> = { comma: null, point: null };
  let differ = false;

  function verdict(printed: readonly AmountText[]): Pick<DecimalVerdict, 'style' | 'unclear'> {
    if (proof.comma !== null && proof.point !== null) return { style: null, unclear: 'mixed' };
    if (proof.comma !== null) return { style: 'comma', unclear: null };
    if (proof.point !== null) return { style: 'point', unclear: null };
    if (!differ) return { style: 'comma', unclear: null };
    const tied = STYLES.filter((style) => printed.some((total) => readUnder(style, total) === sums[style]));
    return tied.length === 1 && tied[0] !== undefined
      ? { style: tied[0], unclear: null }
      : { style: null, unclear: 'both' };
  }

  return {
    add(text, line, summed) {
      // Whole numbers are the same in both readings.
      const comma = readUnder('comma', text);
      const point = text.body.indexOf(',') < 0 && text.body.indexOf('.') < 0 ? comma : readUnder('point', text);
      const isComma = typeof comma === 'bigint';
      const isPoint = typeof point === 'bigint';
      if (isComma && !isPoint) proof.comma ??= line;
      if (isPoint && !isComma) proof.point ??= line;
      if (isComma && isPoint && comma !== point) differ = true;
      if (!summed) return;
      if (isComma) sums.comma += comma;
      if (isPoint) sums.point += point;
    },
    addExact(micros) {
      sums.comma += micros;
      sums.point += micros;
    },
    judge(printed) {
      return {
        ...verdict(printed),
        sums: { comma: proof.point === null ? sums.comma : null, point: proof.comma === null ? sums.point : null },
        proof,
      };
    },
  };
}
