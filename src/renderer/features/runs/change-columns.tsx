import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { OrderChange } from '../../../shared/runs.ts';
import type { GridColumn } from '../../grid/grid-column.ts';
import { Currency } from '../../ui/currency.tsx';
import type { Format } from '../../ui/use-format.ts';
import { changedField, changedValue, isAmountChange, seenBy } from '../changes/change-value.ts';

/** The columns of "what changed". Amounts stand on the right, everything else on the left. */
export function changeColumns(t: TFunction, format: Format): GridColumn<OrderChange>[] {
  const side = (row: OrderChange, value: string | null): ReactNode => {
    const text = changedValue(t, format, row, value);
    const classes = isAmountChange(row) ? 'num cell-end' : 'clip';
    return (
      <span className={value === null ? `${classes} muted` : classes} title={text}>
        {text}
      </span>
    );
  };
  return [
    {
      key: 'order',
      header: t('changes.column.order'),
      width: 150,
      pinned: true,
      opens: true,
      cell: (row) => <span className="code clip">{row.order.number}</span>,
    },
    {
      key: 'field',
      header: t('changes.column.field'),
      width: 176,
      cell: (row) => (
        <span className="clip">
          {changedField(t, row)}
          {row.lineId !== null && <span className="muted"> · {t('changes.line', { line: row.lineId })}</span>}
        </span>
      ),
    },
    { key: 'from', header: t('changes.column.from'), width: 138, grow: true, cell: (row) => side(row, row.from) },
    { key: 'to', header: t('changes.column.to'), width: 138, grow: true, cell: (row) => side(row, row.to) },
    {
      key: 'currency',
      header: t('orders.column.currency'),
      width: 56,
      cell: (row) => (isAmountChange(row) ? <Currency code={row.currency} /> : null),
    },
    {
      key: 'seen',
      header: t('changes.column.seen'),
      width: 142,
      cell: (row) => <span className="code">{format.instant(row.seenAt)}</span>,
    },
    {
      key: 'by',
      header: t('changes.column.by'),
      width: 166,
      cell: (row) => <span className={row.run === null ? 'clip muted' : 'clip'}>{seenBy(t, row)}</span>,
    },
  ];
}
