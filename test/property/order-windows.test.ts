import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ORDER_SORT_COLUMNS, type OrderRow, type OrderSort } from '../../src/shared/orders.ts';
import { ISTANBUL, NOW_MS, orderFilter, startEngine, storeOrders } from '../support/engine.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

const ORDERS = 2_600;

/** Orders with many equal sort keys, so that windows begin and end inside runs of them. */
function stored() {
  const engine = startEngine();
  const orders = Array.from({ length: ORDERS }, (_, index) => {
    const id = index + 1;
    const amount = `${100 + ((index * 7) % 50)}.00`;
    return wireOrder(id, {
      number: `${(index * 31) % 400}`,
      amount,
      currency: ['try', 'eur', 'usd'][index % 3],
      status: ['550', '400', '450'][(index >> 2) % 3],
      refund_amount: index % 5 === 0 ? null : `${index % 4}.00`,
      invoice_number: index % 3 === 0 ? null : `I${index % 90}`,
      date_placed: new Date(NOW_MS - (index % 700) * 3_600_000).toISOString(),
      is_send: index % 10 !== 0,
      channel: index % 6 === 0 ? undefined : { name: ['Shop', 'İstanbul Mağaza'][index % 2] },
      orderitem_set: [wireLine(id, { price_currency: ['try', 'eur', 'usd'][index % 3] })],
    });
  });
  storeOrders(engine.writer, orders);
  return engine.reader();
}

const KEYS: Record<OrderSort['column'], (row: OrderRow) => string | number> = {
  datePlaced: (row) => Date.parse(row.datePlaced),
  number: (row) => row.number,
  channel: (row) => row.channel ?? '',
  status: (row) => row.status,
  currency: (row) => row.currency,
  amount: (row) => Number(row.amount),
  refund: (row) => Number(row.refund ?? 0),
  sent: (row) => Number(row.sent),
  invoice: (row) => row.invoiceNumber ?? '',
};

/** SQLite compares text by its bytes. */
const order = (a: string | number, b: string | number): number =>
  typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(String(b))) : a - Number(b);

test('any window of any sort and filter equals the same slice of the whole list sorted plainly', () => {
  const reader = stored();
  const all = reader.ordersWindow({
    filter: orderFilter(),
    sort: { column: 'number', direction: 'asc' },
    timeZone: ISTANBUL,
    offset: 0,
    limit: ORDERS,
  }).rows;
  expect(all).toHaveLength(ORDERS);
  const filters = fc.constantFrom(
    { filter: orderFilter(), keep: () => true },
    { filter: orderFilter({ sent: false }), keep: (row: OrderRow) => !row.sent },
    { filter: orderFilter({ statuses: ['400', '450'] }), keep: (row: OrderRow) => row.status !== '550' },
    {
      filter: orderFilter({ currencies: ['eur'], text: 'ISTANBUL' }),
      keep: (row: OrderRow) => row.currency === 'eur' && row.channel === 'İstanbul Mağaza',
    },
  );
  const sorts = fc.record<OrderSort>({
    column: fc.constantFrom(...ORDER_SORT_COLUMNS),
    direction: fc.constantFrom('asc', 'desc'),
  });
  fc.assert(
    fc.property(
      filters,
      sorts,
      fc.nat(ORDERS + 50),
      fc.integer({ min: 1, max: 300 }),
      ({ filter, keep }, sort, offset, limit) => {
        const sign = sort.direction === 'asc' ? 1 : -1;
        const key = KEYS[sort.column];
        const expected = all.filter(keep).sort((a, b) => sign * (order(key(a), key(b)) || a.id - b.id));
        const window = reader.ordersWindow({ filter, sort, timeZone: ISTANBUL, offset, limit });
        expect(window.total).toBe(expected.length);
        expect(window.rows.map(({ id }) => id)).toEqual(expected.slice(offset, offset + limit).map(({ id }) => id));
      },
    ),
    { numRuns: 150 },
  );
});

test('text is found whatever the typist does with İ and I, and LIKE signs are taken literally', () => {
  const reader = stored();
  const total = (text: string) =>
    reader.ordersWindow({
      filter: orderFilter({ text }),
      sort: { column: 'number', direction: 'asc' },
      timeZone: ISTANBUL,
      offset: 0,
      limit: 1,
    }).total;
  expect(total('istanbul magaza')).toBe(total('İSTANBUL MAĞAZA'));
  expect(total('ıstanbul')).toBeGreaterThan(0);
  expect(total('%')).toBe(0);
  expect(total('_')).toBe(0);
});
