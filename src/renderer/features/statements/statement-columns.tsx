import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { StatementListRow } from '../../../shared/ipc/statement-calls.ts';
import type { StatementRow } from '../../../shared/statements.ts';
import type { GridColumn } from '../../grid/grid-column.ts';
import { Currency } from '../../ui/currency.tsx';
import type { Format } from '../../ui/use-format.ts';

const COUNTS = { rejected: 72, duplicates: 82, rows: 72, accepted: 80 } as const;

/** The period of a statement's rows in words; none of them may have a date. */
export function statementPeriod(format: Format, { from, to }: Pick<StatementRow, 'from' | 'to'>): string {
  return from === null && to === null ? '' : format.period({ from, to });
}

/** Columns that stay where a panel takes half of the width. */
const COMPACT: ReadonlySet<string> = new Set(['id', 'file', 'kind', 'state', 'totals']);

/** The columns of the list of statements. */
export function statementColumns(t: TFunction, format: Format, compact: boolean): GridColumn<StatementListRow>[] {
  const counts = Object.entries(COUNTS) as [keyof typeof COUNTS, number][];
  const number = (value: number | undefined, tone = ''): ReactNode =>
    value === undefined ? null : <span className={`num ${value === 0 ? 'muted' : tone}`}>{format.count(value)}</span>;
  const columns: GridColumn<StatementListRow>[] = [
    {
      key: 'id',
      header: t('statements.column.id'),
      width: 46,
      pinned: true,
      align: 'right',
      cell: (row) => <span className="num">{row.statement}</span>,
    },
    {
      key: 'file',
      header: t('statements.column.file'),
      width: 160,
      grow: true,
      pinned: true,
      opens: true,
      cell: (row) => (
        <span className={row.withdrawnAt === null ? 'code clip' : 'code clip is-withdrawn'} title={row.fileName}>
          {row.fileName}
        </span>
      ),
    },
    {
      key: 'kind',
      header: t('statements.column.kind'),
      width: 126,
      cell: (row) => <span className="clip">{t(`statements.kind.${row.kind}`)}</span>,
    },
    {
      key: 'state',
      header: t('statements.column.state'),
      width: 88,
      cell: (row) =>
        row.withdrawnAt === null ? (
          t('statements.inForce')
        ) : (
          <span className="state state-withdrawn" title={format.instant(row.withdrawnAt)}>
            {t('statements.withdrawn')}
          </span>
        ),
    },
    {
      key: 'period',
      header: t('statements.column.period'),
      width: 180,
      cell: (row) => <span className="code">{statementPeriod(format, row)}</span>,
    },
    {
      key: 'totals',
      header: t('statements.column.totals'),
      width: 140,
      align: 'right',
      cell: (row) => <Total row={row} format={format} />,
    },
    {
      key: 'confirmed',
      header: t('statements.column.confirmed'),
      width: 80,
      align: 'right',
      cell: (row) => number(row.matches?.confirmed),
    },
    {
      key: 'open',
      header: t('statements.column.open'),
      width: 116,
      align: 'right',
      cell: ({ matches }) => number(matches === null ? undefined : matches.suggested + matches.ambiguous, 'tone-open'),
    },
    {
      key: 'unmatched',
      header: t('statements.column.unmatched'),
      width: 90,
      align: 'right',
      cell: (row) => number(row.matches?.unmatched, 'tone-off'),
    },
    ...counts.map(
      ([key, width]): GridColumn<StatementListRow> => ({
        key,
        header: t(`statements.column.${key}`),
        width,
        align: 'right',
        cell: (row) => number(row[key], key === 'rejected' ? 'tone-off' : ''),
      }),
    ),
    {
      key: 'importedAt',
      header: t('statements.column.importedAt'),
      width: 136,
      cell: (row) => <span className="code">{format.instant(row.importedAt)}</span>,
    },
  ];
  return compact ? columns.filter(({ key }) => COMPACT.has(key)) : columns;
}

/** The sum of the largest currency, and how many there are beside it. */
function Total({ row, format }: { row: StatementListRow; format: Format }): ReactNode {
  const all = Object.entries(row.totals).sort(([, a], [, b]) => b.rows - a.rows);
  const [first] = all;
  if (first === undefined) return null;
  const [currency, { amount }] = first;
  const others = all.slice(1).map(([code, each]) => `${format.amount(each.amount, code)} ${code.toUpperCase()}`);
  return (
    <span className="num" title={others.join(', ')}>
      {format.amount(amount, currency)} <Currency code={currency} />
      {others.length > 0 && <span className="muted"> +{others.length}</span>}
    </span>
  );
}
