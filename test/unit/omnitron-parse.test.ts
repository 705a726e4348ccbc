import { describe, expect, it } from 'vitest';
import { parseLineFields, parseOrder, parseOrderFields, parseOrdersPage } from '../../src/main/omnitron/parse-page.ts';
import { AppError } from '../../src/shared/errors.ts';
import { formatAmount } from '../../src/shared/money.ts';
import { readSample } from '../support/samples.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const sample = readSample('order-by-number.json');

/** The documented order 27 with the literal text of some of its members replaced, added or (undefined) left out. */
function orderText(members: Record<string, string | undefined>, line: Record<string, string | undefined> = {}): string {
  return objectText(sample, {
    orderitem_set: `[${objectText((sample.orderitem_set as Record<string, unknown>[])[0] ?? {}, line)}]`,
    ...members,
  });
}

function objectText(base: Record<string, unknown>, members: Record<string, string | undefined>): string {
  const texts = { ...Object.fromEntries(Object.entries(base).map(([k, v]) => [k, JSON.stringify(v)])), ...members };
  const kept = Object.entries(texts).filter(([, text]) => text !== undefined);
  return `{${kept.map(([key, text]) => `${JSON.stringify(key)}: ${text}`).join(', ')}}`;
}

const parse = (members: Record<string, string | undefined>, line: Record<string, string | undefined> = {}) =>
  parseOrder(bytes(orderText(members, line)));

function fault(run: () => unknown): unknown {
  try {
    run();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code: 'RESPONSE_INVALID' });
    return (thrown as AppError).details;
  }
  return 'no fault';
}

