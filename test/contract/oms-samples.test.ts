import { describe, expect, test } from 'vitest';
import { parseOms } from '../../src/main/omnitron/parse-oms.ts';
import { AppError } from '../../src/shared/errors.ts';
import { readSample, sampleBytes } from '../support/samples.ts';

const bytesOf = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body));

/** A documented order with some keys replaced. */
function documented(changes: object = {}): Record<string, unknown> {
  const { results } = readSample('oms-orders.json') as { results: Record<string, unknown>[] };
  return { ...results[0], ...changes };
}

function documentedLine(changes: object): object {
  const [line] = documented().orderitem_set as object[];
  return { ...line, ...changes };
}

const page = (...results: unknown[]): Uint8Array => bytesOf({ count: results.length, next: null, results });

function firstRow(bytes: Uint8Array) {
  const parsed = parseOms('orders', bytes);
  if (parsed.list !== 'orders') throw new Error('not a page of orders');
  return parsed.page.rows[0];
}

describe('the documented page of OMS orders', () => {
  test('maps to exactly the fields of the allow-list', () => {
    const line = {
      sku: 'AKN-008',
      state: '425',
      currency: 'try',
      price: 250_000_000n,
      netAmount: 250_000_000n,
      retailPrice: 1_000_000_000n,
      discountAmount: 125_000_000n,
      taxRate: 8_000_000n,
    };
    const orders = [
      {
        id: 6998,
        omnitronId: 63461,
        number: '2291090711512921',
        state: '400',
        lines: [{ id: 6899, omnitronId: 70193, ...line }],
      },
      {
        id: 6997,
        omnitronId: 63460,
        number: '2291086068212691',
        state: '400',
        lines: [{ id: 6898, omnitronId: 70192, ...line }],
      },
    ];
    expect(parseOms('orders', sampleBytes('oms-orders.json'))).toEqual({
      list: 'orders',
      page: { count: 722, hasNext: true, rows: orders.map((row) => ({ ok: true, row })) },
    });
  });

  test('leaves no name, address, coordinate or credential in what was mapped', () => {
    const planted = JSON.parse(Buffer.from(sampleBytes('oms-orders.json')).toString('utf8'), (key, value: unknown) =>
      typeof value === 'string' && !KEPT.has(key) ? `CANARY ${value}` : value,
    ) as { count: string; next: null; results: unknown[] };
    const mapped = parseOms('orders', bytesOf({ ...planted, next: null }));
    expect(mapped.page.rows.every(({ ok }) => ok)).toBe(true);
    const text = JSON.stringify(mapped, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
    expect(text).not.toContain('CANARY');
  });
});

/** Keys of texts that the allow-list names. */
const KEPT = new Set([
  'enum_value',
  'sku',
  'price_currency',
  'price',
  'net_amount',
  'retail_price',
  'discount_amount',
  'tax_rate',
  'number',
]);

describe('a row that is not the documented order', () => {
  test.each([
    ['without a number', { number: null }, { path: 'number', code: 'invalid_type' }],
    ['with a state that is no object', { state: '400' }, { path: 'state', code: 'invalid_type' }],
    [
      'with a price that is none',
      { orderitem_set: [documentedLine({ price: '1e3' })] },
      { path: 'orderitem_set.0.price', code: 'not_amount' },
    ],
    [
      'with a line twice',
      { orderitem_set: [documentedLine({}), documentedLine({})] },
      { path: 'orderitem_set.1.id', code: 'duplicate_id' },
    ],
    [
      'with an article of which no number is given',
      { orderitem_set: [documentedLine({ product: null })] },
      { path: 'orderitem_set.0.product', code: 'invalid_type' },
    ],
  ])('%s is told with its id, place and code', (_name, changes, fault) => {
    expect(firstRow(page(documented(changes)))).toEqual({ ok: false, bad: { id: 6998, ...fault } });
  });

  test('without an id, or without Omnitron’s, is told apart', () => {
    expect(firstRow(page(documented({ id: 'x' })))).toEqual({
      ok: false,
      bad: { id: null, path: 'id', code: 'not_id' },
    });
    expect(firstRow(page(documented({ omnitron_id: null })))).toMatchObject({ ok: true, row: { omnitronId: null } });
  });

  test.each(['', 'null', '[]', '{"count": 1}', '{"count": "x", "next": null, "results": []}', '{"count": 1'])(
    'a body like %j is refused in words about OMS',
    (text) => {
      const refuse = () => parseOms('orders', new TextEncoder().encode(text));
      expect(refuse).toThrow(AppError);
      expect(refuse).toThrow(expect.objectContaining({ code: 'RESPONSE_INVALID' }));
      expect(refuse).not.toThrow(/^Omnitron/);
    },
  );
});

describe('an invoice', () => {
  const invoice = {
    id: 12,
    invoice_type: 'purchased',
    status: 'waiting',
    channel: 1,
    address: 5908,
    order: 6998,
    package_number: 'P1',
    created_date: '2023-05-17T13:45:55Z',
    modified_date: '2023-05-17T13:45:55Z',
    number: 'ABC2023',
  };

  test('maps to number, type, status and the order of OMS', () => {
    const row = { id: 12, orderId: 6998, number: 'ABC2023', type: 'purchased', status: 'waiting' };
    expect(parseOms('invoices', page(invoice)).page.rows).toEqual([{ ok: true, row }]);
    const bare = { id: 12, orderId: 6998, number: null, type: null, status: null };
    expect(parseOms('invoices', page({ id: 12, order: 6998, number: '' })).page.rows).toEqual([
      { ok: true, row: bare },
    ]);
  });

  test('with a sentence for a status is set aside with its order, where it names one', () => {
    const bad = { ...invoice, status: 'sent to Jane Doe' };
    const { rows } = parseOms('invoices', page(bad, { ...bad, order: 'Jane' })).page;
    expect(rows).toEqual([
      { ok: false, bad: { id: 12, orderId: 6998, path: 'status', code: 'invalid_format' } },
      { ok: false, bad: { id: 12, path: 'order', code: 'not_id' } },
    ]);
  });
});
