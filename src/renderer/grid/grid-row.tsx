// biome-ignore-all lint/a11y/useSemanticElements: a table cannot draw only the rows in view of a list of any length
import type { MouseEvent, ReactNode } from 'react';
import type { GridColumn } from './grid-column.ts';

export interface GridRowProps<Row> {
  gridId: string;
  row: Row | undefined;
  index: number;
  columns: readonly GridColumn<Row>[];
  pinned: ReadonlyMap<string, number>;
  template: string;
  top: number;
  /** Column of the active cell if this is its row, otherwise null. */
  activeColumn: number | null;
  /** Undefined where rows cannot be ticked. */
  selected: boolean | undefined;
  selectLabel: string;
  current: boolean;
  tone: string;
  onMouse(index: number, column: number, event: MouseEvent): void;
  onTick(index: number, event: MouseEvent): void;
}

/** One row, drawn where the scroll position puts it. A row that is still on its way shows bars in its place. */
export function GridRow<Row>(props: GridRowProps<Row>): ReactNode {
  const { gridId, row, index, columns, pinned, activeColumn, selected } = props;
  const firstColumn = selected === undefined ? 1 : 2;
  const classes = ['grid-row', props.tone];
  if (selected === true) classes.push('is-selected');
  if (activeColumn !== null) classes.push('is-active');
  if (props.current) classes.push('is-current');
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes.join(' ')}
      style={{ transform: `translateY(${props.top}px)`, gridTemplateColumns: props.template }}
    >
      {selected !== undefined && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the space bar for its active row
        <div
          role="gridcell"
          tabIndex={-1}
          aria-colindex={1}
          className="grid-cell grid-select"
          onClick={(event) => props.onTick(index, event)}
        >
          <input
            type="checkbox"
            tabIndex={-1}
            readOnly
            checked={selected}
            aria-label={props.selectLabel}
            disabled={row === undefined}
          />
        </div>
      )}
      {columns.map((column, place) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles Enter for its active row
        <div
          key={column.key}
          id={`${gridId}-r${index}-c${place}`}
          role="gridcell"
          tabIndex={-1}
          aria-colindex={place + firstColumn}
          className={`grid-cell align-${column.align ?? 'left'}${activeColumn === place ? ' is-active-cell' : ''}${pinned.has(column.key) ? ' is-pinned' : ''}${column.opens === true ? ' is-link' : ''}`}
          style={pinned.has(column.key) ? { left: pinned.get(column.key) } : undefined}
          onMouseDown={(event) => props.onMouse(index, place, event)}
          onClick={column.opens === true ? (event) => props.onMouse(index, place, event) : undefined}
          onDoubleClick={(event) => props.onMouse(index, place, event)}
        >
          {row === undefined ? <span className="skeleton" /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}
