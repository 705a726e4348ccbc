import type { NewCorrection, PastedRow } from '../../../shared/corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import { type PendingCorrection, prepareTargets } from '../../database/corrections-targets.ts';
import type { SqliteFile } from '../../database/open.ts';
import { sameValue } from '../compare.ts';
import { type JudgedProposal, judgeProposal, pendingOfTarget } from '../judge.ts';
import { factsOf, prepareFacts } from '../proposal-facts.ts';
import { fieldsOf, refusal } from '../validate.ts';
import { type ReadRow, readRow } from './cells.ts';
import { type FoundTarget, findTargets, readKnown } from './find-targets.ts';
import { answerRow } from './row-answer.ts';
import { readTable } from './table.ts';

/** A paste after reading: every row with what it would set or why it cannot, and what all good rows come to together. */
export interface ReadPaste {
  rows: PastedRow[];
  proposals: JudgedProposal[];
  ignored: string[];
}

/** What rows before this one set of a target. */
interface Gathered {
  set: NewCorrection['set'];
  proposal: JudgedProposal;
}

/**
 * Prepares the reading of pastes; `file` has both `cache.db` and `local.db`, the latter under the name `place`. A row is
 * taken whole or refused whole; rows about the same target come to one correction.
 * @throws AppError VALUE_INVALID for a text that is no table of proposals, or of too many rows; FIELD_NOT_WRITABLE
 */
export function preparePaste(
  file: SqliteFile,
  place: 'main' | 'local',
): (text: string, moment: { nowMs: number; timeZone: string }) => ReadPaste {
  const targets = prepareTargets(file);
  const facts = prepareFacts(file, place, targets);

  return (text, moment) => {
    const table = readTable(text);
    const reads = table.rows.map((row) => ({ row, ...attempt(() => readRow(table, row)) }));
    const known = readKnown(
      targets,
      reads.flatMap(({ value }) => value ?? []),
    );
    const shared = facts();
    const gathered = new Map<string, Gathered>();

    function judge(read: ReadRow): FoundTarget[] {
      const found = findTargets(read, known);
      const judged = found.flatMap((part) => judgePart(part, found.length > 1));
      if (judged.length === 0) throw refusal('VALUE_INVALID', 'changes-nothing');
      // Only now, so that a refused row has set nothing.
      for (const [name, gatheredNow] of judged) gathered.set(name, gatheredNow);
      return found;
    }

    /** Of a row for several targets, those are passed over that hold everything already. */
    function judgePart({ target, set }: FoundTarget, isOneOfSeveral: boolean): [string, Gathered][] {
      const name = `${target.orderId} ${target.lineId ?? ''}`;
      const before = gathered.get(name);
      const merged = before === undefined ? set : mergedSet(before.set, set);
      const pending: PendingCorrection[] = pendingOfTarget(known.pending.get(target.orderId) ?? [], target);
      try {
        const proposal = judgeProposal({ target, set: merged }, pending, factsOf(shared, target, moment));
        return [[name, { set: merged, proposal }]];
      } catch (thrown) {
        if (isOneOfSeveral && thrown instanceof AppError && thrown.details?.reason === 'changes-nothing') return [];
        throw thrown;
      }
    }

    const rows = reads.map(({ row, value: read, refused }) => {
      if (read === null) return answerRow(table, row, { read, found: [], refused });
      const judged = attempt(() => judge(read));
      return answerRow(table, row, { read, found: judged.value ?? [], refused: judged.refused });
    });
    return { rows, proposals: [...gathered.values()].map(({ proposal }) => proposal), ignored: table.ignored };
  };
}

/** What a piece of work answers, or why it refused. A defect is thrown on. */
function attempt<T>(work: () => T): { value: T; refused: null } | { value: null; refused: AppError } {
  try {
    return { value: work(), refused: null };
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.details?.reason !== undefined) return { value: null, refused: thrown };
    throw thrown;
  }
}

/** @throws AppError VALUE_INVALID when both set a field, and not to the same */
function mergedSet(before: NewCorrection['set'], now: NewCorrection['set']): NewCorrection['set'] {
  for (const field of fieldsOf(now)) {
    const [earlier, value] = [before[field], now[field]];
    if (earlier !== undefined && value !== undefined && !sameValue(field, earlier, value)) {
      throw refusal('VALUE_INVALID', 'set-twice', { field });
    }
  }
  return { ...before, ...now };
}
