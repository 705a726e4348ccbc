import type { RunRow } from '../../../shared/runs.ts';
import { wholeNumber } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import { inOmsTokenWords } from '../oms-token-words.ts';
import { counted, table } from '../table.ts';

const USUAL_RUNS = 20;
const MOST_RUNS = 500;

const COLUMNS = [
  { heading: 'Run', right: true },
  { heading: 'Began' },
  { heading: 'Ended' },
  { heading: 'Kind' },
  { heading: 'Cause' },
  { heading: 'State' },
  { heading: 'Requests', right: true },
  { heading: 'Retries', right: true },
  { heading: 'Probe', right: true },
  { heading: 'Payments', right: true },
  { heading: 'New', right: true },
  { heading: 'Changed', right: true },
  { heading: 'Unchanged', right: true },
  { heading: 'Set aside', right: true },
  { heading: 'Not met', right: true },
  { heading: 'OMS' },
  { heading: 'OMS set aside', right: true },
  { heading: 'Problem' },
];

function rowOf(run: RunRow): (string | null)[] {
  const asked = [run.requests, run.retries, run.probe?.requests ?? null, run.payments?.requests ?? null];
  const counts = [...asked, run.created, run.updated, run.unchanged, run.quarantined, run.notSeen];
  const { oms } = run;
  const omsProblem = oms?.problem == null ? null : inOmsTokenWords(oms.problem);
  return [
    `${run.id}`,
    run.startedAt,
    run.finishedAt,
    run.kind,
    run.cause,
    run.state,
    ...counts.map((count) => (count === null ? null : `${count}`)),
    oms?.state ?? null,
    oms === null ? null : `${oms.quarantined}`,
    run.problem?.message ?? omsProblem?.message ?? null,
  ];
}

/** `runs`: the log of runs, newest first. */
export const runs: Command = async (context) => {
  const limit = wholeNumber(context.args, 'limit', 1, MOST_RUNS) ?? USUAL_RUNS;
  const { reader } = await openConnection(context, 'read');
  const { rows, total } = await reader.runs({ offset: 0, limit });
  const shown = rows.length < total ? `; the newest ${rows.length}` : '';
  return {
    json: { runs: rows },
    text: [`${counted(total, 'run')}${shown}.`, ...(total > 0 ? ['', ...table(COLUMNS, rows.map(rowOf))] : [])].join(
      '\n',
    ),
    needsPerson: false,
  };
};
