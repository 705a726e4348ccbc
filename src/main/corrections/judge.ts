import type { BatchState } from '../../shared/batches.ts';
import type { ValueFacts } from '../../shared/correction-values.ts';
import type { CorrectionField, CorrectionState, FieldValue, NewCorrection } from '../../shared/corrections.ts';
import type { HeldTarget, PendingCorrection } from '../database/corrections-targets.ts';
import type { NewEntry } from '../database/corrections-write.ts';
import { sameValue } from './compare.ts';
import { fieldsOf, refusal, validateSet } from './validate.ts';

/** What a proposal comes to: the fields of a new correction, and the older ones that it takes the place of. */
export interface JudgedProposal {
  target: Pick<HeldTarget, 'orderId' | 'orderNumber' | 'lineId'>;
  /** None = Omnitron holds what is wanted; the older ones are only taken back. */
  fields: NewEntry['fields'];
  older: readonly { id: number }[];
}

/** Batches that nothing may change: they were submitted. */
const FIXED: readonly BatchState[] = ['for_approval', 'approved', 'pushing'];
/** States in which a value is on its way, or may have arrived. */
const ON_ITS_WAY: readonly CorrectionState[] = ['checking', 'sending', 'verifying', 'unknown'];
/** States that wait for a person's decision. */
const UNDECIDED: readonly CorrectionState[] = ['conflict', 'rejected'];

/** Those of the corrections of an order that are about this target. */
export function pendingOfTarget(
  pending: readonly PendingCorrection[],
  { orderId, lineId }: Pick<HeldTarget, 'orderId' | 'lineId'>,
): PendingCorrection[] {
  return pending.filter((each) => each.orderId === orderId && each.lineId === lineId);
}

/**
 * Judges what is wanted of a target beside what is held and what is pending. One correction a target waits in the
 * drafts: a newer one takes over the older one's other fields with what was seen then, so that nobody pushes two documents
 * that contradict each other. What is in conflict or was refused is left to its own decision, unless the newer one names
 * a field of it. A field that a submitted batch or a reversal sets, or that is on its way, is refused. Fields set to what
 * Omnitron holds are not taken over. Of an order that has vanished nothing is taken but what it holds, which takes a
 * pending correction back.
 * @throws AppError ORDER_VANISHED, FIELD_NOT_WRITABLE, VALUE_INVALID, CORRECTION_STATE; `details` names field, reason
 * and batch
 */
export function judgeProposal(
  { target, set }: { target: HeldTarget; set: NewCorrection['set'] },
  pending: readonly PendingCorrection[],
  facts: ValueFacts,
): JudgedProposal {
  const { values } = target;
  if (target.vanished && !setsWhatIsHeld(set, values))
    throw refusal('ORDER_VANISHED', 'order-vanished', { field: 'order' });
  const kind = target.lineId === null ? 'order' : 'line';
  const wanted = validateSet(kind, set, { facts, held: values, pending: targetsOf(pending) });
  for (const [field] of wanted) refuseTaken(field, pending);
  const changes = wanted
    .map(([field, value]) => ({ field, base: values[field] ?? null, target: value }))
    .filter(({ field, base, target: value }) => !sameValue(field, base, value));
  const held = wanted.map(([field]) => field).filter((field) => !changes.some((change) => change.field === field));
  const older = pending.filter(
    (each) =>
      !isLocked(each) &&
      (!UNDECIDED.includes(each.state) || each.fields.some(({ field }) => wanted.some(([name]) => name === field))),
  );
  if (changes.length === 0 && !older.some(({ fields }) => fields.some(({ field }) => held.includes(field)))) {
    throw refusal('VALUE_INVALID', 'changes-nothing');
  }
  return { target, fields: withOlder(changes, held, older), older };
}

/** Whether a proposal sets only what Omnitron held when it was last read. */
function setsWhatIsHeld(set: NewCorrection['set'], values: HeldTarget['values']): boolean {
  return fieldsOf(set).every((field) => {
    const [value, held] = [set[field], values[field]];
    return value !== undefined && held !== undefined && sameValue(field, value, held);
  });
}

/** What the pending corrections would set, the newest last. */
function targetsOf(pending: readonly PendingCorrection[]): Partial<Record<CorrectionField, FieldValue>> {
  return Object.fromEntries(pending.flatMap(({ fields }) => fields.map(({ field, target }) => [field, target])));
}

const isLocked = ({ state, batch }: PendingCorrection): boolean =>
  ON_ITS_WAY.includes(state) || (batch !== null && (FIXED.includes(batch.state) || batch.kind !== 'corrections'));

function refuseTaken(field: CorrectionField, pending: readonly PendingCorrection[]): void {
  const by = pending.find((each) => isLocked(each) && each.fields.some((entry) => entry.field === field));
  if (by === undefined) return;
  const reason = ON_ITS_WAY.includes(by.state) ? 'being-sent' : 'in-batch';
  throw refusal('CORRECTION_STATE', reason, { field, ...(by.batch === null ? {} : { batch: by.batch.number }) });
}

/** The changes, with the fields of the older ones that they do not name. */
function withOlder(
  changes: NewEntry['fields'],
  held: readonly CorrectionField[],
  older: readonly PendingCorrection[],
): NewEntry['fields'] {
  const fields = new Map(changes.map((field) => [field.field, field]));
  const named = new Set([...fields.keys(), ...held]);
  for (const { fields: olderFields } of older) {
    for (const { field, base, target } of olderFields) {
      // The base stays what was seen then: what Omnitron holds instead is a conflict, and no agreement to it.
      if (!named.has(field)) fields.set(field, { field, base, target });
    }
  }
  return [...fields.values()];
}
