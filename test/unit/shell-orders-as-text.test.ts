import { expect, test } from 'vitest';
import { ordersAsText } from '../../src/main/shell/orders-as-text.ts';
import type { OrderRow } from '../../src/shared/orders.ts';

const row: OrderRow = {
  id: 1,
  number: '1234567890123456',
  channel: 'Web',
  status: '550',
  datePlaced: '2026-03-05T22:30:00Z',
  currency: 'try',
  amount: '1234567.89',
  refund: '-10',
  discount: null,
  shipping: '0',
  sent: true,
  invoiceNumber: null,
  lines: 1,
  findings: 2,
  worst: 'warning',
  pendingSent: false,
  pending: 0,
};
const turkish = { language: 'tr', negativeStyle: 'minus', timeZone: 'Europe/Istanbul' } as const;
const english = { language: 'en', negativeStyle: 'parentheses', timeZone: 'UTC' } as const;
const cells = (text: string): string[] => text.split('\t');

test('writes amounts and dates in the way of the language', () => {
  expect(cells(ordersAsText([row], false, turkish))).toEqual([
    '1234567890123456',
    'Web',
    'Teslim edildi (550)',
    '06.03.2026 01:30',
    'TRY',
    '1.234.567,89',
    '-10,00',
    '',
    '0,00',
    'evet',
    '',
    '2',
  ]);
  expect(cells(ordersAsText([row], false, english)).slice(3, 7)).toEqual([
    '05 Mar 2026 22:30',
    'TRY',
    '1,234,567.89',
    '(10.00)',
  ]);
});

test('begins with headers where they are wanted, one for every column', () => {
  const lines = ordersAsText([row, row], true, english).split('\r\n');
  expect(lines).toHaveLength(3);
  expect(new Set(lines.map((line) => cells(line).length))).toEqual(new Set([12]));
  expect(cells(lines[0] ?? '')[0]).toBe('Order number');
});

test('keeps cells in their place and formulas asleep', () => {
  const nasty = { ...row, number: '=HYPERLINK("x")', channel: 'a\tb\r\nc', invoiceNumber: '@SUM(1)' };
  const written = cells(ordersAsText([nasty], false, english));
  expect(written).toHaveLength(12);
  expect([written[0], written[1], written[10]]).toEqual(['\'=HYPERLINK("x")', 'a b c', "'@SUM(1)"]);
});
