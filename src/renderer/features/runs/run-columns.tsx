import type { RunRow } from '../../../shared/runs.ts';
import type { GridColumn } from '../../grid/grid-column.ts';
import { durationText } from '../../ui/clock-text.ts';
import { type PlanWords, planTitle } from './plan-text.ts';
import { runCount, runDuration, runProblem } from './run-problem.ts';
import { RunStateText } from './run-state.tsx';

const COUNTS = {
  created: 72,
  updated: 84,
  unchanged: 96,
  quarantined: 88,
  notSeen: 84,
  pages: 68,
  requests: 84,
  retries: 78,
} as const;

/** The columns of the run log. */
export function runColumns(words: PlanWords): GridColumn<RunRow>[] {
  const { t, format } = words;
  const counts = Object.entries(COUNTS) as [keyof typeof COUNTS, number][];
  return [
    {
      key: 'started',
      header: t('runs.column.started'),
      width: 142,
      pinned: true,
      opens: true,
      cell: (row) => <span className="code">{format.instant(row.startedAt)}</span>,
    },
    { key: 'state', header: t('runs.column.state'), width: 112, cell: (row) => <RunStateText state={row.state} /> },
    { key: 'kind', header: t('runs.column.kind'), width: 90, cell: (row) => t(`runs.kind.${row.kind}`) },
    { key: 'cause', header: t('runs.column.cause'), width: 104, cell: (row) => t(`runs.cause.${row.cause}`) },
    {
      key: 'plan',
      header: t('runs.column.plan'),
      width: 240,
      grow: true,
      cell: (row) => {
        const text = row.plan === null ? t('runs.noPlan') : planTitle(row.plan, words);
        return (
          <span className={row.plan === null ? 'clip muted' : 'clip'} title={text}>
            {text}
          </span>
        );
      },
    },
    ...counts.map(
      ([key, width]): GridColumn<RunRow> => ({
        key,
        header: t(`runs.column.${key}`),
        width,
        align: 'right',
        cell: ({ [key]: count }) => (
          <span className={count === 0 || count === null ? 'num muted' : 'num'}>{runCount(count, format)}</span>
        ),
      }),
    ),
    {
      key: 'duration',
      header: t('runs.column.duration'),
      width: 76,
      align: 'right',
      cell: (row) => {
        const ms = runDuration(row);
        return <span className="num">{ms === null ? '' : durationText(ms)}</span>;
      },
    },
    {
      key: 'problem',
      header: t('runs.column.problem'),
      width: 280,
      cell: (row) => (
        <span className="clip" title={runProblem(t, row)}>
          {runProblem(t, row)}
        </span>
      ),
    },
  ];
}
