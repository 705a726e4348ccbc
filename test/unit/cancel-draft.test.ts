import { describe, expect, it } from 'vitest';
import {
  choiceOf,
  EMPTY_DRAFT,
  isConfirmed,
  openLines,
  proposalOf,
  readReason,
} from '../../src/renderer/features/order-detail/cancel-draft.ts';
import type { OrderDetail } from '../../src/shared/orders.ts';

const line = (id: number, cancelStatus: string | null = null, status = '550') => ({ id, status, cancelStatus });
const order = {
  id: 7,
  lines: [line(12), line(11), line(13, 'waiting'), line(14, null, '600'), line(15, 'rejected')],
} as unknown as OrderDetail;
const worth = { amount: '1234.50', currency: 'try' };
const draft = { ...EMPTY_DRAFT, lines: [12, 11], reasons: { 11: '3', 12: ' 4 ', 13: '9' }, typed: '1.234,50' };

describe('the draft of a cancellation', () => {
  it('offers only lines that nothing has been done about', () => {
    expect(openLines(order).map(({ id }) => id)).toEqual([12, 11, 15]);
  });

  it('means the whole order only where every line of it is chosen', () => {
    expect(choiceOf(order, { lines: [12, 11, 15], cargo: false })).toMatchObject({ all: false, lines: [11, 12, 15] });
    const small = { ...order, lines: order.lines.slice(0, 2) };
    expect(choiceOf(small, { lines: [12, 11], cargo: true })).toEqual({
      orderId: 7,
      all: true,
      lines: [],
      cargo: true,
    });
  });

  it('becomes a proposal once lines, reasons and the amount are there', () => {
    expect(proposalOf(order, draft, worth, 'tr')).toEqual({
      orderId: 7,
      all: false,
      lines: [11, 12],
      cargo: false,
      reasons: [
        { line: 11, reason: 3 },
        { line: 12, reason: 4 },
      ],
      refundInvoiceNumber: null,
      ...worth,
    });
    expect(proposalOf(order, { ...draft, invoice: ' A1 ' }, worth, 'tr')?.refundInvoiceNumber).toBe('A1');
  });

  it.each([
    ['no line', { lines: [] }],
    ['a reason is missing', { reasons: { 11: '3' } }],
    ['a reason is none', { reasons: { 11: '3', 12: '0' } }],
    ['nothing was typed', { typed: '' }],
    ['another amount was typed', { typed: '1.234,51' }],
    ['it was typed in the other language', { typed: '1234.50' }],
  ])('is none while %s', (_name, part) => {
    expect(proposalOf(order, { ...draft, ...part }, worth, 'tr')).toBeNull();
  });

  it('is none before the amount is known', () => {
    expect(proposalOf(order, draft, null, 'tr')).toBeNull();
  });

  it('compares amounts and not spellings', () => {
    expect(isConfirmed('1234,5', '1234.50', 'tr')).toBe(true);
    expect(isConfirmed('1,234.50', '1234.50', 'en')).toBe(true);
    expect(isConfirmed('1.234', '1.234', 'tr')).toBe(false);
    expect(['7', ' 7 ', '07', '0', '-7', '7.5', '', undefined].map(readReason)).toEqual([
      7,
      7,
      7,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
