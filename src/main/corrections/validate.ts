import {
  type CorrectionField,
  type FieldValue,
  LINE_FIELDS,
  type NewCorrection,
  ORDER_FIELDS,
} from '../../shared/corrections.ts';
import { AppError } from '../../shared/errors.ts';
import { isBusinessDay } from '../../shared/period.ts';

/**
 * Checks what a new correction sets before it is queued.
 * @returns the fields and their targets, in a fixed order.
 * @throws AppError FIELD_NOT_WRITABLE for a field that its target does not have, VALUE_INVALID for a value that
 * Omnitron could not take; `details.field` names the field.
 */
export function validateCorrection(correction: NewCorrection): [CorrectionField, FieldValue][] {
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
    return value === undefined ? [] : [[field, checkedValue(field, value)]];
  });
  if (wanted.length === 0)
    throw new AppError('VALUE_INVALID', 'The correction sets nothing. Name at least one field and its value.');
  return wanted;
}

function checkedValue(field: CorrectionField, value: FieldValue): FieldValue {
  switch (field) {
    case 'is_send':
      // Whether the flag can be taken back is not documented: treated as one-way until a tenant proves otherwise.
      if (value !== true)
        throw invalid(field, 'The sent flag can only be set to true; taking it back is not documented.');
      return value;
    case 'invoice_number':
      return text(
        field,
        value,
        /^[\p{L}\p{N}][\p{L}\p{N} ./_-]{0,127}$/u,
        'An invoice number has 1 to 128 letters, digits or . / _ - signs.',
      );
    case 'invoice_date':
      if (typeof value !== 'string' || !isBusinessDay(value))
        throw invalid(field, 'Write the invoice date as YYYY-MM-DD.');
      return value;
    case 'e_archive_url':
      if (typeof value !== 'string' || !isWebAddress(value)) {
        throw invalid(field, 'The e-archive link must be a complete https:// or http:// address.');
      }
      return value;
  }
}

function text(field: CorrectionField, value: FieldValue, pattern: RegExp, message: string): string {
  const trimmed = typeof value === 'string' ? value.trim() : '';
  if (!pattern.test(trimmed)) throw invalid(field, message);
  return trimmed;
}

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value) || /\s/.test(value)) return false;
  const url = new URL(value);
  return ['https:', 'http:'].includes(url.protocol) && url.username === '' && url.password === '';
}

function invalid(field: CorrectionField, message: string): AppError {
  return new AppError('VALUE_INVALID', message, { details: { field } });
}
