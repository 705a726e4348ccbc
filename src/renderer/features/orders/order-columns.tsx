import type { TFunction } from 'i18next';
import type { OrderRow } from '../../../shared/orders.ts';
import type { GridColumn } from '../../grid/grid-column.ts';
import { statusText } from '../../i18n/codes.ts';
import { Currency } from '../../ui/currency.tsx';
import type { Format } from '../../ui/use-format.ts';

/** The columns of the order grid; keys of sortable ones are the contract's sort columns. */
export function orderColumns(t: TFunction, format: Format): GridColumn<OrderRow>[] {
  const header = (key: Parameters<typeof columnKey>[0]): string => t(columnKey(key));
  return [
    {
      key: 'number',
      header: header('number'),
      width: 152,
      pinned: true,
      opens: true,
      sortable: true,
      cell: (row) => <span className="code clip">{row.number}</span>,
    },
    {
      key: 'datePlaced',
      header: header('datePlaced'),
      width: 104,
      sortable: true,
      cell: (row) => format.instantDay(row.datePlaced),
    },
    {
      key: 'amount',
      header: header('amount'),
      width: 116,
      align: 'right',
      sortable: true,
      cell: (row) => <span className="num">{format.amount(row.amount, row.currency)}</span>,
    },
    {
      key: 'currency',
      header: header('currency'),
      width: 54,
      sortable: true,
      cell: (row) => <Currency code={row.currency} />,
    },
    {
      key: 'status',
      header: header('status'),
      width: 160,
      sortable: true,
      cell: (row) => (
        <span className="clip" title={statusText(t, row.status)}>
          {statusText(t, row.status)}
        </span>
      ),
    },
    {
      key: 'findings',
      header: header('findings'),
      width: 78,
      align: 'center',
      cell: (row) =>
        row.worst === null ? null : (
          <span
            className={`count-pill tone-${row.worst}`}
            title={t('orders.findingCount', format.counted(row.findings))}
          >
            {format.count(row.findings)}
          </span>
        ),
    },
    {
      key: 'sent',
      header: header('sent'),
      width: 118,
      sortable: true,
      cell: (row) => <SentCell row={row} t={t} format={format} />,
    },
    {
      key: 'refund',
      header: header('refund'),
      width: 112,
      align: 'right',
      sortable: true,
      cell: (row) => <span className="num">{format.amount(row.refund, row.currency, { zeroAsDash: true })}</span>,
    },
    {
      key: 'invoice',
      header: header('invoice'),
      width: 158,
      sortable: true,
      cell: (row) => <span className="code clip">{row.invoiceNumber}</span>,
    },
    {
      key: 'channel',
      header: header('channel'),
      width: 110,
      sortable: true,
      cell: (row) => <span className="clip">{row.channel}</span>,
    },
    {
      key: 'discount',
      header: header('discount'),
      width: 104,
      align: 'right',
      cell: (row) => <span className="num">{format.amount(row.discount, row.currency, { zeroAsDash: true })}</span>,
    },
    {
      key: 'shipping',
      header: header('shipping'),
      width: 96,
      align: 'right',
      cell: (row) => <span className="num">{format.amount(row.shipping, row.currency, { zeroAsDash: true })}</span>,
    },
    {
      key: 'lines',
      header: header('lines'),
      width: 64,
      grow: true,
      align: 'right',
      cell: (row) => <span className="num">{row.lines}</span>,
    },
  ];
}

type ColumnName =
  | 'number'
  | 'datePlaced'
  | 'channel'
  | 'status'
  | 'currency'
  | 'amount'
  | 'refund'
  | 'discount'
  | 'shipping'
  | 'sent'
  | 'invoice'
  | 'lines'
  | 'findings';

function columnKey<K extends ColumnName>(name: K): `orders.column.${K}` {
  return `orders.column.${name}`;
}

/** The flag as Omnitron has it, with a queued correction over it. */
function SentCell({ row, t, format }: { row: OrderRow; t: TFunction; format: Format }) {
  const yes = t('common.yes');
  const no = t('common.no');
  if (row.pendingSent) {
    return (
      <span className="staged" title={t('orders.pendingHint', { from: no, to: yes })}>
        {t('orders.pendingTo', { from: no, to: yes })}
      </span>
    );
  }
  return (
    <span className="sent-cell">
      <span className={row.sent ? '' : 'not-sent'}>{row.sent ? yes : no}</span>
      {row.pending > 0 && (
        <span
          className="staged-dot"
          role="img"
          aria-label={t('orders.pendingCount', format.counted(row.pending))}
          title={t('orders.pendingCount', format.counted(row.pending))}
        />
      )}
    </span>
  );
}
