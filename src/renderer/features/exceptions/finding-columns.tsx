import type { TFunction } from 'i18next';
import type { FindingRow } from '../../../shared/findings.ts';
import type { PeopleLanguage } from '../../../shared/format.ts';
import type { GridColumn } from '../../grid/grid-column.ts';
import { checkHelp, checkTitle } from '../../i18n/check-texts.ts';
import { statusText } from '../../i18n/codes.ts';
import { Currency } from '../../ui/currency.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { Format } from '../../ui/use-format.ts';
import { StatusTag } from './status-tag.tsx';

const AMOUNT_KEYS = ['difference', 'expected', 'actual'];

/** The columns of the findings grid. `amounts` is false where no listed check compares any: theirs would be empty. */
export function findingColumns(
  t: TFunction,
  format: Format,
  { language, amounts }: { language: PeopleLanguage; amounts: boolean },
): GridColumn<FindingRow>[] {
  const amount = (value: string | null, row: FindingRow) => (
    <span className="num">{format.amount(value, row.currency)}</span>
  );
  const columns: GridColumn<FindingRow>[] = [
    {
      key: 'number',
      header: t('exceptions.column.number'),
      width: 164,
      pinned: true,
      opens: true,
      cell: (row) => (
        <>
          <span className="code clip">
            {row.order?.number ??
              (row.row === null
                ? `#${row.subject}`
                : t('queue.panel.row', { statement: `${row.row.statement}`, line: `${row.row.line}` }))}
          </span>
          {row.pending && (
            <span
              className="staged-dot"
              role="img"
              aria-label={t('exceptions.pending')}
              title={t('exceptions.pending')}
            />
          )}
        </>
      ),
    },
    {
      key: 'check',
      header: t('exceptions.column.check'),
      width: 186,
      cell: (row) => (
        <span
          className={`check-cell tone-${row.severity}`}
          title={`${t(`severity.${row.severity}`)}: ${checkHelp(row.check)}`}
        >
          <span className="severity-mark" role="img" aria-label={t(`severity.${row.severity}`)}>
            <Icon name={row.severity === 'error' ? 'errorMark' : 'warningMark'} size={10} />
          </span>
          <span className="clip">{checkTitle(row.check)}</span>
        </span>
      ),
    },
    {
      key: 'difference',
      header: t('exceptions.column.difference'),
      width: 116,
      align: 'right',
      cell: (row) => <b className="num">{format.amount(row.difference, row.currency)}</b>,
    },
    {
      key: 'currency',
      header: t('exceptions.column.currency'),
      width: 56,
      cell: (row) => <Currency code={row.currency} />,
    },
    {
      key: 'decision',
      header: t('exceptions.column.decision'),
      width: 116,
      cell: (row) => <StatusTag finding={row} />,
    },
    {
      key: 'age',
      header: t('exceptions.column.age'),
      width: 64,
      align: 'right',
      sortable: true,
      cell: (row) => (
        <span className="num" title={t('queue.days', format.counted(row.age))}>
          {format.count(row.age)}
        </span>
      ),
    },
    {
      key: 'expected',
      header: t('exceptions.column.expected'),
      width: 112,
      align: 'right',
      cell: (row) => amount(row.expected, row),
    },
    {
      key: 'actual',
      header: t('exceptions.column.actual'),
      width: 112,
      align: 'right',
      cell: (row) => amount(row.actual, row),
    },
    {
      key: 'owner',
      header: t('exceptions.column.owner'),
      width: 104,
      cell: (row) => (
        <span className="clip" title={row.owner ?? ''}>
          {row.owner ?? ''}
        </span>
      ),
    },
    {
      key: 'datePlaced',
      header: t('exceptions.column.datePlaced'),
      width: 104,
      cell: (row) => (row.date === null ? '' : format.instantDay(row.date)),
    },
    {
      key: 'status',
      header: t('exceptions.column.status'),
      width: 160,
      cell: (row) => (
        <span className="clip" title={row.orderStatus === null ? '' : statusText(t, row.orderStatus)}>
          {row.orderStatus === null ? '' : statusText(t, row.orderStatus)}
        </span>
      ),
    },
    {
      key: 'text',
      header: t('exceptions.column.text'),
      width: 420,
      grow: true,
      cell: (row) => (
        <span className="clip" title={row.text[language]}>
          {row.text[language]}
        </span>
      ),
    },
  ];
  return amounts ? columns : columns.filter(({ key }) => !AMOUNT_KEYS.includes(key));
}
