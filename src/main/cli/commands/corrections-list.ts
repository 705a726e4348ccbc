import type { CorrectionRow, CorrectionState, FieldValue } from '../../../shared/corrections.ts';
import type { ReaderService, Remote } from '../../engine/services.ts';
import { allRows } from '../all-rows.ts';
import { type Command, openConnection } from '../context.ts';
import { counted, table } from '../table.ts';

/** Every correction in one of these states, newest first; no states mean every state. */
export function allCorrections(
  reader: Pick<Remote<ReaderService>, 'correctionsList'>,
  states: CorrectionState[] = [],
): Promise<CorrectionRow[]> {
  return allRows((window) => reader.correctionsList({ states, ...window }));
}

function shown(value: FieldValue): string {
  return value === null || value === '' ? 'none' : `${value}`;
}

function rowOf(row: CorrectionRow): (string | null)[] {
  const changes = row.fields.map(({ field, base, target }) => `${field}: ${shown(base)} -> ${shown(target)}`);
  const target = row.lineId === null ? row.order.number : `${row.order.number}, line ${row.lineId}`;
  return [`${row.id}`, row.state, target, changes.join('; '), row.problem?.message ?? null];
}

/** `corrections list`. */
export const correctionsList: Command = async (context) => {
  const { reader } = await openConnection(context, 'read');
  const corrections = await allCorrections(reader);
  const columns = [
    { heading: 'Id', right: true },
    { heading: 'State' },
    { heading: 'Order' },
    { heading: 'Change' },
    { heading: 'Problem' },
  ];
  const lines = corrections.length > 0 ? ['', ...table(columns, corrections.map(rowOf))] : [];
  return {
    json: { corrections },
    text: [`${counted(corrections.length, 'correction')}.`, ...lines].join('\n'),
    needsPerson: false,
  };
};
