import { describe, expect, it } from 'vitest';
import { normaliseInstant, printInstant } from '../../src/main/sandbox/calendar.ts';
import { CANCEL_STATUSES } from '../../src/main/sandbox/catalogue.ts';
import { draftOrder } from '../../src/main/sandbox/draft-order.ts';
import { asAmountText, asJsonNumber, printAmount } from '../../src/main/sandbox/money-text.ts';
import { sharedNumberIndexes } from '../../src/main/sandbox/number-sharing.ts';
import { indexOfNumber, orderNumber } from '../../src/main/sandbox/numbers.ts';
import { listPlanted } from '../../src/main/sandbox/planting.ts';
import type { WireLine, WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { writeOrder } from '../../src/main/sandbox/write-order.ts';

const SEED = 7;

function generated(index: number, seed = SEED): WireOrder {
  return writeOrder(seed, draftOrder(seed, index));
}

const orders = Array.from({ length: 3_000 }, (_, index) => generated(index));
const lines: WireLine[] = orders.flatMap((order) => order.orderitem_set);

describe('generated orders', () => {
  it('are the same each time, in any order of asking', () => {
    for (const index of [2_999, 0, 1_234, 9_999_999, 17]) expect(generated(index)).toEqual(generated(index));
    expect(generated(1_234)).toEqual(orders[1_234]);
    expect(generated(5, 8)).not.toEqual(generated(5, 9));
  });

  it('have ascending ids from 1001 and line ids that lead back to their order', () => {
    expect(orders.map(({ id }) => id)).toEqual(orders.map((_, index) => 1_001 + index));
    for (const line of lines) expect(Math.floor(line.id / 10)).toBe(line.order);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  });

  it('show every status, currency and cancel status of the mix', () => {
    const statuses = ['100', '200', '300', '350', '400', '450', '50', '500', '510', '520', '540', '544', '545'];
    // 425 is planted: no list of statuses has it.
    const found = new Set(orders.map(({ status }) => status).filter((status) => status !== '425'));
    expect([...found].sort()).toEqual([...statuses, '550', '600']);
    expect([...new Set(orders.map(({ currency }) => currency))].sort()).toEqual([
      'aed',
      'eur',
      'jpy',
      'kwd',
      'try',
      'usd',
    ]);
    expect(orders.filter(({ status }) => status === '550').length).toBeGreaterThan(1_500);
    expect(orders.filter(({ currency }) => currency === 'try').length).toBeGreaterThan(2_100);
    expect(new Set(lines.map(({ cancel_status }) => cancel_status))).toEqual(new Set([null, ...CANCEL_STATUSES]));
  });

  it('print two places, three for Kuwaiti dinar, and .00 for yen', () => {
    for (const order of orders) {
      const pattern = { kwd: /^\d+\.\d{3}$/, jpy: /^\d+\.00$/ }[order.currency] ?? /^\d+\.\d{2}$/;
      expect(order.amount, `order ${order.id}`).toMatch(pattern);
      expect(order.refund_amount).toMatch(pattern);
    }
  });

  it('show merged lines, discounts, both interests, shipping and partial refunds', () => {
    expect(lines.some(({ attributes }) => attributes.quantity === 4)).toBe(true);
    for (const field of ['discount_amount', 'installment_interest_amount', 'shipping_interest_amount'] as const) {
      expect(
        orders.some((order) => /[1-9]/.test(order[field])),
        field,
      ).toBe(true);
    }
    expect(orders.some((order) => /[1-9]/.test(order.refund_amount) && order.refund_amount !== order.amount)).toBe(
      true,
    );
    expect(new Set(orders.map((order) => order.orderitem_set.length))).toEqual(new Set([1, 2, 3, 4, 5]));
  });

  it('carry the documented quirks', () => {
    const shipping = orders.map(({ net_shipping_amount }) => net_shipping_amount);
    expect(shipping.some((value) => typeof value === 'string')).toBe(true);
    expect(shipping.some((value) => typeof value === 'number' && Number.isInteger(value))).toBe(true);
    expect(shipping.some((value) => typeof value === 'number' && !Number.isInteger(value))).toBe(true);
    const invoices = new Set(orders.map(({ invoice_number }) => invoice_number));
    expect(invoices.has('') && invoices.has(null)).toBe(true);
    const unsorted = orders.some(({ orderitem_set }) => {
      const ids = orderitem_set.map(({ id }) => id);
      return ids.join() !== [...ids].sort((a, b) => a - b).join();
    });
    expect(unsorted).toBe(true);
    expect(orders.some(({ customer }) => customer.email.endsWith(' '))).toBe(true);
    expect(orders.some(({ number }) => /[a-f]/.test(number))).toBe(true);
    expect(orders.some(({ date_placed }) => !date_placed.includes('.'))).toBe(true);
  });

  it('lie in one fixed year, whatever the clock says', () => {
    for (const order of orders) {
      expect(order.date_placed >= '2025-07-01' && order.date_placed < '2026-06-26', order.date_placed).toBe(true);
    }
  });

  it('have invoice numbers of the Turkish pattern, with the year of the invoice date', () => {
    const broken = new Set<unknown>(
      listPlanted(SEED, orders.length)
        .filter(({ check }) => check === 'invoice.number-format' || check === 'invoice.year')
        .map(({ orderId }) => orderId),
    );
    const sound = [...orders, ...lines].filter((place) => !broken.has('order' in place ? place.order : place.id));
    const invoiced = sound.filter(({ invoice_number }) => invoice_number);
    expect(invoiced.length).toBeGreaterThan(3_000);
    for (const { invoice_number, invoice_date } of invoiced) {
      expect(invoice_number).toMatch(/^[A-Z0-9]{3}20[0-9]{2}[0-9]{9}$/);
      expect(invoice_date).toMatch(/^\d{4}-\d{2}-\d{2}T00:00:00Z$/);
      expect(invoice_date?.slice(0, 4)).toBe(invoice_number?.slice(3, 7));
    }
  });

  it('name invented people only, each recognisable', () => {
    for (const { customer, shipping_address } of orders) {
      expect(customer.first_name).toMatch(/^CANARY-NAME-/);
      expect(customer.email).toMatch(/^CANARY-EMAIL-/);
      expect(String(shipping_address.line)).toMatch(/^CANARY-ADDRESS-/);
    }
  });
});

describe('order numbers', () => {
  it('lead back to the index of the first order that carries them', () => {
    for (const order of orders) {
      const index = order.id - 1_001;
      const found = indexOfNumber(SEED, order.number, orders.length);
      expect(found === index || (found !== null && orders[found]?.number === order.number)).toBe(true);
    }
    expect(indexOfNumber(SEED, orderNumber(SEED, 50), 50)).toBeNull();
    for (const number of ['', 'abc', '0000000012345678', '12345']) {
      expect(indexOfNumber(SEED, number, orders.length)).toBeNull();
    }
  });

  it('are unique but for the pairs that share one across the channels', () => {
    const pairs = sharedNumberIndexes(orders.length);
    expect(pairs[0]).toEqual([4, 11]);
    expect(new Set(orders.map(({ number }) => number)).size).toBe(orders.length - pairs.length);
    for (const [first, second] of pairs) {
      expect(orders[first]?.number).toBe(orders[second]?.number);
      expect([orders[first]?.channel.name, orders[second]?.channel.name]).toEqual(['Shop', 'Marketplace']);
    }
  });
});

describe('texts of amounts and instants', () => {
  it('prints whole units as decimals', () => {
    expect([printAmount(0, 2), printAmount(5, 2), printAmount(-1640, 2), printAmount(12_345, 3)]).toEqual([
      '0.00',
      '0.05',
      '-16.40',
      '12.345',
    ]);
  });

  it('turns amounts into JSON numbers and back', () => {
    expect(['7.00', '8.50', '1.250'].map(asJsonNumber)).toEqual([7, 8.5, 1.25]);
    expect([asAmountText(7, '1.00'), asAmountText(8.5, '1.00'), asAmountText('8.50', '1.000')]).toEqual([
      '7.00',
      '8.50',
      '8.50',
    ]);
  });

  it.each([
    ['2021-07-14T00:00:00.000000Z', '2021-07-14T00:00:00Z'],
    ['2021-07-14T00:00:00Z', '2021-07-14T00:00:00Z'],
    ['2021-07-14T03:00:00+03:00', '2021-07-14T00:00:00Z'],
    ['2021-07-13T19:30:00.250000-0430', '2021-07-14T00:00:00.250000Z'],
    ['2021-07-14T10:20', '2021-07-14T10:20:00Z'],
    ['2021-07-14', null],
    ['2021-02-30T00:00:00Z', null],
    ['14.07.2021', null],
    ['2021-07-14T25:00:00Z', null],
  ])('reads %s as %s', (text, expected) => {
    expect(normaliseInstant(text)).toBe(expected);
  });

  it('prints no fraction of zero', () => {
    expect(printInstant(0, 0)).toBe('1970-01-01T00:00:00Z');
    expect(printInstant(0, 7)).toBe('1970-01-01T00:00:00.000007Z');
  });
});
