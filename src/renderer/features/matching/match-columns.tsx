import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { PeopleLanguage } from '../../../shared/format.ts';
import type { MatchListRow } from '../../../shared/ipc/match-calls.ts';
import type { GridColumn } from '../../grid/grid-column.ts';
import { Currency } from '../../ui/currency.tsx';
import type { Format } from '../../ui/use-format.ts';
import { MatchStateTag } from './match-state-tag.tsx';

/** Columns that the panel beside the list says better. */
const IN_PANEL: ReadonlySet<string> = new Set(['statement', 'day', 'order', 'orders', 'why']);

/** The columns of the matches: rows of statements on the left, orders on the right, then what they differ by and why. */
export function matchColumns(
  t: TFunction,
  format: Format,
  { language, withStatement, compact }: { language: PeopleLanguage; withStatement: boolean; compact: boolean },
): GridColumn<MatchListRow>[] {
  const side = (total: MatchListRow['rowsTotal'], count: number): ReactNode => {
    if (total !== null) return <span className="num">{format.amount(total.amount, total.currency)}</span>;
    return count === 0 ? null : <span className="muted">{t('matching.mixed')}</span>;
  };
  const columns: GridColumn<MatchListRow>[] = [
    {
      key: 'state',
      header: t('matching.column.state'),
      width: 112,
      pinned: true,
      cell: (row) => <MatchStateTag state={row.state} />,
    },
    {
      key: 'statement',
      header: t('matching.statement'),
      width: 90,
      align: 'right',
      cell: (row) => <span className="num">{row.rows[0]?.statement}</span>,
    },
    {
      key: 'line',
      header: t('matching.column.line'),
      width: 64,
      align: 'right',
      cell: (row) => (
        <span className="num">
          {format.count(row.rows[0]?.line ?? 0)}
          <More count={row.rowCount} />
        </span>
      ),
    },
    {
      key: 'key',
      header: t('matching.column.key'),
      width: 152,
      opens: true,
      cell: (row) => (
        <span className="code clip" title={row.rows[0]?.key ?? ''}>
          {row.rows[0]?.key}
        </span>
      ),
    },
    {
      key: 'day',
      header: t('matching.column.day'),
      width: 96,
      cell: ({ rows: [first] }) => (
        <span className="code">{first?.day === null || first?.day === undefined ? '' : format.day(first.day)}</span>
      ),
    },
    {
      key: 'rows',
      header: t('matching.column.rows'),
      width: 104,
      align: 'right',
      cell: (row) => side(row.rowsTotal, row.rowCount),
    },
    {
      key: 'currency',
      header: t('matching.column.currency'),
      width: 48,
      cell: ({ rowsTotal, rows: [first] }) => <Currency code={rowsTotal?.currency ?? first?.currency ?? ''} />,
    },
    {
      key: 'order',
      header: t('matching.column.order'),
      width: 152,
      cell: (row) => (
        <>
          <span className="code clip">{row.orders[0]?.number}</span>
          <More count={row.orderCount} />
        </>
      ),
    },
    {
      key: 'orders',
      header: t('matching.column.orders'),
      width: 104,
      align: 'right',
      cell: (row) => (row.state === 'ambiguous' ? null : side(row.ordersTotal, row.orderCount)),
    },
    {
      key: 'difference',
      header: t('matching.column.difference'),
      width: 96,
      align: 'right',
      cell: ({ difference, rowsTotal }) => (
        <span className={difference !== null && /[1-9]/.test(difference) ? 'num tone-off' : 'num muted'}>
          {format.amount(difference, rowsTotal?.currency ?? '', { zeroAsDash: true })}
        </span>
      ),
    },
    {
      key: 'why',
      header: t('matching.column.why'),
      width: 180,
      grow: true,
      cell: (row) => (
        <span className="clip" title={row.text[language]}>
          {row.text[language]}
        </span>
      ),
    },
  ];
  return columns.filter(({ key }) => (withStatement || key !== 'statement') && !(compact && IN_PANEL.has(key)));
}

/** How many more there are than the one that is shown. */
function More({ count }: { count: number }): ReactNode {
  return count > 1 ? <span className="muted"> +{count - 1}</span> : null;
}
