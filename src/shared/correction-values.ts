import { type CorrectionField, EXTRA_FIELD, type FieldValue, ORDER_FIELDS } from './corrections.ts';
import { eInvoiceYear } from './e-invoices.ts';
import { isExtraKey, readExtraValue } from './extra-fields.ts';
import { utcDay } from './format.ts';
import { businessDay, isBusinessDay } from './period.ts';
import { CANCEL_STATUSES, isKnownStatus, statusCode } from './statuses.ts';

/** Why a value cannot be proposed; `labels/refusals.ts` says each in both languages. */
export const VALUE_REFUSALS = [
  'empty',
  'sent',
  'number-form',
  'number-e-invoice',
  'year',
  'date-form',
  'date-future',
  'date-closed',
  'link',
  'tracking',
  'company',
  'status',
  'cancel-status',
  'cancel-move',
  'extra-key',
  'extra-value',
] as const;
export type ValueRefusal = (typeof VALUE_REFUSALS)[number];

/** Carriers that the contract names (section 7.3). Those that orders carry already are accepted beside them. */
export const KNOWN_CARRIERS = ['other', 'aras', 'yurtici', 'bringo_express'] as const;

/** What a value is judged by. The window knows less than the engine, and leaves the rest to it. */
export interface ValueFacts {
  nowMs: number;
  /** The business time zone. */
  timeZone: string;
  /** The last day of the closed periods; null = none is closed, or it is not known. */
  closedUntil: string | null;
  /** Whether the order's invoices must be Turkish e-invoices. */
  eInvoices: boolean;
  /** What Omnitron holds in `cancel_status`, as last read. */
  cancelStatus: string | null;
  /** Whether an order carries this carrier already. */
  knowsCarrier(code: string): boolean;
}

export type Judged = { value: FieldValue; refused: null } | { refused: ValueRefusal };

/** Letters, digits and . / _ - signs and blanks, not at the start, so that no number can be read as a formula. */
const NUMBER = /^[\p{L}\p{N}][\p{L}\p{N} ./_-]*$/u;
const LONGEST_NUMBER = 128;
/** What a public client accepts (contract, section 7.3). */
const LONGEST_TRACKING = 256;
const LONGEST_ADDRESS = 2_000;

/** From `waiting_for_payment` Omnitron refuses all of these (contract, section 12.2). */
const CLOSED_BY_PAYMENT: readonly string[] = ['waiting', 'confirmation_waiting', 'confirmed', 'approved', 'rejected'];

/**
 * The value of a correction field as it may be queued, or why Omnitron, or the books, could not take it. Texts are
 * trimmed, a status is given as its code. The sent flag can only be set (taking it back is not documented); nothing can
 * be cleared (nor is that).
 */
export function judgeValue(field: CorrectionField, value: FieldValue, facts: ValueFacts): Judged {
  if (field.startsWith(EXTRA_FIELD)) return judgeExtra(field.slice(EXTRA_FIELD.length), value);
  if (ORDER_FIELDS.some((name) => name === field)) return value === true ? taken(true) : refused('sent');
  if (value === null) return refused('empty');
  const text = typeof value === 'string' ? value.trim() : null;
  if (text === '') return refused('empty');
  return judgeText(field, text ?? '', facts);
}

function judgeText(field: CorrectionField, text: string, facts: ValueFacts): Judged {
  switch (field) {
    case 'invoice_number':
      if (!isNumber(text, LONGEST_NUMBER)) return refused('number-form');
      return facts.eInvoices && eInvoiceYear(text) === null ? refused('number-e-invoice') : taken(text);
    case 'invoice_date':
      if (!isBusinessDay(text)) return refused('date-form');
      return text > businessDay(facts.nowMs, facts.timeZone) ? refused('date-future') : taken(text);
    case 'e_archive_url':
      return isSecureAddress(text) ? taken(text) : refused('link');
    case 'tracking_number':
      return isNumber(text, LONGEST_TRACKING) ? taken(text) : refused('tracking');
    case 'shipping_company':
      return KNOWN_CARRIERS.some((code) => code === text) || (text !== '' && facts.knowsCarrier(text))
        ? taken(text)
        : refused('company');
    case 'status':
      return isKnownStatus(statusCode(text)) ? taken(statusCode(text)) : refused('status');
    case 'cancel_status':
      if (!CANCEL_STATUSES.some((code) => code === text)) return refused('cancel-status');
      return isLegalMove(facts.cancelStatus, text) ? taken(text) : refused('cancel-move');
    default:
      return refused('empty');
  }
}

/**
 * Judges an invoice's number and date together, as they would stand afterwards: the date is not in a closed period, and
 * the year inside an e-invoice's number is the date's (checks invoice.date and invoice.year). `date` is a day or an
 * instant, of which the UTC calendar day counts. Null = nothing is wrong, or there is nothing to compare.
 */
export function judgeInvoice(
  { number, date }: { number: string | null; date: string | null },
  closedUntil: string | null,
): 'year' | 'date-closed' | null {
  const day = date === null || date === '' ? null : utcDay(date);
  if (day === null) return null;
  if (closedUntil !== null && day <= closedUntil) return 'date-closed';
  const year = number === null ? null : eInvoiceYear(number);
  return year === null || year === day.slice(0, 4) ? null : 'year';
}

/** Whether Omnitron lets a line's `cancel_status` move so (contract, section 12.2). */
export function isLegalMove(from: string | null, to: string): boolean {
  if (from === 'approved') return to !== 'confirmed';
  return from !== 'waiting_for_payment' || !CLOSED_BY_PAYMENT.includes(to);
}

function judgeExtra(key: string, value: FieldValue): Judged {
  if (!isExtraKey(key)) return refused('extra-key');
  const read = readExtraValue(value);
  return read === null ? refused('extra-value') : taken(read);
}

const isNumber = (text: string, longest: number): boolean => text.length <= longest && NUMBER.test(text);

/** A complete https address without a user name or password. */
function isSecureAddress(text: string): boolean {
  if (text.length > LONGEST_ADDRESS || /\s/.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '';
}

const taken = (value: FieldValue): Judged => ({ value, refused: null });
const refused = (reason: ValueRefusal): Judged => ({ refused: reason });
