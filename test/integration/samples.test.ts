import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHECKING, ISTANBUL, orderFilter, startEngine, storeOrders } from '../support/engine.ts';
import { readSample, sampleBytes } from '../support/samples.ts';

interface SampleOrder extends Record<string, unknown> {
  id: number;
  orderitem_set: Record<string, unknown>[];
}

const SAMPLES: SampleOrder[] = [
  ...(readSample('get-orders.json').results as SampleOrder[]),
  readSample('order-by-number.json') as SampleOrder,
];

function storedSamples() {
  const engine = startEngine();
  storeOrders(engine.writer, SAMPLES);
  engine.writer.runChecks(CHECKING);
  return engine;
}

/** Two decimals: what every documented sample writes, but for net_shipping_amount's 7, 8.5 and "8.50". */
const twoDecimals = (value: unknown): string => Number(value).toFixed(2);

test('every amount of the documented orders comes out as it went in', () => {
  const reader = storedSamples().reader();
  expect(SAMPLES.map(({ id }) => id)).toEqual([1, 2, 27]);
  for (const sample of SAMPLES) {
    const detail = reader.orderDetail({ id: sample.id });
    expect(detail).toMatchObject({
      number: sample.number,
      currency: sample.currency,
      refund: sample.refund_amount,
      discountRefund: sample.discount_refund_amount,
      shippingRefund: sample.shipping_refund_amount,
      netShipping: twoDecimals(sample.net_shipping_amount),
      footing: {
        amount: sample.amount,
        shipping: sample.shipping_amount,
        discount: sample.discount_amount,
        installmentInterest: sample.installment_interest_amount,
        shippingInterest: sample.shipping_interest_amount,
        expected: sample.amount,
        difference: '0.00',
      },
    });
    const lines = [...sample.orderitem_set].sort((a, b) => Number(a.id) - Number(b.id));
    expect(
      detail.lines.map(({ price, taxRate, discount, interest }) => ({ price, taxRate, discount, interest })),
    ).toEqual(
      lines.map((line) => ({
        price: line.price,
        taxRate: line.tax_rate,
        discount: line.discount_amount,
        interest: line.installment_interest_amount,
      })),
    );
  }
});

test('the documented orders yield no finding', () => {
  expect(storedSamples().reader().overview().openFindings).toBe(0);
});

test('the pending list of the ERP, which lacks channel and customer id, is read as well', () => {
  const engine = startEngine();
  const body = sampleBytes('erp-pending-orders.json');
  expect(storeOrders(engine.writer, new Uint8Array(body))).toMatchObject({ created: 2, quarantined: 0 });
});

test('no name, address, telephone, e-mail or IP address of the samples reaches the files', () => {
  const engine = storedSamples();
  const everything = orderFilter();
  engine.reader().ordersWindow({
    filter: everything,
    sort: { column: 'number', direction: 'asc' },
    timeZone: ISTANBUL,
    offset: 0,
    limit: 10,
  });
  engine.writer.close();
  const bytes = readdirSync(engine.folder)
    .map((name) => readFileSync(join(engine.folder, name), 'latin1'))
    .join('');
  expect(bytes).toContain('1055565228112825');
  for (const secret of [
    'example@email.com',
    'test@test.com',
    'Lorem',
    '05XXXXXXXX',
    '895-4431',
    '213.194.76.106',
    'Viale',
    '325a79ac',
    '454360',
  ]) {
    expect(bytes, secret).not.toContain(secret);
  }
});
