import { describe, expect, test } from 'vitest';
import { DEFAULT_RULES, type Rules } from '../../src/shared/rules.ts';
import { CHECKING, storeOrders } from '../support/engine.ts';
import { checkedStore, findingsOfCheck, skippedOf, subjectsOf } from '../support/found-by.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

const LINK = 'https://earsiv.example.com/1';

interface Invoice {
  number?: string | null;
  date?: string | null;
  url?: string | null;
}
const fields = ({ number = 'ABC2026000000001', date = '2026-01-06T00:00:00Z', url = LINK }: Invoice) => ({
  invoice_number: number,
  invoice_date: date,
  e_archive_url: url,
});

/** An order that carries this invoice, on itself and on its line; `line` where that carries another one. */
function invoiced(id: number, invoice: Invoice, given: Record<string, unknown> = {}, line: Invoice = invoice) {
  return wireOrder(id, { ...fields(invoice), orderitem_set: [wireLine(id * 10, fields(line))], ...given });
}
const none: Invoice = { number: null, date: null, url: null };
const withRules = (rules: Partial<Rules>) => (writer: Parameters<NonNullable<Parameters<typeof checkedStore>[2]>>[0]) =>
  void writer.chooseRules({ rules: { ...DEFAULT_RULES, ...rules }, reason: 'test', nowMs: CHECKING.nowMs });

describe('invoice.number-format', () => {
  test.each([
    ['ABC2026000000001', false],
    ['1232026000000001', false],
    ['ABC202600000001', true],
    ['ABC20260000000001', true],
    ['abc2026000000001', true],
    ['ÇBC2026000000001', true],
    ['ABC1926000000001', true],
    ['ABC2026-00000001', true],
    ['ABC2026000000001 ', true],
    [' BC2026000000001', true],
    ['12345', true],
  ])('%j', (number, found) => {
    expect(subjectsOf(checkedStore([invoiced(1, { number })]), 'invoice.number-format')).toEqual(found ? [1] : []);
  });

  test('a line’s number counts too, and the sentence names it', () => {
    const store = checkedStore([invoiced(1, { number: 'ABC2026000000001' }, {}, { number: 'X-7' })]);
    const [finding] = findingsOfCheck(store, 'invoice.number-format');
    expect(finding).toMatchObject({ subject: 1, severity: 'error', expected: null });
    expect(finding?.text.en).toMatch(/^Invoice X-7 is not numbered as an e-invoice/);
    expect(finding?.text.tr).toContain('X-7 bir e-fatura numarası değil');
  });

  test('orders in another currency and those before 2020 are not judged, but counted', () => {
    const other = {
      currency: 'eur',
      orderitem_set: [wireLine(10, { ...fields({ number: '7' }), price_currency: 'eur' })],
    };
    const store = checkedStore([
      invoiced(1, { number: '7' }, other),
      invoiced(2, { number: '8' }, { date_placed: '2019-12-31T23:59:59Z' }),
      invoiced(3, { number: '9' }, { date_placed: '2020-01-01T00:00:00Z' }),
      invoiced(4, none, { currency: 'eur', orderitem_set: [] }),
    ]);
    expect(subjectsOf(store, 'invoice.number-format')).toEqual([3]);
    expect(skippedOf(store, 'invoice.number-format')).toBe(2);
  });
});

describe('invoice.year', () => {
  test.each([
    ['2026-01-01T00:00:00Z', false],
    ['2026-12-31T23:59:59.999999Z', false],
    ['2025-12-31T00:00:00Z', true],
    ['2027-01-01', true],
    // The calendar day is the UTC one: in Istanbul this is the new year already.
    ['2025-12-31T22:30:00Z', true],
    ['2026-01-01T00:30:00+03:00', true],
  ])('number of 2026, dated %s', (date, found) => {
    expect(subjectsOf(checkedStore([invoiced(1, { date })]), 'invoice.year')).toEqual(found ? [1] : []);
  });

  test('looks at the date of each place, and says which day it is', () => {
    const store = checkedStore([
      invoiced(1, { date: '2026-01-06T00:00:00Z' }, {}, { date: '2025-12-30T00:00:00Z' }),
      invoiced(2, { number: 'ABC2026000000002' }),
    ]);
    const found = findingsOfCheck(store, 'invoice.year');
    expect(found.map(({ subject, text }) => [subject, text.tr])).toEqual([
      [1, 'ABC2026000000001 numarasındaki yıl, faturanın tarihindeki (30.12.2025) yıl değil.'],
    ]);
  });

  test('a number without a date, or that is not an e-invoice’s, is not judged but counted', () => {
    const store = checkedStore([invoiced(1, { date: null }), invoiced(2, { number: '2025-1' }), invoiced(3, none)]);
    expect(subjectsOf(store, 'invoice.year')).toEqual([]);
    expect(skippedOf(store, 'invoice.year')).toBe(2);
  });
});