describe('every documented variant is read', () => {
  it.each([
    ['"8.50"', '8.50'],
    ['8.50', '8.50'],
    ['8.5', '8.50'],
    ['7', '7.00'],
    ['-1.000001', '-1.000001'],
    ['907199254740.993129', '907199254740.993129'],
  ])('money %s is %s', (literal, amount) => {
    const order = parse({ amount: literal, net_shipping_amount: literal }, { price: literal, tax_rate: literal });
    const line = order.lines[0];
    for (const micros of [order.amount, order.netShippingAmount, line?.price, line?.taxRate]) {
      expect(formatAmount(micros ?? 0n, 'try')).toBe(amount);
    }
  });

  it.each(['null', '""', undefined])('money that is not given (%s) is null, not zero', (literal) => {
    const names = [
      'shipping_amount',
      'net_shipping_amount',
      'discount_amount',
      'refund_amount',
      'discount_refund_amount',
    ];
    const order = parse(Object.fromEntries(names.map((name) => [name, literal])), { tax_rate: literal });
    expect([order.shippingAmount, order.netShippingAmount, order.discountAmount, order.refundAmount]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(order.lines[0]?.taxRate).toBeNull();
  });

  it('ids as numbers or text, the order number as text with every digit', () => {
    const order = parse({ id: '"27"', number: '10555652281128251234' }, { id: '"113"' });
    expect([order.id, order.number, order.lines[0]?.id]).toEqual([27, '10555652281128251234', 113]);
  });

  it('a status as code or name, an unknown one as it came', () => {
    expect(parse({ status: '"shipped"' }, { status: '600' })).toMatchObject({
      status: '500',
      lines: [{ status: '600' }],
    });
    expect(parse({ status: '"425"' }, { status: '"Inactive"' })).toMatchObject({
      status: '425',
      lines: [{ status: 'Inactive' }],
    });
  });

  it('keys that are missing or null', () => {
    const names = [
      'channel',
      'invoice_number',
      'invoice_date',
      'e_archive_url',
      'tracking_number',
      'installment_count',
    ];
    for (const literal of ['null', undefined]) {
      const order = parse(Object.fromEntries(names.map((name) => [name, literal])), { attributes: literal });
      expect(order).toMatchObject({ channel: null, invoiceNumber: null, invoiceDate: null, eArchiveUrl: null });
      expect(order).toMatchObject({ trackingNumber: null, installmentCount: null, lines: [{ quantity: null }] });
    }
  });

  it('both spellings of the archive address', () => {
    expect(parse({ e_archive_url: undefined, e_archieve_url: '"u"' }, { e_archieve_url: '"v"' })).toMatchObject({
      eArchiveUrl: 'u',
      lines: [{ eArchiveUrl: 'v' }],
    });
  });

  it('texts with their blanks, currencies in lower case, microseconds', () => {
    const order = parse({ currency: '"TRY"', invoice_number: '" A1 "', date_placed: '"2017-01-30T08:28:26.158165Z"' });
    expect(order).toMatchObject({ currency: 'try', invoiceNumber: ' A1 ', datePlaced: '2017-01-30T08:28:26.158165Z' });
    expect(order.datePlacedMs).toBe(Date.UTC(2017, 0, 30, 8, 28, 26, 158));
  });

  it.each([
    ['{"quantity": 4}', 4],
    ['{"quantity": "4"}', 4],
    ['{"quantity": 0}', null],
    ['{"quantity": -4}', null],
    ['{"quantity": 1.5}', null],
    ['{"quantity": true}', null],
    ['{"amount": 4}', null],
    ['[]', null],
    ['"4"', null],
  ])('attributes %s give the quantity %s', (attributes, quantity) => {
    expect(parse({}, { attributes }).lines[0]?.quantity).toBe(quantity);
  });

  it('the quantity under the key that is asked for, own keys alone', () => {
    const attributes = '{"quantity": 4, "adet": "6", "koli": 1}';
    const read = (quantityKey: string) =>
      parseOrder(bytes(orderText({}, { attributes })), { quantityKey }).lines[0]?.quantity;
    expect(['quantity', 'adet', 'koli', 'Adet', 'toString', '__proto__'].map(read)).toEqual([
      4,
      6,
      1,
      null,
      null,
      null,
    ]);
  });

  it('names of attributes with whole numbers, and nothing else of them', () => {
    const alikeIn = (attributes: Record<string, unknown>): string[] => {
      const alike = new Set<string>();
      parseOrder(bytes(orderText({}, { attributes: JSON.stringify(attributes) })), { quantityKey: 'adet', alike });
      return [...alike];
    };
    const good = { adet: 2, koli_içi: '9999', 'box.size-2': 12, ['a'.repeat(64)]: 3 };
    expect(alikeIn(good)).toEqual(Object.keys(good));
    const values = {
      none: 0,
      one: 1,
      many: 10_000,
      less: -2,
      part: 2.5,
      word: 'x',
      yes: true,
      list: [2],
      deep: { a: 2 },
    };
    expect(alikeIn({ ...values, padded: '02', blank: ' 2', empty: '', nothing: null })).toEqual([]);
    const names = [
      'ayse@example.com',
      '+905550199001',
      '5550199001',
      'Ayşe Yılmaz',
      '_x',
      '',
      'a'.repeat(65),
      'a\u0000',
    ];
    expect(alikeIn(Object.fromEntries(names.map((name) => [name, 2])))).toEqual([]);
    expect(alikeIn(Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`k${at}`, 2])))).toHaveLength(50);
  });

  it('lines ascending by id, however they came', () => {
    const first = objectText((sample.orderitem_set as Record<string, unknown>[])[0] ?? {}, { id: '9' });
    const second = objectText((sample.orderitem_set as Record<string, unknown>[])[0] ?? {}, { id: '10' });
    expect(parse({ orderitem_set: `[${second}, ${first}]` }).lines.map((line) => line.id)).toEqual([9, 10]);
    expect(parse({ orderitem_set: '[]' }).lines).toEqual([]);
  });
});

