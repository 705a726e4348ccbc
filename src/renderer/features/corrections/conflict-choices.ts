import { judgeInvoice, judgeValue, VALUE_REFUSALS, type ValueRefusal } from '../../../shared/correction-values.ts';
import {
  type ConflictChoice,
  type CorrectionField,
  type CorrectionRow,
  correctionField,
  type FieldChoice,
  type FieldValue,
} from '../../../shared/corrections.ts';
import type { AppError } from '../../../shared/errors.ts';
import { parseDayForPeople, utcDay } from '../../../shared/format.ts';
import { type ProposalRefusal, ROW_REFUSALS } from '../../../shared/labels/refusals.ts';

type ConflictField = CorrectionRow['fields'][number];

const PROPOSAL_REFUSALS = [...VALUE_REFUSALS, ...ROW_REFUSALS];

/** What a person has said about one field so far; `text` is what stands in the field of `edit`. */
export interface Draft {
  keep: '' | 'theirs' | 'mine' | 'edit';
  text: string;
}
/** Drafts by correction and field. */
export type Drafts = ReadonlyMap<string, Draft>;

/** The key of a field of a correction among the drafts. */
export function draftKey(id: number, field: CorrectionField): string {
  return `${id} ${field}`;
}

/** True where two values of a field say the same: none and the empty text do, and two instants of one day. */
export function isSameValue(
  field: CorrectionField,
  one: FieldValue | undefined,
  other: FieldValue | undefined,
): boolean {
  const plain = (value: FieldValue | undefined): string => {
    if (value === undefined || value === null || value === '') return 'null';
    return JSON.stringify(field === 'invoice_date' && typeof value === 'string' ? utcDay(value) : value);
  };
  return plain(one) === plain(other);
}

/** Somebody else's value: Omnitron was asked, and holds neither what was seen nor what is wanted. */
export function isForeign({ field, base, target, server }: ConflictField): boolean {
  return server !== undefined && ![base, target].some((value) => isSameValue(field, value, server));
}

/** What stands before a person has chosen: only fields that are in conflict have to be decided. */
export function firstDrafts(rows: readonly CorrectionRow[]): Drafts {
  const drafts = new Map<string, Draft>();
  for (const { id, fields } of rows) {
    // Where no field holds somebody else's value, the change as a whole was not made: each field is decided.
    const whole = !fields.some(isForeign);
    for (const entry of fields)
      drafts.set(draftKey(id, entry.field), { keep: whole || isForeign(entry) ? '' : 'mine', text: '' });
  }
  return drafts;
}

/** What the window can judge a value by; the engine, which knows more, judges it again. */
export interface EditFacts {
  nowMs: number;
  timeZone: string;
  /** The last day of the closed periods; null = none is closed, or it is not known. */
  closedUntil: string | null;
}

/** Reads what was typed as the field's new value, or says why it cannot be sent. */
export function readEdit(
  { field, server }: ConflictField,
  text: string,
  facts: EditFacts,
): { value: FieldValue; refused: null } | { refused: ValueRefusal } {
  const typed = field === 'invoice_date' ? (parseDayForPeople(text.trim()) ?? text) : text;
  const judged = judgeValue(field, typed, {
    ...facts,
    eInvoices: false,
    cancelStatus: field === 'cancel_status' && typeof server === 'string' ? server : null,
    knowsCarrier: () => true,
  });
  if (judged.refused !== null || field !== 'invoice_date' || typeof judged.value !== 'string') return judged;
  const refused = judgeInvoice({ number: null, date: judged.value }, facts.closedUntil);
  return refused === null ? judged : { refused };
}

/** What the engine, which knows more than the window, refused of an edit; null = the error is about something else. */
export function refusalOf(error: AppError | null): { field: CorrectionField; reason: ProposalRefusal } | null {
  const field = correctionField.safeParse(error?.details?.field);
  const reason = PROPOSAL_REFUSALS.find((each) => each === error?.details?.reason);
  return field.success && reason !== undefined ? { field: field.data, reason } : null;
}

/** Everything decided so far, as the call takes it; `open` and `bad` count fields without a decision or a usable value. */
export function choicesOf(
  rows: readonly CorrectionRow[],
  drafts: Drafts,
  facts: EditFacts,
): { choices: ConflictChoice[]; open: number; bad: number } {
  let open = 0;
  let bad = 0;
  const choices = rows.map(({ id, fields }): ConflictChoice => {
    const said = fields.flatMap((entry): FieldChoice[] => {
      const { keep, text } = drafts.get(draftKey(id, entry.field)) ?? { keep: '', text: '' };
      if (keep === '') {
        open += 1;
        return [];
      }
      if (keep !== 'edit') return [{ field: entry.field, keep }];
      const read = readEdit(entry, text, facts);
      if (read.refused === null) return [{ field: entry.field, keep, value: read.value }];
      bad += 1;
      return [];
    });
    return { id, fields: said };
  });
  return { choices, open, bad };
}
