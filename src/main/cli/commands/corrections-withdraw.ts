import { type CorrectionRow, isWithdrawable, WITHDRAWABLE_STATES } from '../../../shared/corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import { counted } from '../table.ts';
import { allCorrections } from './corrections-list.ts';

/** The ids of `--id ID,ID … --id ID`, ascending and each once. @throws AppError USAGE */
export function parseIds(texts: readonly string[]): number[] {
  const ids = texts
    .flatMap((text) => text.split(','))
    .map((text) => {
      const id = /^\d{1,16}$/.test(text.trim()) ? Number(text) : 0;
      if (!Number.isSafeInteger(id) || id < 1) {
        throw new AppError('USAGE', 'Write --id ID or --id ID,ID with the ids that corrections list shows.');
      }
      return id;
    });
  return [...new Set(ids)].sort((a, b) => a - b);
}

/** Taking some back and not the others would leave a script guessing: one that cannot be withdrawn refuses them all. */
function assertWithdrawable(ids: readonly number[], rows: readonly CorrectionRow[]): void {
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const id of ids) {
    const row = found.get(id);
    if (row === undefined) {
      throw new AppError('CORRECTION_UNKNOWN', `Correction ${id} does not exist. Nothing was withdrawn.`);
    }
    if (!isWithdrawable(row)) {
      const allowed = WITHDRAWABLE_STATES.join(', ');
      throw new AppError(
        'CORRECTION_STATE',
        `Correction ${id} is ${row.state}; only ones that are ${allowed} can be withdrawn. Nothing was withdrawn.`,
      );
    }
  }
}

async function chosenIds(args: Arguments, { reader }: Connection): Promise<number[]> {
  if (args.has('all')) {
    const fixed = await reader.batchesList({ states: ['for_approval', 'approved'], offset: 0, limit: 500 });
    const batches = new Set(fixed.rows.map(({ id }) => id));
    const rows = await allCorrections(reader, { states: [...WITHDRAWABLE_STATES] });
    return rows
      .filter(({ batch }) => batch === null || !batches.has(batch.id))
      .map(({ id }) => id)
      .reverse();
  }
  const ids = parseIds(args.values('id'));
  assertWithdrawable(ids, await allCorrections(reader));
  return ids;
}

/** `corrections withdraw`: takes back what no push has settled or is sending, by id, or all that no submitted batch holds. */
export const correctionsWithdraw: Command = async (context) => {
  const { args, clock } = context;
  if (args.has('id') === args.has('all')) throw new AppError('USAGE', 'Name the corrections: --id ID or --all.');
  if (args.has('id')) parseIds(args.values('id'));
  const connection = await openConnection(context, 'write');
  const ids = await chosenIds(args, connection);
  const { withdrawn } =
    ids.length === 0 ? { withdrawn: 0 } : await connection.writer.withdrawCorrections({ ids, nowMs: clock.now() });
  return { json: { withdrawn, ids }, text: `${counted(withdrawn, 'correction')} withdrawn.`, needsPerson: false };
};
