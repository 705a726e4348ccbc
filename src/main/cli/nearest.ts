/**
 * The one of `names` that somebody who wrote `word` may have meant, or null: one slip away, or two in a long word. A
 * slip is a letter too many, missing, wrong, or changed with its neighbour.
 */
export function nearest(word: string, names: readonly string[]): string | null {
  const slipsAllowed = word.length < 10 ? 1 : 2;
  let best: string | null = null;
  let least = slipsAllowed + 1;
  for (const name of names) {
    const count = slips(word, name);
    if (count < least) [best, least] = [name, count];
  }
  return best;
}

/** How many slips lead from one word to the other (the distance of Damerau and Levenshtein, neighbours only). */
function slips(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const at = (cells: readonly number[], index: number): number => cells[index] ?? 0;
      let count = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) count = Math.min(count, at(beforeLast, column - 2) + 1);
      current.push(count);
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? 0;
}
