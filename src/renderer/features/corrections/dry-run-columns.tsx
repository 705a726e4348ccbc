import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { DryRunLine } from '../../../shared/batches.ts';
import type { GridColumn } from '../../grid/grid-column.ts';
import { fieldLabel } from './field-label.ts';
import type { FieldText } from './field-text.ts';
import { MoneyMark, OneWayMark } from './one-way.tsx';
import { ProblemText } from './problem-text.tsx';

/** One field of a line of a dry run; null = the line has none, like a call that starts a cancellation. */
export interface DryRunRow {
  line: DryRunLine;
  field: DryRunLine['fields'][number] | null;
}

/** One row a field. */
export function dryRunRows(lines: readonly DryRunLine[]): DryRunRow[] {
  return lines.flatMap((line): DryRunRow[] =>
    line.fields.length === 0 ? [{ line, field: null }] : line.fields.map((field) => ({ line, field })),
  );
}

/** The columns of a dry run: the outcome, and what was seen, what is wanted and what the server says. */
export function dryRunColumns(t: TFunction, fieldText: FieldText): GridColumn<DryRunRow>[] {
  const text = (value: string, className = ''): ReactNode => (
    <span className={`clip ${className}`} title={value}>
      {value}
    </span>
  );
  return [
    {
      key: 'outcome',
      header: t('dryRun.column.outcome'),
      width: 118,
      pinned: true,
      cell: ({ line, field }) => {
        const outcome =
          line.outcome === 'conflict' && field?.verdict !== 'conflict' ? (field?.verdict ?? 'conflict') : line.outcome;
        return (
          <span className={`state outcome-${outcome}`} title={t(`dryRun.outcomeHelp.${outcome}`)}>
            {t(`dryRun.outcome.${outcome}`)}
          </span>
        );
      },
    },
    {
      key: 'order',
      header: t('dryRun.column.order'),
      width: 140,
      opens: true,
      cell: ({ line }) => <span className="code clip">{line.order.number}</span>,
    },
    {
      key: 'line',
      header: t('dryRun.column.line'),
      width: 84,
      align: 'right',
      cell: ({ line }) => <span className="num">{line.lineId ?? ''}</span>,
    },
    {
      key: 'field',
      header: t('dryRun.column.field'),
      width: 210,
      cell: ({ field }) =>
        field === null ? (
          <>
            {t('corrections.cancellation.name')} <MoneyMark />
          </>
        ) : (
          <>
            {text(fieldLabel(t, field.field))} {!field.reversible && <OneWayMark change={field} />}
          </>
        ),
    },
    {
      key: 'base',
      header: t('corrections.base'),
      width: 150,
      grow: true,
      cell: ({ field }) => (field === null ? null : text(fieldText(field.field, field.base))),
    },
    {
      key: 'target',
      header: t('corrections.mine'),
      width: 150,
      grow: true,
      cell: ({ field }) => (field === null ? null : text(fieldText(field.field, field.target), 'mine')),
    },
    {
      key: 'server',
      header: t('corrections.theirs'),
      width: 150,
      grow: true,
      cell: ({ line, field }) => {
        if (line.problem !== null)
          return (
            <span className="clip tone-off" title={line.problem.message}>
              <ProblemText problem={line.problem} />
            </span>
          );
        if (field === null || line.outcome === 'gone') return null;
        return text(fieldText(field.field, field.server), field.verdict === 'conflict' ? 'theirs' : '');
      },
    },
  ];
}
