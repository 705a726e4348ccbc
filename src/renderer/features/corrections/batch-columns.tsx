import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { BatchRow } from '../../../shared/batches.ts';
import type { GridColumn } from '../../grid/grid-column.ts';
import { Currency } from '../../ui/currency.tsx';
import type { Format } from '../../ui/use-format.ts';
import { exceptionsOf } from './push-batches.ts';

/** Columns that stay where a panel takes half of the width. */
const COMPACT: ReadonlySet<string> = new Set(['number', 'state', 'count', 'totals']);

/** The columns of the list of batches. */
export function batchColumns(t: TFunction, format: Format, compact: boolean): GridColumn<BatchRow>[] {
  const columns: GridColumn<BatchRow>[] = [
    {
      key: 'number',
      header: t('batches.column.number'),
      width: 92,
      pinned: true,
      opens: true,
      cell: (row) => <span className="code">{row.number}</span>,
    },
    { key: 'state', header: t('batches.column.state'), width: 128, cell: (row) => <BatchStateTag batch={row} t={t} /> },
    {
      key: 'kind',
      header: t('batches.column.kind'),
      width: 88,
      cell: (row) => (
        <span
          className="clip"
          title={row.reverses === null ? undefined : `${t('batches.panel.reverses')}: ${row.reverses}`}
        >
          {t(`batches.kind.${row.kind}`)}
        </span>
      ),
    },
    {
      key: 'maker',
      header: t('batches.column.maker'),
      width: 100,
      cell: (row) => <span className="clip">{row.maker}</span>,
    },
    {
      key: 'reason',
      header: t('batches.column.reason'),
      width: 110,
      grow: true,
      cell: (row) => (
        <span className="clip" title={row.reason}>
          {row.reason}
        </span>
      ),
    },
    {
      key: 'count',
      header: t('batches.column.count'),
      width: 86,
      align: 'right',
      cell: (row) => <span className="num">{format.count(row.count)}</span>,
    },
    {
      key: 'exceptions',
      header: t('batches.column.exceptions'),
      width: 78,
      align: 'right',
      cell: (row) => {
        const count = exceptionsOf(row);
        return <span className={`num ${count === 0 ? 'muted' : 'tone-off'}`}>{format.count(count)}</span>;
      },
    },
    {
      key: 'totals',
      header: t('batches.column.totals'),
      width: 132,
      align: 'right',
      cell: (row) => <Totals row={row} format={format} />,
    },
    {
      key: 'pushedAt',
      header: t('batches.column.pushedAt'),
      width: 126,
      cell: ({ pushedAt }) => <span className="code">{pushedAt === null ? '' : format.instant(pushedAt)}</span>,
    },
    {
      key: 'createdAt',
      header: t('batches.column.createdAt'),
      width: 126,
      cell: (row) => <span className="code">{format.instant(row.createdAt)}</span>,
    },
  ];
  return compact ? columns.filter(({ key }) => COMPACT.has(key)) : columns;
}

/** Where a batch stands. */
export function BatchStateTag({ batch, t }: { batch: BatchRow; t: TFunction }): ReactNode {
  return (
    <span className={`state batch-${batch.state}`} title={t(`batches.stateHelp.${batch.state}`)}>
      {t(`batches.state.${batch.state}`)}
    </span>
  );
}

/** The amount of the orders in the currency of most of them, and how many currencies there are beside it. */
function Totals({ row, format }: { row: BatchRow; format: Format }): ReactNode {
  const [first, ...others] = [...row.totals].sort((a, b) => b.orders - a.orders);
  if (first === undefined) return null;
  const { currency, amount } = first;
  return (
    <span
      className="num"
      title={others
        .map((each) => `${format.amount(each.amount, each.currency)} ${each.currency.toUpperCase()}`)
        .join(', ')}
    >
      {format.amount(amount, currency)} <Currency code={currency} />
      {others.length > 0 && <span className="muted"> +{others.length}</span>}
    </span>
  );
}
