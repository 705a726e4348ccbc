import { judgeInvoice, judgeValue, type ValueFacts } from '../../shared/correction-values.ts';
import {
  type CorrectionField,
  correctionField,
  EXTRA_FIELD,
  type FieldValue,
  LINE_FIELDS,
  type NewCorrection,
  ORDER_FIELDS,
} from '../../shared/corrections.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { type ProposalRefusal, REFUSAL_TEXTS } from '../../shared/labels/refusals.ts';
import { sameValue } from './compare.ts';

type Values = Partial<Record<CorrectionField, FieldValue>>;

/** What a proposal is judged by: the facts, and what its target is seen to hold. */
export interface Judging {
  facts: ValueFacts;
  /** What Omnitron holds, as last read. */
  held: Values;
  /** What corrections that wait would set. */
  pending: Values;
}

/** A proposal that cannot be queued, with its reason from the one list and the field at fault. */
export function refusal(
  code: ErrorCode,
  reason: ProposalRefusal,
  details: { field?: string; batch?: string } = {},
): AppError {
  const where = details.field === undefined ? '' : `${details.field}: `;
  const batch = details.batch === undefined ? '' : ` (batch ${details.batch})`;
  return new AppError(code, `${where}${REFUSAL_TEXTS[reason].en}${batch}`, { details: { reason, ...details } });
}

/**
 * Checks what a proposal sets before it is queued. What Omnitron holds already is always taken: setting it takes a
 * pending correction back, and nothing of it is ever sent. An invoice's number and date are judged together, beside
 * what is pending or held of the one that is not set.
 * @returns the fields and their targets, in a fixed order.
 * @throws AppError FIELD_NOT_WRITABLE for a field that its target does not have, VALUE_INVALID for a value that
 * Omnitron or the books could not take; `details` names field and reason.
 */
export function validateSet(
  kind: NewCorrection['target']['kind'],
  set: NewCorrection['set'],
  judging: Judging,
): [CorrectionField, FieldValue][] {
  const given = writableFields(kind, set);
  const wanted = given.map(([field, value]): [CorrectionField, FieldValue] => [
    field,
    checkedValue(field, value, judging),
  ]);
  if (wanted.length === 0) throw refusal('VALUE_INVALID', 'sets-nothing');
  checkInvoice(wanted, judging);
  return wanted;
}

/** The fields that are given, in the order of the contract, keys of `extra_field` last and by name. */
function writableFields(
  kind: NewCorrection['target']['kind'],
  set: NewCorrection['set'],
): [CorrectionField, FieldValue][] {
  const named: readonly CorrectionField[] = kind === 'order' ? ORDER_FIELDS : LINE_FIELDS;
  const isWritable = (field: string): boolean =>
    named.some((name) => name === field) || (kind === 'line' && field.startsWith(EXTRA_FIELD));
  const unknown = Object.keys(set).find((field) => !isWritable(field));
  if (unknown !== undefined) {
    const known = kind === 'order' ? named.join(', ') : `${named.join(', ')} and keys of extra_field`;
    const shown = unknown.slice(0, 60);
    throw new AppError('FIELD_NOT_WRITABLE', `"${shown}" of ${aTarget(kind)} cannot be corrected; only ${known} can.`, {
      details: { field: shown },
    });
  }
  const rank = (field: CorrectionField): number => (named.indexOf(field) + named.length + 1) % (named.length + 1);
  return fieldsOf(set)
    .flatMap((field): [CorrectionField, FieldValue][] => {
      const value = set[field];
      return value === undefined ? [] : [[field, value]];
    })
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** The fields that a proposal names. */
export function fieldsOf(set: NewCorrection['set']): CorrectionField[] {
  return Object.keys(set).flatMap((field) => correctionField.safeParse(field).data ?? []);
}

const aTarget = (kind: NewCorrection['target']['kind']): string => (kind === 'order' ? 'an order' : 'a line');

function checkedValue(field: CorrectionField, value: FieldValue, { facts, held }: Judging): FieldValue {
  const before = held[field];
  if (before !== undefined && sameValue(field, value, before)) return before;
  const judged = judgeValue(field, value, facts);
  if (judged.refused !== null) throw refusal('VALUE_INVALID', judged.refused, { field });
  return before !== undefined && sameValue(field, judged.value, before) ? before : judged.value;
}

function checkInvoice(wanted: readonly [CorrectionField, FieldValue][], { facts, held, pending }: Judging): void {
  const set = new Map(wanted);
  const isDated = set.has('invoice_date');
  if (!isDated && !set.has('invoice_number')) return;
  const after = (field: CorrectionField): string | null => {
    const value = set.get(field) ?? pending[field] ?? held[field] ?? null;
    return typeof value === 'string' ? value : null;
  };
  const invoice = { number: after('invoice_number'), date: after('invoice_date') };
  if (invoice.number === (held.invoice_number ?? null) && invoice.date === (held.invoice_date ?? null)) return;
  const reason = judgeInvoice(invoice, facts.closedUntil);
  if (reason === null) return;
  const field = isDated && (reason === 'date-closed' || !set.has('invoice_number')) ? 'invoice_date' : 'invoice_number';
  throw refusal('VALUE_INVALID', reason, { field });
}
