import {
  type CorrectionRow,
  type CorrectionState,
  correctionState,
  type FieldValue,
} from '../../../shared/corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import type { WarningMoment } from '../../corrections/warnings.ts';
import type { ReaderService, Remote } from '../../engine/services.ts';
import { allRows } from '../all-rows.ts';
import { type CliContext, type Command, openConnection } from '../context.ts';
import { counted, table } from '../table.ts';

/** Every correction in one of these states, and of one batch, newest first; no states mean every state, no batch all. */
export function allCorrections(
  reader: Pick<Remote<ReaderService>, 'correctionsList'>,
  {
    states = [],
    batch = null,
    moment,
  }: { states?: CorrectionState[]; batch?: number | null; moment?: WarningMoment } = {},
): Promise<CorrectionRow[]> {
  const asked = { states, batch, ...(moment === undefined ? {} : { moment }) };
  return allRows((window) => reader.correctionsList({ ...asked, ...window }));
}

function shown(value: FieldValue): string {
  if (value === null || value === '') return 'none';
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`;
}

function rowOf(row: CorrectionRow): (string | null)[] {
  const changes = row.fields.map(({ field, base, target, server }) => {
    const theirs = row.state === 'conflict' && server !== undefined ? ` (Omnitron: ${shown(server)})` : '';
    return `${field}: ${shown(base)} -> ${shown(target)}${theirs}`;
  });
  const target = row.lineId === null ? row.order.number : `${row.order.number}, line ${row.lineId}`;
  const what =
    row.cancellation === null
      ? changes.join('; ')
      : `cancellation of ${row.cancellation.amount} ${row.cancellation.currency}`;
  const warned = (row.warnings ?? []).map(({ text }) => text.en).join(' ') || null;
  return [`${row.id}`, row.batch?.number ?? null, row.state, target, what, row.problem?.message ?? null, warned];
}

/** The states that `--state STATE,…` names; none = every one. @throws AppError USAGE */
function statesOf({ args }: CliContext): CorrectionState[] {
  const text = args.value('state');
  if (text === undefined) return [];
  return text.split(',').map((name) => {
    const state = correctionState.safeParse(name.trim());
    if (state.success) return state.data;
    const all = correctionState.options.join(', ');
    throw new AppError('USAGE', `The option --state takes one or several of: ${all}.`);
  });
}

/** `corrections list`: all of them, those in some states, or those of one batch. */
export const correctionsList: Command = async (context) => {
  const states = statesOf(context);
  const { reader } = await openConnection(context, 'read');
  const number = context.args.value('batch');
  const batch = number === undefined ? null : await reader.batchOfNumber({ number });
  const corrections = await allCorrections(reader, {
    ...{ states, batch },
    moment: { nowMs: context.clock.now(), timeZone: context.settings.timeZone },
  });
  const columns = [
    { heading: 'Id', right: true },
    { heading: 'Batch' },
    { heading: 'State' },
    { heading: 'Order' },
    { heading: 'Change' },
    { heading: 'Problem' },
    { heading: 'Warning' },
  ];
  const lines = corrections.length > 0 ? ['', ...table(columns, corrections.map(rowOf))] : [];
  return {
    json: { corrections },
    text: [`${counted(corrections.length, 'correction')}.`, ...lines].join('\n'),
    needsPerson: false,
  };
};
