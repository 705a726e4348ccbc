import type { DryRunLine } from '../../../shared/batches.ts';
import { type Command, openConnection } from '../context.ts';
import { shownValue } from '../shown-value.ts';
import { counted, table } from '../table.ts';

const COLUMNS = [
  { heading: 'Id', right: true },
  { heading: 'Order' },
  { heading: 'Field' },
  { heading: 'Seen' },
  { heading: 'Wanted' },
  { heading: 'Omnitron now' },
  { heading: 'Outcome' },
  { heading: 'Can be taken back' },
];

function cellsOf({ correction, order, lineId, outcome, fields, problem }: DryRunLine): (string | null)[][] {
  const target = lineId === null ? order.number : `${order.number}, line ${lineId}`;
  if (fields.length === 0) return [[`${correction}`, target, 'cancellation', null, null, null, outcome, 'no']];
  return fields.map(({ field, base, target: wanted, server, verdict, reversible }) => [
    `${correction}`,
    target,
    field,
    shownValue(base),
    shownValue(wanted),
    server === undefined ? (problem?.code ?? null) : shownValue(server),
    verdict ?? outcome,
    reversible ? 'yes' : 'no',
  ]);
}

/** `corrections dry-run`: reads Omnitron and says line by line what a push of the batch would do. Writes nothing there. */
export const correctionsDryRun: Command = async (context) => {
  const { args, signal, tell } = context;
  const connection = await openConnection(context, 'write');
  const batch = await connection.reader.batchOfNumber({ number: args.value('batch') ?? '' });
  const result = await connection.dryRun({
    batch,
    signal,
    onProgress: (done, total) => tell(`${done} of ${total} corrections`),
  });
  const { send, done, conflict, gone, unread } = result.counts;
  const sentence =
    `Batch ${result.batch}: ${send} would be sent, ${done} are there already, ${conflict} in conflict, ` +
    `${gone} gone, ${unread} not read. ${counted(result.oneWay, 'correction')} cannot be taken back.`;
  const rows = result.lines.flatMap(cellsOf);
  const lines = rows.length > 0 ? ['', ...table(COLUMNS, rows)] : [];
  return { json: result, text: [sentence, ...lines].join('\n'), needsPerson: conflict + gone + unread > 0 };
};
