import { knownHeadings } from '../detect/headings.ts';
import { MOST_COLUMNS } from './source.ts';
import { createRowSplitter } from './split-rows.ts';

const CANDIDATES = [';', '\t', ',', '|'] as const;
/** What a known heading weighs beside a row of the usual width: headings are rarely cut right by chance. */
const HEADING_WEIGHT = 3;
/** So many rows of the beginning are looked at. */
const LOOKED_AT = 200;

/**
 * The delimiter of a file by its first lines: the one that makes the most known headings and the most rows of one width.
 * A file of one column has none; `;` then does no harm.
 */
export function findDelimiter(head: string): string {
  // Such a row cannot be read, and nothing else must make it look like a row of one cell.
  const tooWide = CANDIDATES.find((delimiter) => widthOf(head, delimiter) > MOST_COLUMNS);
  if (tooWide !== undefined) return tooWide;
  let best = ';';
  let bestScore = 0;
  for (const delimiter of CANDIDATES) {
    const score = scoreOf(head, delimiter);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** Cells of the first line that has any. */
function widthOf(head: string, delimiter: string): number {
  return (/^[^\r\n]*\S[^\r\n]*$/m.exec(head)?.[0] ?? '').split(delimiter).length;
}

function scoreOf(head: string, delimiter: string): number {
  const rows = firstRows(head, delimiter).filter(({ length }) => length > 1);
  const widths = new Map<number, number>();
  for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1);
  const sameWidth = Math.max(0, ...widths.values());
  const headings = Math.max(0, ...rows.map((cells) => knownHeadings(cells)));
  return headings * HEADING_WEIGHT + (rows.length === 0 ? 0 : (sameWidth * 10) / LOOKED_AT + sameWidth / rows.length);
}

/** The rows that the head holds whole; a quote that it does not close ends them. */
function firstRows(head: string, delimiter: string): string[][] {
  try {
    const rows = createRowSplitter(delimiter).push(head.endsWith('\n') ? head : `${head}\n`);
    return rows.slice(0, LOOKED_AT).map(({ cells }) => cells);
  } catch {
    return [];
  }
}
