// biome-ignore-all lint/a11y/useSemanticElements: a table cannot draw only the rows in view of a list of any length
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { columnTemplate, type GridColumn, pinnedOffsets, rowWidth } from './grid-column.ts';
import { GridHeader, type GridSort } from './grid-header.tsx';
import { type CellPlace, moveByKey } from './grid-keys.ts';
import { GridRow } from './grid-row.tsx';
import { rowOffset, scrollScale, scrollToShow, visibleRows } from './scroll-scale.ts';
import { useViewport } from './use-viewport.ts';

export const ROW_HEIGHT = 28;
const HEAD_HEIGHT = 30;
const OVERSCAN = 6;

/** Ticking rows: what the grid shows, and what it asks its owner to change. */
export interface GridSelectionProps<Row> {
  state: 'all' | 'some' | 'none';
  isSelected(row: Row): boolean;
  label(row: Row): string;
  toggle(row: Row): void;
  /** Ticks every row between two places, both included. */
  range(from: number, to: number): void;
  all(): void;
  clear(): void;
}

export interface GridProps<Row> {
  label: string;
  columns: readonly GridColumn<Row>[];
  total: number;
  rowAt(index: number): Row | undefined;
  /** Called when other rows come into view. */
  onVisible(first: number, last: number): void;
  /** Changes when the list is another one: the grid goes back to its top. */
  listKey: string;
  sort?: GridSort | null;
  onSort?(column: string): void;
  selection?: GridSelectionProps<Row>;
  /** The active row changed by key or mouse. */
  onActive?(row: Row): void;
  onOpen?(row: Row): void;
  onEscape?(): void;
  /** Ctrl+C, with the active row where it is known. */
  onCopy?(row: Row | undefined): void;
  /** A key that the grid has no use for, with the active row where it is known. Answers whether it was used. */
  onKey?(key: string, row: Row | undefined): boolean;
  /** The row that is open in the side panel. */
  isCurrent?(row: Row): boolean;
  busy?: boolean;
}