describe('a fault names path and code, never the value', () => {
  it.each<[string, Record<string, string | undefined>, Record<string, string | undefined>, string, string]>([
    ['an exponent', { amount: '1e2' }, {}, 'amount', 'not_amount'],
    ['a seventh decimal', { amount: '1.0000001' }, {}, 'amount', 'not_amount'],
    ['a decimal comma', { refund_amount: '"1,00"' }, {}, 'refund_amount', 'not_amount'],
    ['a blank', { amount: '" 1.00"' }, {}, 'amount', 'not_amount'],
    ['no amount', { amount: undefined }, {}, 'amount', 'invalid_type'],
    ['an amount of null', { amount: 'null' }, {}, 'amount', 'invalid_type'],
    ['an empty amount', { amount: '""' }, {}, 'amount', 'not_amount'],
    ['an amount beyond 64 bits', { amount: '99999999999999' }, {}, 'amount', 'not_amount'],
    ['a price that is an object', {}, { price: '{}' }, 'orderitem_set.0.price', 'invalid_type'],
    ['an unsafe id', { id: '9007199254740993' }, {}, 'id', 'not_id'],
    ['an id with a point', { id: '27.0' }, {}, 'id', 'not_id'],
    ['an id of zero', {}, { id: '0' }, 'orderitem_set.0.id', 'not_id'],
    ['no id', { id: undefined }, {}, 'id', 'invalid_type'],
    ['an empty number', { number: '""' }, {}, 'number', 'too_small'],
    ['a number of 256 characters', { number: `"${'9'.repeat(256)}"` }, {}, 'number', 'too_long'],
    ['a sent flag in words', { is_send: '"true"' }, {}, 'is_send', 'invalid_type'],
    ['no sent flag', { is_send: undefined }, {}, 'is_send', 'invalid_type'],
    ['no lines', { orderitem_set: undefined }, {}, 'orderitem_set', 'invalid_type'],
    ['lines of null', { orderitem_set: 'null' }, {}, 'orderitem_set', 'invalid_type'],
    ['a day without a time', { date_placed: '"2017-01-30"' }, {}, 'date_placed', 'not_instant'],
    ['an instant without a zone', { date_placed: '"2017-01-30T08:28:26"' }, {}, 'date_placed', 'not_instant'],
    ['31 February', { date_placed: '"2017-02-31T08:28:26Z"' }, {}, 'date_placed', 'not_instant'],
    ['an invoice date in words', { invoice_date: '"yesterday"' }, {}, 'invoice_date', 'not_instant'],
    ['no currency', { currency: 'null' }, {}, 'currency', 'invalid_type'],
  ])('%s', (_what, members, line, path, code) => {
    const text = orderText(members, line);
    expect(fault(() => parseOrder(bytes(text)))).toEqual({ path, code });
    const page = parseOrdersPage(bytes(`{"count": 1, "next": null, "previous": null, "results": [${text}]}`));
    expect(page.rows).toEqual([{ ok: false, bad: { id: path === 'id' ? null : 27, path, code } }]);
  });

  it('two lines of one id', () => {
    const line = JSON.stringify((sample.orderitem_set as unknown[])[0]);
    const text = orderText({ orderitem_set: `[${line}, ${line}]` });
    expect(fault(() => parseOrder(bytes(text)))).toEqual({ path: 'orderitem_set.1.id', code: 'duplicate_id' });
  });

  it('the message says where, not what', () => {
    const canary = 'canary-7d1f';
    expect(() => parse({ amount: `"${canary}"` })).toThrow(/not_amount at amount/);
    expect(() => parse({ amount: `"${canary}"` })).not.toThrow(canary);
    expect(() => parseOrder(bytes(`{"${canary}`))).not.toThrow(canary);
  });
});

describe('the envelope', () => {
  it('keeps good rows beside bad ones, in the order they came', () => {
    const rows = [orderText({ id: '5' }), 'null', orderText({ id: '3', amount: '"x"' }), '[]', orderText({ id: '4' })];
    const page = parseOrdersPage(
      bytes(`{"count": "595", "next": "https://other.example/", "results": [${rows.join()}]}`),
    );
    expect([page.count, page.hasNext]).toEqual([595, true]);
    expect(page.rows.map((row) => (row.ok ? row.order.id : row.bad))).toEqual([
      5,
      { id: null, path: '', code: 'invalid_type' },
      { id: 3, path: 'amount', code: 'not_amount' },
      { id: null, path: '', code: 'invalid_type' },
      4,
    ]);
  });

  it.each([
    ['a bare array', '[]', '', 'invalid_type'],
    ['null', 'null', '', 'invalid_type'],
    ['no rows', '{"count": 1, "next": null}', 'results', 'invalid_type'],
    ['rows of null', '{"count": 1, "next": null, "results": null}', 'results', 'invalid_type'],
    ['no count', '{"next": null, "results": []}', 'count', 'invalid_type'],
    ['a negative count', '{"count": -1, "next": null, "results": []}', 'count', 'not_count'],
    ['no next', '{"count": 1, "results": []}', 'next', 'invalid_type'],
    ['a next that is none', '{"count": 1, "next": false, "results": []}', 'next', 'invalid_type'],
    ['HTML', '<!doctype html>', '', 'invalid_json'],
    ['nothing', '', '', 'invalid_json'],
    ['a cut body', '{"count": 1, "next": null, "results": [', '', 'invalid_json'],
    ['a number as a member name', '{"count": 1, "next": null, "results": [], 1: 2}', '', 'invalid_json'],
  ])('%s is refused', (_what, text, path, code) => {
    expect(fault(() => parseOrdersPage(bytes(text)))).toEqual({ path, code });
  });

  it('invalid UTF-8 is refused', () => {
    const text = bytes('{"count": 1, "next": "x", "results": []}');
    text[text.indexOf(0x78)] = 0xff;
    expect(fault(() => parseOrdersPage(text))).toEqual({ path: '', code: 'invalid_utf8' });
  });

  it('a hundred thousand open brackets are refused, not fatal', () => {
    expect(fault(() => parseOrdersPage(bytes('['.repeat(100_000))))).toEqual({ path: '', code: 'invalid_json' });
  });
});

