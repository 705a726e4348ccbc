/** One measured thing; `target` and `met` where the program promises something. */
export interface Row {
  what: string;
  value: string;
  target?: string;
  met?: boolean;
}

export function printTable(rows: readonly Row[]): void {
  const width = (pick: (row: Row) => string): number => Math.max(...rows.map((row) => pick(row).length));
  const [first, second, third] = [
    width((row) => row.what),
    width((row) => row.value),
    width((row) => row.target ?? ''),
  ];
  for (const row of rows) {
    const verdict = row.met === undefined ? '' : row.met ? 'met' : 'MISSED';
    const line = `${row.what.padEnd(first)}  ${row.value.padStart(second)}  ${(row.target ?? '').padEnd(third)}  ${verdict}`;
    process.stdout.write(`${line.trimEnd()}\n`);
  }
}

/** The nearest-rank percentile. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** Milliseconds that `work` takes. */
export function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
