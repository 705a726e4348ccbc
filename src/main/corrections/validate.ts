import { acceptedValue } from '../../shared/correction-values.ts';
import {
  type CorrectionField,
  type FieldValue,
  LINE_FIELDS,
  type NewCorrection,
  ORDER_FIELDS,
} from '../../shared/corrections.ts';
import { AppError } from '../../shared/errors.ts';
import { sameValue } from './compare.ts';

/**
 * Checks what a new correction sets before it is queued. What Omnitron holds already, as `held` says, is always taken:
 * setting it takes a pending correction back, and nothing of it is ever sent.
 * @returns the fields and their targets, in a fixed order.
 * @throws AppError FIELD_NOT_WRITABLE for a field that its target does not have, VALUE_INVALID for a value that
 * Omnitron could not take; `details.field` names the field.
 */
export function validateCorrection(
  correction: NewCorrection,
  nowMs: number,
  held: Partial<Record<CorrectionField, FieldValue>> = {},
): [CorrectionField, FieldValue][] {
  const isOrder = correction.target.kind === 'order';
  const writable: readonly CorrectionField[] = isOrder ? ORDER_FIELDS : LINE_FIELDS;
  const given = Object.entries(correction.set).filter(([, value]) => value !== undefined);
  for (const [field] of given) {
    if (!writable.some((name) => name === field)) {
      const kind = isOrder ? 'an order' : 'a line';
      throw new AppError(
        'FIELD_NOT_WRITABLE',
        `"${field}" of ${kind} cannot be corrected; only ${writable.join(', ')} can.`,
        {
          details: { field },
        },
      );
    }
  }
  const wanted = writable.flatMap((field): [CorrectionField, FieldValue][] => {
    const value = correction.set[field];
    return value === undefined ? [] : [[field, checkedValue(field, value, nowMs, held[field])]];
  });
  if (wanted.length === 0)
    throw new AppError('VALUE_INVALID', 'The correction sets nothing. Name at least one field and its value.');
  return wanted;
}

const REFUSALS: Readonly<Record<CorrectionField, string>> = {
  is_send: 'The sent flag can only be set to true; taking it back is not documented.',
  invoice_number: 'An invoice number has 1 to 128 letters, digits, blanks or . / _ - signs.',
  invoice_date: 'Write the invoice date as YYYY-MM-DD; it must not lie in the future.',
  e_archive_url: 'The e-archive link must be a complete https:// or http:// address.',
};

function checkedValue(
  field: CorrectionField,
  value: FieldValue,
  nowMs: number,
  held: FieldValue | undefined,
): FieldValue {
  const accepted = acceptedValue(field, value, nowMs);
  if (accepted !== null) return accepted;
  if (held !== undefined && sameValue(field, value, held)) return held;
  throw new AppError('VALUE_INVALID', REFUSALS[field], { details: { field } });
}
