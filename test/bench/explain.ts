import type { Row } from './table.ts';

/** How many random differences are explained. */
export const DIFFERENCES = { upTo200: 3_000, of2000: 200 };
const MOST_MS = 5;

interface Took {
  p99Ms: number;
  worstMs: number;
}

/** What the process that explains differences printed. */
export interface Explained {
  upTo200: Took;
  of2000: Took;
  explained: number;
}

/** How long an explanation takes, the reading of the order included. */
export function explainRows({ upTo200, of2000, explained }: Explained): Row[] {
  const all = DIFFERENCES.upTo200 + DIFFERENCES.of2000;
  // Were nearly all or nearly none explained, most of the search would not be measured.
  if (explained < all / 4 || explained > (3 * all) / 4) throw new Error(`${explained} of ${all} were explained.`);
  const row = (what: string, { p99Ms, worstMs }: Took): Row => ({
    what,
    value: `${p99Ms.toFixed(1)} ms (p99), ${worstMs.toFixed(1)} ms (worst)`,
    target: `<= ${MOST_MS} ms`,
    met: p99Ms <= MOST_MS,
  });
  return [
    row(`explanation of a difference (${DIFFERENCES.upTo200} random ones, up to 200 lines)`, upTo200),
    row(`the same for orders of 2,000 lines (${DIFFERENCES.of2000})`, of2000),
  ];
}