describe('invoice.date', () => {
  const dated = (date: string, given: Record<string, unknown> = {}) =>
    invoiced(1, { number: `ABC${date.slice(0, 4)}000000001`, date }, given);
  const isFound = (order: unknown, rules = {}) => subjectsOf(checkedStore([order], rules), 'invoice.date').length > 0;

  test('today is none, tomorrow is the future; the day is the business calendar’s', () => {
    const nowMs = Date.parse('2026-03-01T20:59:59.999Z');
    expect(isFound(dated('2026-03-01T00:00:00Z'), { nowMs })).toBe(false);
    expect(isFound(dated('2026-03-02T00:00:00Z'), { nowMs })).toBe(true);
    // A millisecond later it is the second of March in Istanbul.
    expect(isFound(dated('2026-03-02T00:00:00Z'), { nowMs: nowMs + 1 })).toBe(false);
    expect(isFound(dated('2026-03-02T00:00:00Z'), { nowMs: nowMs + 1, timeZone: 'UTC' })).toBe(true);
  });

  test('the order’s own day is none, the day before it is', () => {
    const late = { date_placed: '2026-01-05T21:00:00Z' };
    expect(isFound(dated('2026-01-06T00:00:00Z', late))).toBe(false);
    expect(isFound(dated('2026-01-05T00:00:00Z', late))).toBe(true);
    expect(isFound(dated('2026-01-05T00:00:00Z', { date_placed: '2026-01-05T20:59:59.999Z' }))).toBe(false);
    expect(isFound(dated('2026-01-04T00:00:00Z', late), { timeZone: 'America/New_York' })).toBe(true);
    expect(isFound(dated('2026-01-05T00:00:00Z', late), { timeZone: 'America/New_York' })).toBe(false);
  });

  test('what is in the future is found when that has passed an hour, without any change', () => {
    const store = checkedStore([dated('2026-11-02T00:00:00Z')]);
    expect(findingsOfCheck(store, 'invoice.date')[0]?.text.en).toContain('02 Nov 2026, which is in the future');
    store.writer.runChecks({ ...CHECKING, nowMs: CHECKING.nowMs + 86_400_000, all: false });
    expect(subjectsOf(store, 'invoice.date')).toEqual([]);
  });

  test('an invoice that appears in a period after it was closed', () => {
    const plain = [1, 2, 3].map((id) => invoiced(id, { ...none }, { status: '450' }));
    const store = checkedStore(plain, {}, withRules({ closedUntil: '2026-01-31' }));
    const number = (id: number) => `ABC2026${String(id).padStart(9, '0')}`;
    const next = [
      invoiced(1, { number: number(1), date: '2026-01-31T00:00:00Z' }, { status: '450' }),
      invoiced(2, { number: number(2), date: '2026-02-01T00:00:00Z' }, { status: '450' }),
      plain[2],
    ];
    storeOrders(store.writer, next, { nowMs: CHECKING.nowMs + 1 });
    store.writer.runChecks({ ...CHECKING, all: false });
    const found = findingsOfCheck(store, 'invoice.date');
    expect(found.map(({ subject, text }) => [subject, text.en])).toEqual([
      [1, 'Invoice ABC2026000000001 is dated 31 Jan 2026, in a period that had been closed when it appeared.'],
    ]);
    store.writer.chooseRules({ rules: { ...DEFAULT_RULES }, reason: 'reopened', nowMs: CHECKING.nowMs + 2 });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect(subjectsOf(store, 'invoice.date')).toEqual([]);
  });

  test('what was there when the period was closed is none', () => {
    const store = checkedStore([invoiced(1, none, { status: '450' })]);
    storeOrders(store.writer, [dated('2026-01-31T00:00:00Z', { status: '450' })], { nowMs: CHECKING.nowMs + 1 });
    const rules = { ...DEFAULT_RULES, closedUntil: '2026-01-31' };
    store.writer.chooseRules({ rules, reason: 'closed', nowMs: CHECKING.nowMs + 2 });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect(subjectsOf(store, 'invoice.date')).toEqual([]);
  });

  test('a number without a date is not judged, but counted', () => {
    expect(skippedOf(checkedStore([invoiced(1, { date: null }), invoiced(2, {})]), 'invoice.date')).toBe(1);
  });
});

