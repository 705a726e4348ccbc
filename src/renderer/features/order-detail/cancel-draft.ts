import { isCancelled, type NewCancellation } from '../../../shared/cancellations.ts';
import { type PeopleLanguage, parseAmountForPeople } from '../../../shared/format.ts';
import { tryParseAmount } from '../../../shared/money.ts';
import type { OrderDetail } from '../../../shared/orders.ts';

/** What a person has chosen and typed so far. */
export interface CancelDraft {
  lines: readonly number[];
  /** By line, as typed. */
  reasons: Readonly<Record<number, string>>;
  cargo: boolean;
  invoice: string;
  /** The amount as typed. */
  typed: string;
}

export const EMPTY_DRAFT: CancelDraft = { lines: [], reasons: {}, cargo: false, invoice: '', typed: '' };

/** The lines that can still be cancelled or taken back. */
export function openLines(order: OrderDetail): OrderDetail['lines'] {
  return order.lines.filter((line) => !isCancelled(line));
}

/** What a draft asks the amount of. The whole order is meant where every line of it is chosen. */
export function choiceOf(order: OrderDetail, { lines, cargo }: Pick<CancelDraft, 'lines' | 'cargo'>) {
  const all = order.lines.length > 0 && order.lines.every(({ id }) => lines.includes(id));
  return { orderId: order.id, all, lines: all ? [] : [...lines].sort((a, b) => a - b), cargo };
}

/** A reason's id as typed; null where it is none. */
export function readReason(text: string | undefined): number | null {
  const trimmed = (text ?? '').trim();
  const id = /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : 0;
  return id > 0 ? id : null;
}

/** Whether what was typed is the amount, to the last digit. */
export function isConfirmed(typed: string, amount: string, language: PeopleLanguage): boolean {
  const read = parseAmountForPeople(typed, language);
  return read !== null && tryParseAmount(read) === tryParseAmount(amount);
}

/** The proposal that a draft makes; null while something is missing or the amount is not confirmed. */
export function proposalOf(
  order: OrderDetail,
  draft: CancelDraft,
  worth: { amount: string; currency: string } | null,
  language: PeopleLanguage,
): NewCancellation | null {
  if (worth === null || draft.lines.length === 0 || !isConfirmed(draft.typed, worth.amount, language)) return null;
  const reasons = [...draft.lines]
    .sort((a, b) => a - b)
    .flatMap((line) => {
      const reason = readReason(draft.reasons[line]);
      return reason === null ? [] : [{ line, reason }];
    });
  if (reasons.length < draft.lines.length) return null;
  const refundInvoiceNumber = draft.invoice.trim() === '' ? null : draft.invoice.trim();
  return { ...choiceOf(order, draft), reasons, refundInvoiceNumber, ...worth };
}
