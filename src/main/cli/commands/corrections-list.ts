import type { CorrectionRow, CorrectionState, FieldValue } from '../../../shared/corrections.ts';
import type { ReaderService, Remote } from '../../engine/services.ts';
import { type Command, openConnection } from '../context.ts';
import { counted, table } from '../table.ts';

const CHUNK = 5_000;

/** Every correction in one of these states, newest first; no states mean every state. */
export async function allCorrections(
  reader: Pick<Remote<ReaderService>, 'correctionsList'>,
  states: CorrectionState[] = [],
): Promise<CorrectionRow[]> {
  const rows: CorrectionRow[] = [];
  for (;;) {
    const chunk = await reader.correctionsList({ states, offset: rows.length, limit: CHUNK });
    rows.push(...chunk.rows);
    if (chunk.rows.length < CHUNK) return rows;
  }
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
