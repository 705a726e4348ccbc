// biome-ignore-all lint/a11y/useSemanticElements: a table cannot draw only the rows in view of a list of any length
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icons.tsx';
import type { GridColumn } from './grid-column.ts';

export interface GridSort {
  column: string;
  direction: 'asc' | 'desc';
}

export interface GridHeaderProps<Row> {
  gridId: string;
  columns: readonly GridColumn<Row>[];
  pinned: ReadonlyMap<string, number>;
  template: string;
  activeColumn: number | null;
  sort: GridSort | null;
  /** Undefined where rows cannot be ticked. */
  allSelected: 'all' | 'some' | 'none' | undefined;
  onSort(column: GridColumn<Row>): void;
  onSelectAll(): void;
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

/** The header row: names, sort marks, and the box that ticks every row. Stays in view. */
export function GridHeader<Row>(props: GridHeaderProps<Row>): ReactNode {
  const { t } = useTranslation();
  const { columns, pinned, sort, allSelected, activeColumn } = props;
  const firstColumn = allSelected === undefined ? 1 : 2;
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={1}
      className="grid-head"
      style={{ gridTemplateColumns: props.template }}
    >
      {allSelected !== undefined && (
        <div role="columnheader" tabIndex={-1} aria-colindex={1} className="grid-cell grid-select">
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('grid.selectAll')}
            checked={allSelected === 'all'}
            ref={(box) => {
              if (box !== null) box.indeterminate = allSelected === 'some';
            }}
            onChange={props.onSelectAll}
          />
        </div>
      )}
      {columns.map((column, place) => {
        const sorted = sort?.column === column.key ? sort.direction : null;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles Enter for its active cell
          <div
            key={column.key}
            id={`${props.gridId}-r-1-c${place}`}
            role="columnheader"
            tabIndex={-1}
            aria-colindex={place + firstColumn}
            aria-sort={sorted === null ? (column.sortable === true ? 'none' : undefined) : ARIA_SORT[sorted]}
            className={`grid-cell align-${column.align ?? 'left'}${column.sortable === true ? ' is-sortable' : ''}${
              activeColumn === place ? ' is-active-cell' : ''
            }${pinned.has(column.key) ? ' is-pinned' : ''}`}
            style={pinned.has(column.key) ? { left: pinned.get(column.key) } : undefined}
            onClick={() => props.onSort(column)}
          >
            <span className="grid-head-text">{column.header}</span>
            {sorted !== null && (
              <span
                className="grid-sort"
                role="img"
                aria-label={sorted === 'asc' ? t('grid.sortedAsc') : t('grid.sortedDesc')}
              >
                <Icon name={sorted === 'asc' ? 'up' : 'down'} size={9} />
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
