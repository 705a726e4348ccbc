import type { Finding } from '../../shared/findings.ts';
import { formatAmount, type Micros, parseAmount } from '../../shared/money.ts';

/** Count and sums of differences of a group of findings, as the control totals state them. */
export interface StatedGroup {
  name: string;
  count: number;
  differences: readonly { currency: string; difference: string }[];
}

/** Counts findings and adds up their differences in groups, row by row as they are written. */
export class FindingGroups {
  readonly #counts = new Map<string, number>();
  readonly #differences = new Map<string, Micros>();

  add(name: string, { currency, difference }: Pick<Finding, 'currency' | 'difference'>): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    if (difference === null) return;
    const key = keyOf(name, currency);
    this.#differences.set(key, (this.#differences.get(key) ?? 0n) + parseAmount(difference));
  }

  /** What of the stated groups differs from what was written; null = nothing. */
  compare(stated: readonly StatedGroup[]): string | null {
    const counts = new Map(this.#counts);
    const differences = new Map(this.#differences);
    for (const entry of stated) {
      if ((counts.get(entry.name) ?? 0) !== entry.count) return `findings of ${entry.name}`;
      counts.delete(entry.name);
      for (const { currency, difference } of entry.differences) {
        const key = keyOf(entry.name, currency);
        if (formatAmount(differences.get(key) ?? 0n, currency) !== difference) return `differences of ${entry.name}`;
        differences.delete(key);
      }
    }
    const [left] = counts.keys();
    if (left !== undefined) return `findings of ${left}`;
    return [...differences.values()].some((sum) => sum !== 0n) ? 'differences that are not stated' : null;
  }
}

function keyOf(name: string, currency: string): string {
  return `${name} ${currency}`;
}
