import { isLegalMove } from './correction-values.ts';
import type { CorrectionField, FieldValue } from './corrections.ts';
import type { ControlRules } from './users.ts';

/** A change of one field: what Omnitron held before, and what it holds once the change is applied. */
export interface FieldChange {
  field: CorrectionField;
  base: FieldValue;
  target: FieldValue;
}

/**
 * Whether a change could be taken back once it is applied, by what is known of this Omnitron. Taking the sent flag back
 * and clearing a field are undocumented (contract, sections 7.3 and 8): they count as one-way until a person has seen
 * this Omnitron do them and said so in the rules of control. A cancellation's state goes back only where Omnitron
 * allows that move.
 */
export function isReversible({ field, base, target }: FieldChange, control: ControlRules): boolean {
  if (field === 'is_send') return target !== true || base === true || control.unsendProven;
  if (base === null || base === '') return target === null || target === '' || control.clearProven;
  return field !== 'cancel_status' || typeof target !== 'string' || isLegalMove(target, `${base}`);
}
