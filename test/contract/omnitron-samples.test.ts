import { describe, expect, it } from 'vitest';
import type { MappedOrder } from '../../src/main/omnitron/mapped-order.ts';
import { parseOrder, parseOrderFields, parseOrdersPage } from '../../src/main/omnitron/parse-page.ts';
import { formatAmount, type Micros } from '../../src/shared/money.ts';
import { readSample, sampleBytes } from '../support/samples.ts';

type Json = Record<string, unknown>;

/** Omnitron's names of every amount that is kept, beside ours. */
const ORDER_AMOUNTS: [string, keyof MappedOrder][] = [
  ['amount', 'amount'],
  ['shipping_amount', 'shippingAmount'],
  ['discount_amount', 'discountAmount'],
  ['installment_interest_amount', 'installmentInterestAmount'],
  ['shipping_interest_amount', 'shippingInterestAmount'],
  ['refund_amount', 'refundAmount'],
  ['discount_refund_amount', 'discountRefundAmount'],
  ['shipping_refund_amount', 'shippingRefundAmount'],
];

/** Every text of a JSON value. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** Puts a text that can be recognised into every place of a JSON value that holds text, null or an object without keys. */
function plant(value: unknown, path: string, planted: string[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => plant(item, `${path}.${index}`, planted));
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, plant(item, `${path}.${key}`, planted)]),
    );
  }
  if (typeof value === 'boolean') return value;
  const canary = `canary${planted.length}-${path}`;
  planted.push(canary);
  return typeof value === 'object' && value !== null ? { free: canary } : canary;
}

/** Where the recognisable texts in a parser's answer came from. */
function plantedPaths(answer: unknown): string[] {
  const canaries = textsOf(answer).filter((text) => text.startsWith('canary'));
  return canaries.map((text) => text.replace(/^canary\d+-\./, ''));
}

function expectUnchanged(order: MappedOrder, wire: Json): void {
  for (const [theirs, ours] of ORDER_AMOUNTS) {
    expect([theirs, formatAmount(order[ours] as Micros, order.currency)]).toEqual([theirs, wire[theirs]]);
  }
  const net = formatAmount(order.netShippingAmount ?? -1n, order.currency);
  expect(net).toBe(Number(wire.net_shipping_amount).toFixed(2));
  const wireLines = (wire.orderitem_set as Json[]).toSorted((a, b) => Number(a.id) - Number(b.id));
  expect(order.lines.map((line) => line.id)).toEqual(wireLines.map((line) => line.id));
  for (const [index, line] of order.lines.entries()) {
    const theirs = wireLines[index] ?? {};
    expect(formatAmount(line.price, line.currency)).toBe(theirs.price);
    expect(formatAmount(line.taxRate ?? -1n, line.currency)).toBe(theirs.tax_rate);
    expect(formatAmount(line.discountAmount ?? -1n, line.currency)).toBe(theirs.discount_amount);
    expect(line).toMatchObject({
      sku: theirs.product_sku,
      status: theirs.status,
      currency: theirs.price_currency,
      cancelStatus: theirs.cancel_status,
      invoiceNumber: theirs.invoice_number,
      invoiceDate: theirs.invoice_date,
      eArchiveUrl: theirs.e_archive_url,
      trackingNumber: theirs.tracking_number,
      shippingCompany: theirs.shipping_company,
      quantity: null,
    });
  }
  expect(order).toMatchObject({
    id: wire.id,
    number: wire.number,
    channel: (wire.channel as Json | undefined)?.name ?? null,
    status: wire.status,
    datePlaced: wire.date_placed,
    datePlacedMs: Date.parse(String(wire.date_placed)),
    currency: wire.currency,
    sent: wire.is_send,
    invoiceNumber: wire.invoice_number,
    invoiceDate: wire.invoice_date,
    eArchiveUrl: wire.e_archive_url,
    paymentOption: wire.payment_option_slug,
    installmentCount: wire.installment_count,
    trackingNumber: wire.tracking_number,
  });
}

describe('documented samples', () => {
  it.each(['get-orders.json', 'erp-pending-orders.json'])('%s: every amount and field arrives unchanged', (name) => {
    const wire = readSample(name);
    const page = parseOrdersPage(sampleBytes(name));
    expect([page.count, page.hasNext]).toEqual([595, true]);
    expect(page.rows).toHaveLength(2);
    for (const [index, row] of page.rows.entries()) {
      if (!row.ok) throw new Error(`${row.bad.path}: ${row.bad.code}`);
      expectUnchanged(row.order, (wire.results as Json[])[index] ?? {});
    }
  });

  it('order-by-number.json: every amount and field arrives unchanged', () => {
    expectUnchanged(parseOrder(sampleBytes('order-by-number.json')), readSample('order-by-number.json'));
  });

  it('oms-orders.json is another application: its rows are refused one by one', () => {
    const page = parseOrdersPage(sampleBytes('oms-orders.json'));
    expect(page.rows.length).toBeGreaterThan(0);
    expect(page.rows.every((row) => !row.ok)).toBe(true);
  });
});

describe('the allow-list', () => {
  /** The texts of an order that may leave the parser, in the order of the mapping. */
  const ALLOWED = [
    'number',
    'channel.name',
    'status',
    'invoice_number',
    'e_archive_url',
    'payment_option_slug',
    'tracking_number',
    'orderitem_set.0.product_sku',
    'orderitem_set.0.status',
    'orderitem_set.0.cancel_status',
    'orderitem_set.0.invoice_number',
    'orderitem_set.0.e_archive_url',
    'orderitem_set.0.tracking_number',
    'orderitem_set.0.shipping_company',
  ];
  const REQUIRED = [
    'id',
    'date_placed',
    'currency',
    'amount',
    'invoice_date',
    'installment_count',
    'price',
    'tax_rate',
  ];

  function planted(name: string): { body: Uint8Array; canaries: string[] } {
    const sample = readSample(name);
    const canaries: string[] = [];
    const copy = plant(sample, '', canaries) as Json;
    restore(copy, sample);
    const line = (copy.orderitem_set as Json[] | undefined)?.[0];
    if (line !== undefined) restore(line, (sample.orderitem_set as Json[])[0] ?? {});
    return { body: new TextEncoder().encode(JSON.stringify(copy)), canaries };
  }

  /** Fields that must have their own form keep it, or the row would only be refused. */
  function restore(copy: Json, sample: Json): void {
    for (const key of Object.keys(copy)) {
      if (REQUIRED.includes(key) || /amount$/.test(key) || key === 'price_currency' || key === 'pk')
        copy[key] = sample[key];
    }
  }

  it('lets nothing else of an order through', () => {
    const { body, canaries } = planted('order-by-number.json');
    expect(canaries.length).toBeGreaterThan(60);
    expect(plantedPaths(parseOrder(body))).toEqual(ALLOWED);
  });

  it('lets nothing of the credentials in a detailed order through', () => {
    const { body, canaries } = planted('order-detailed-integration.json');
    expect(canaries.length).toBeGreaterThan(100);
    const fields = parseOrderFields(body);
    expect(Object.keys(fields).sort()).toEqual(['e_archive_url', 'id', 'invoice_date', 'invoice_number', 'is_send']);
    expect(textsOf(fields).map((text) => text.replace(/^canary\d+-\./, ''))).toEqual([
      'invoice_number',
      'e_archive_url',
    ]);
  });
});