describe('invoice.no-archive-url', () => {
  test('one link for a number is enough, wherever it stands', () => {
    const store = checkedStore([
      invoiced(1, { url: null }),
      invoiced(2, { url: '' }),
      invoiced(3, { number: 'ABC2026000000003', url: null }, {}, { number: 'ABC2026000000003' }),
      invoiced(4, { number: 'ABC2026000000004' }, {}, { number: 'ABC2026000000004', url: null }),
      invoiced(5, { number: 'ABC2026000000005' }, {}, { number: 'ABC2026000000006', url: null }),
      invoiced(7, none),
    ]);
    const found = findingsOfCheck(store, 'invoice.no-archive-url');
    expect(found.map(({ subject }) => subject)).toEqual([1, 2, 5]);
    expect(found[2]?.text.en).toContain('Invoice ABC2026000000006 has no link');
  });

  test('is asked of e-invoices alone', () => {
    const store = checkedStore([invoiced(1, { url: null }, { date_placed: '2019-06-17T13:35:47Z' })]);
    expect(subjectsOf(store, 'invoice.no-archive-url')).toEqual([]);
    expect(skippedOf(store, 'invoice.no-archive-url')).toBe(1);
  });
});

describe('invoice.archive-host', () => {
  const found = (url: string, hosts: string[] = [], line = url) =>
    subjectsOf(
      checkedStore([invoiced(1, { url }, {}, { url: line })], {}, withRules({ archiveHosts: hosts })),
      'invoice.archive-host',
    ).length;
  const HOSTS = ['earsiv.example.com', 'fatura.example.org'];

  test.each([
    ['https://earsiv.example.com/1', 0],
    ['HTTPS://EARSIV.EXAMPLE.COM/1', 0],
    ['https://earsiv.example.com', 0],
    ['https://fatura.example.org/?id=1', 0],
    ['http://earsiv.example.com/1', 1],
    ['https://earsiv.example.com.evil.example/1', 1],
    ['https://earsiv.example.com@evil.example/1', 1],
    ['https://earsiv.example.com:8443/1', 1],
    ['https://evil.example/https://earsiv.example.com/', 1],
    ['ftp://earsiv.example.com/1', 1],
    ['earsiv.example.com/1', 1],
  ])('%s with chosen hosts', (url, count) => {
    expect(found(url, HOSTS)).toBe(count);
  });

  test('without chosen hosts only the encryption is judged', () => {
    expect(found('https://anywhere.example/1')).toBe(0);
    expect(found('http://earsiv.example.com/1')).toBe(1);
  });

  test('a strange link on a line shows beside a good one on the order', () => {
    expect(found('https://earsiv.example.com/1', HOSTS, 'https://fatura.example.org/1')).toBe(0);
    expect(found('https://earsiv.example.com/1', HOSTS, 'https://other.example/1')).toBe(1);
    expect(found('https://earsiv.example.com/1', [], 'http://earsiv.example.com/1')).toBe(1);
  });

  test('the sentence says where the link leads; links from before 2020 are counted', () => {
    const store = checkedStore([
      invoiced(1, { url: 'http://earsiv.example.com/secret-path' }),
      invoiced(2, { url: 'http://old.example/1' }, { date_placed: '2019-06-17T13:35:47Z' }),
    ]);
    const [finding, ...more] = findingsOfCheck(store, 'invoice.archive-host');
    expect(more).toEqual([]);
    expect(finding?.text.en).toBe(
      'The e-archive link leads to http://earsiv.example.com, which is not https or not one of the chosen hosts.',
    );
    expect(skippedOf(store, 'invoice.archive-host')).toBe(1);
  });
});
