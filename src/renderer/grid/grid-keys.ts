/** The active cell. Row -1 is the header. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that one screen shows. */
  readonly pageRows: number;
}

/** Where a key moves the active cell; null for keys that do not move it. Ctrl with Home or End goes to the corners. */
export function moveByKey(place: CellPlace, key: string, ctrl: boolean, size: GridSize): CellPlace | null {
  const row = (value: number): CellPlace => ({
    row: Math.max(-1, Math.min(size.rows - 1, value)),
    column: place.column,
  });
  const bodyRow = (value: number): CellPlace => row(Math.max(Math.min(0, size.rows - 1), value));
  const column = (value: number): CellPlace => ({
    row: place.row,
    column: Math.max(0, Math.min(size.columns - 1, value)),
  });
  switch (key) {
    case 'ArrowDown':
      return ctrl ? bodyRow(size.rows - 1) : row(place.row + 1);
    case 'ArrowUp':
      return ctrl ? bodyRow(0) : row(place.row - 1);
    case 'PageDown':
      return bodyRow(place.row + size.pageRows);
    case 'PageUp':
      return bodyRow(place.row - size.pageRows);
    case 'ArrowRight':
      return column(place.column + 1);
    case 'ArrowLeft':
      return column(place.column - 1);
    case 'Home':
      return ctrl ? { ...bodyRow(0), column: 0 } : bodyRow(0);
    case 'End':
      return ctrl ? { ...bodyRow(size.rows - 1), column: size.columns - 1 } : bodyRow(size.rows - 1);
    default:
      return null;
  }
}