it('takes an order number of 255 characters', () => {
  expect(parse({ number: `"${'9'.repeat(255)}"` }).number).toHaveLength(255);
});

it.each([
  ['""', '"u"', 'u'],
  ['null', '"u"', 'u'],
  ['"u"', '""', 'u'],
  ['"u"', '"v"', 'u'],
  ['""', 'null', ''],
  ['null', 'null', null],
])('of the archive addresses %s and %s, the one that says something counts', (url, misspelt, expected) => {
  const members = { e_archive_url: url, e_archieve_url: misspelt };
  expect(parse(members, members)).toMatchObject({ eArchiveUrl: expected, lines: [{ eArchiveUrl: expected }] });
  const line = `{"pk": 113, "e_archive_url": ${url}, "e_archieve_url": ${misspelt}}`;
  expect(parseLineFields(bytes(line), [])).toEqual({ id: 113, e_archive_url: expected });
});

describe('the correctable fields', () => {
  it('of an order in each shape', () => {
    const expected = { id: 27, is_send: true, invoice_number: '', invoice_date: null, e_archive_url: null };
    expect(parseOrderFields(bytes(orderText({})))).toEqual(expected);
    expect(parseOrderFields(bytes(JSON.stringify(readSample('order-detailed-integration.json'))))).toEqual(expected);
    expect(parseOrderFields(bytes(JSON.stringify(readSample('patch-order.partial.json'))))).toEqual({
      id: 12345,
      invoice_number: 'INV123456',
      invoice_date: '2025-01-18T10:00:00Z',
      e_archive_url: 'https://example.com/invoice',
    });
  });

  it('of a line; what the reading does not carry stays absent', () => {
    expect(parseLineFields(bytes('{"pk": "113", "order": 27, "invoice_date": "2024-01-31"}'), ['a'])).toEqual({
      id: 113,
      invoice_date: '2024-01-31',
    });
    expect(parseLineFields(bytes('{"id": 113, "invoice_date": "", "e_archieve_url": null}'), [])).toEqual({
      id: 113,
      invoice_date: null,
      e_archive_url: null,
    });
  });

  it('of a line: every field that can be written, a status by its code, and only the keys that are asked for', () => {
    const line = `{"pk": 113, "tracking_number": "TR1", "shipping_company": null, "status": "shipped", "cancel_status": "waiting",
      "price": "1.00", "attributes": {"a": "b"},
      "extra_field": {"rate": 1.50, "deep": {"n": [10000000000000001, true]}, "secret": "Ayşe", "__proto__": "x"}}`;
    expect(parseLineFields(bytes(line), ['rate', 'deep', 'none', 'toString'])).toEqual({
      id: 113,
      tracking_number: 'TR1',
      shipping_company: null,
      status: '500',
      cancel_status: 'waiting',
      'extra_field.rate': '1.50',
      'extra_field.deep': { n: ['10000000000000001', true] },
      'extra_field.none': null,
      'extra_field.toString': null,
    });
    expect(parseLineFields(bytes('{"pk": 113, "extra_field": null}'), ['a'])).toEqual({
      id: 113,
      'extra_field.a': null,
    });
    expect(parseLineFields(bytes('{"pk": 113, "extra_field": "odd"}'), ['a'])).toEqual({ id: 113 });
    expect(parseLineFields(bytes(line), [])).not.toHaveProperty(['extra_field.secret']);
  });

  it.each([
    ['{}', 'pk', 'missing'],
    ['{"pk": 1.5}', 'pk', 'not_id'],
    ['{"pk": 1, "is_send": 1}', 'is_send', 'invalid_type'],
    ['{"pk": 1, "invoice_date": "2024-02-31"}', 'invoice_date', 'not_instant'],
    ['{"pk": 1, "invoice_number": {}}', 'invoice_number', 'invalid_type'],
    ['[]', '', 'invalid_type'],
  ])('%s is refused', (text, path, code) => {
    expect(fault(() => parseOrderFields(bytes(text)))).toEqual({ path, code });
    expect(fault(() => parseLineFields(bytes(text), []))).toEqual({ path, code });
  });
});
