/** A column of a table for people: its heading, and whether its cells are numbers that line up on the right. */
export interface Column {
  heading: string;
  right?: boolean;
}

/** Control characters of foreign text would move the terminal's cursor or colour it; each becomes a visible mark. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\u{fffd}');
}

/** Lines of a table under its headings. An empty cell is a dash: no data, which is not zero. */
export function table(columns: readonly Column[], rows: readonly (readonly (string | null)[])[]): string[] {
  const cells = [
    columns.map((column) => column.heading),
    ...rows.map((row) => row.map((cell) => visible(cell ?? '-'))),
  ];
  const widths = columns.map((_column, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, at) => (columns[at]?.right ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** "1 order", "2 orders". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
