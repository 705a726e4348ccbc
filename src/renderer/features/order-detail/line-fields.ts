import { acceptedValue } from '../../../shared/correction-values.ts';
import {
  type CorrectionField,
  type CorrectionRow,
  type FieldValue,
  type LINE_FIELDS,
  PENDING_STATES,
} from '../../../shared/corrections.ts';
import { parseDayForPeople, utcDay } from '../../../shared/format.ts';
import type { OrderLine } from '../../../shared/orders.ts';

export type LineField = (typeof LINE_FIELDS)[number];

/** What Omnitron has in a field of a line. */
export function serverValue(line: OrderLine, field: LineField): string | null {
  switch (field) {
    case 'invoice_number':
      return line.invoiceNumber;
    case 'invoice_date':
      return line.invoiceDate;
    case 'e_archive_url':
      return line.eArchiveUrl;
  }
}

/** The wanted value of the newest pending correction of a field; undefined when there is none. */
export function stagedValue(
  corrections: readonly CorrectionRow[],
  lineId: number | null,
  field: CorrectionField,
): FieldValue | undefined {
  let newest: { id: number; target: FieldValue } | undefined;
  for (const { id, state, lineId: target, fields } of corrections) {
    if (target !== lineId || !PENDING_STATES.includes(state) || (newest !== undefined && newest.id > id)) continue;
    const found = fields.find((entry) => entry.field === field);
    if (found !== undefined) newest = { id, target: found.target };
  }
  return newest?.target;
}

/** True when Omnitron, or a pending correction over it, already has this value in a field of a line. */
export function holdsValue(
  corrections: readonly CorrectionRow[],
  line: OrderLine,
  field: LineField,
  value: string,
): boolean {
  const held = stagedValue(corrections, line.id, field) ?? serverValue(line, field);
  if (typeof held !== 'string') return false;
  return field === 'invoice_date' ? utcDay(held) === utcDay(value) : held === value;
}

/**
 * Reads what was typed into a field as the value of a correction: an invoice date becomes `YYYY-MM-DD`. Null for text
 * that the field cannot take at `nowMs`. Clearing a field is not offered: Omnitron does not document that it works.
 */
export function readFieldText(field: LineField, text: string, nowMs: number): string | null {
  const typed = field === 'invoice_date' ? parseDayForPeople(text.trim()) : text;
  const accepted = acceptedValue(field, typed, nowMs);
  return typeof accepted === 'string' ? accepted : null;
}
