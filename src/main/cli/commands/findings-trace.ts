import type { TraceStep } from '../../../shared/decisions.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Command, openConnection } from '../context.ts';
import { findingNamed, requireOneFinding } from '../finding-of.ts';
import { counted, table } from '../table.ts';

const COLUMNS = [
  { heading: 'At' },
  { heading: 'What' },
  { heading: 'Status' },
  { heading: 'Reason' },
  { heading: 'Owner' },
  { heading: 'Difference', right: true },
  { heading: 'By' },
  { heading: 'Entry', right: true },
  { heading: 'Note' },
];

function rowOf(step: TraceStep): (string | null)[] {
  const { at, what, isUndone, status, reason, owner, difference, who, entry, note } = step;
  const happened = isUndone ? `${what} (undone)` : what;
  return [at, happened, status, reason, owner, difference, who, entry === null ? null : `${entry}`, note];
}

/** `findings trace`: everything that happened to one finding. */
export const findingsTrace: Command = async (context) => {
  const { args } = context;
  requireOneFinding(args);
  const connection = await openConnection(context, 'read');
  const finding = await findingNamed(args, connection);
  const { notes, steps } = await connection.reader.findingTrace(finding);
  if (steps.length === 0) {
    throw new AppError('FINDING_UNKNOWN', `Nothing is known of a finding of ${finding.check} about this order or row.`);
  }
  return {
    json: { ...finding, notes, steps },
    text: [`${counted(steps.length, 'step')}.`, '', ...table(COLUMNS, steps.map(rowOf))].join('\n'),
    needsPerson: false,
  };
};