/** A grid over a list of any length: only the rows in view exist, everything works from the keyboard. */
export function Grid<Row>(props: GridProps<Row>): ReactNode {
  const { columns, total, rowAt, selection, onVisible, listKey } = props;
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const viewport = useViewport(scroller);
  const [kept, setActive] = useState<CellPlace>({ row: 0, column: 0 });
  // There may be fewer columns than there were.
  const active = { row: kept.row, column: Math.min(kept.column, columns.length - 1) };
  /** Where a range that shift extends began. */
  const anchor = useRef(0);

  const bodyHeight = Math.max(0, viewport.height - HEAD_HEIGHT);
  const scale = scrollScale(total, ROW_HEIGHT, bodyHeight);
  const visible = visibleRows(scale, viewport.scrollTop, bodyHeight, ROW_HEIGHT, OVERSCAN);
  const withSelection = selection !== undefined;
  const template = useMemo(() => columnTemplate(columns, withSelection), [columns, withSelection]);
  const pinned = useMemo(() => pinnedOffsets(columns, withSelection), [columns, withSelection]);
  const first = visible?.first ?? 0;
  const last = visible?.last ?? 0;

  useEffect(() => {
    if (bodyHeight > 0) onVisible(first, last);
  }, [first, last, bodyHeight, onVisible]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts at its top
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActive((place) => ({ row: Math.min(0, place.row), column: place.column }));
    anchor.current = 0;
  }, [listKey]);

  const moveTo = (place: CellPlace): void => {
    setActive(place);
    const node = scroller.current;
    if (node === null) return;
    if (place.row >= 0) {
      const top = scrollToShow(scale, node.scrollTop, bodyHeight, place.row, ROW_HEIGHT);
      if (top !== node.scrollTop) node.scrollTop = top;
    }
    showColumn(node, columns, pinned, place.column, withSelection);
    const row = place.row >= 0 ? rowAt(place.row) : undefined;
    if (row !== undefined && place.row !== active.row) props.onActive?.(row);
  };

  const sortBy = (column: GridColumn<Row> | undefined): void => {
    if (column?.sortable === true) props.onSort?.(column.key);
  };

  const tick = (index: number, shift: boolean): void => {
    const row = rowAt(index);
    if (selection === undefined || row === undefined) return;
    if (shift) selection.range(anchor.current, index);
    else {
      selection.toggle(row);
      anchor.current = index;
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const size = {
      rows: total,
      columns: columns.length,
      pageRows: Math.max(1, Math.floor(bodyHeight / ROW_HEIGHT) - 1),
    };
    const next = moveByKey(active, event.key, ctrl, size);
    if (next !== null) {
      event.preventDefault();
      moveTo(next);
      if (event.shiftKey && next.row >= 0 && next.row !== active.row) selection?.range(anchor.current, next.row);
      else if (!event.shiftKey) anchor.current = Math.max(0, next.row);
      return;
    }
    const row = active.row >= 0 ? rowAt(active.row) : undefined;
    if (event.key === 'Enter' || event.key === 'F2') {
      if (active.row === -1) sortBy(columns[active.column]);
      else if (row !== undefined) props.onOpen?.(row);
    } else if (event.key === ' ') {
      if (active.row === -1) sortBy(columns[active.column]);
      else tick(active.row, event.shiftKey);
    } else if (event.key === 'Escape') {
      props.onEscape?.();
    } else if (ctrl && event.key.toLowerCase() === 'a' && selection !== undefined) {
      selection.all();
    } else if (ctrl && event.key.toLowerCase() === 'c' && props.onCopy !== undefined) {
      props.onCopy(row);
    } else if (ctrl || event.altKey || props.onKey?.(event.key, row) !== true) {
      return;
    }
    event.preventDefault();
  };

  const onMouse = (index: number, column: number, event: MouseEvent): void => {
    if (event.button !== 0) return;
    const row = rowAt(index);
    if (event.type !== 'mousedown') {
      const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
      if (row !== undefined && plain) props.onOpen?.(row);
      return;
    }
    if (event.shiftKey && selection !== undefined) {
      selection.range(anchor.current, index);
    } else if ((event.ctrlKey || event.metaKey) && selection !== undefined) {
      tick(index, false);
    } else {
      anchor.current = index;
    }
    moveTo({ row: index, column });
  };

  /** The grid itself holds the focus, never a cell: its keys go on working after a click. */
  const keepFocus = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) return;
    event.preventDefault();
    scroller.current?.focus({ preventScroll: true });
  };

  const rows: ReactNode[] = [];
  if (visible !== null && bodyHeight > 0) {
    for (let index = visible.first; index <= visible.last; index += 1) {
      const row = rowAt(index);
      rows.push(
        <GridRow
          key={index}
          gridId={gridId}
          row={row}
          index={index}
          columns={columns}
          pinned={pinned}
          template={template}
          top={rowOffset(scale, viewport.scrollTop, index, ROW_HEIGHT)}
          activeColumn={active.row === index ? active.column : null}
          selected={selection === undefined ? undefined : row !== undefined && selection.isSelected(row)}
          selectLabel={row === undefined || selection === undefined ? '' : selection.label(row)}
          current={row !== undefined && props.isCurrent?.(row) === true}
          tone={index % 2 === 1 ? 'is-odd' : ''}
          onMouse={onMouse}
          onTick={(at, event) => {
            tick(at, event.shiftKey);
            setActive((place) => ({ row: at, column: place.column }));
          }}
        />,
      );
    }
  }

  const activeShown =
    active.row === -1 || (visible !== null && active.row >= visible.first && active.row <= visible.last);
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      className="grid"
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + (withSelection ? 1 : 0)}
      aria-multiselectable={withSelection}
      aria-busy={props.busy === true}
      aria-activedescendant={activeShown ? `${gridId}-r${active.row}-c${active.column}` : undefined}
      onKeyDown={onKeyDown}
      onMouseDown={keepFocus}
    >
      <div
        className="grid-sizer"
        role="presentation"
        style={{ height: scale.scrollHeight + HEAD_HEIGHT, minWidth: rowWidth(columns, withSelection) }}
      >
        <GridHeader
          gridId={gridId}
          columns={columns}
          pinned={pinned}
          template={template}
          activeColumn={active.row === -1 ? active.column : null}
          sort={props.sort ?? null}
          allSelected={selection?.state}
          onSort={sortBy}
          onSelectAll={() => (selection?.state === 'none' ? selection.all() : selection?.clear())}
        />
        <div className="grid-body" role="presentation">
          {rows}
        </div>
      </div>
    </div>
  );
}

/** Scrolls sideways until a column is clear of the pinned ones and of the right edge. */
function showColumn<Row>(
  node: HTMLElement,
  columns: readonly GridColumn<Row>[],
  pinned: ReadonlyMap<string, number>,
  place: number,
  withSelection: boolean,
): void {
  const column = columns[place];
  if (column === undefined || pinned.has(column.key)) return;
  const left = rowWidth(columns.slice(0, place), withSelection);
  const pinnedWidth = rowWidth(columns.slice(0, pinned.size), withSelection);
  if (left - node.scrollLeft < pinnedWidth) node.scrollLeft = left - pinnedWidth;
  else if (left + column.width > node.scrollLeft + node.clientWidth)
    node.scrollLeft = left + column.width - node.clientWidth;
}
