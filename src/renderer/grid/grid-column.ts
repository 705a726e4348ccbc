import type { ReactNode } from 'react';

/** A column of a grid. */
export interface GridColumn<Row> {
  key: string;
  header: string;
  /** Pixels; `grow` lets the column take what is left. */
  width: number;
  grow?: boolean;
  align?: 'left' | 'right' | 'center';
  /** Stays in view when the grid scrolls sideways. Such columns come first. */
  pinned?: boolean;
  sortable?: boolean;
  /** A click on the cell opens the row, as Enter does. */
  opens?: boolean;
  cell(row: Row): ReactNode;
}

/** Room for the tick box in front of the columns. */
export const SELECT_WIDTH = 34;

/** The CSS grid template of a row. */
export function columnTemplate<Row>(columns: readonly GridColumn<Row>[], withSelection: boolean): string {
  const widths = columns.map((column) =>
    column.grow === true ? `minmax(${column.width}px, 1fr)` : `${column.width}px`,
  );
  return [...(withSelection ? [`${SELECT_WIDTH}px`] : []), ...widths].join(' ');
}

/** The least width of a row: below it the grid scrolls sideways. */
export function rowWidth<Row>(columns: readonly GridColumn<Row>[], withSelection: boolean): number {
  return columns.reduce((sum, column) => sum + column.width, withSelection ? SELECT_WIDTH : 0);
}

/** Distance from the left edge at which each pinned column stays. */
export function pinnedOffsets<Row>(columns: readonly GridColumn<Row>[], withSelection: boolean): Map<string, number> {
  const offsets = new Map<string, number>();
  let left = withSelection ? SELECT_WIDTH : 0;
  for (const column of columns) {
    if (column.pinned !== true) break;
    offsets.set(column.key, left);
    left += column.width;
  }
  return offsets;
}
