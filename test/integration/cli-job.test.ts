import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVERY_BLOCK } from '../../src/main/sandbox/plants/every-block.ts';
import type { CorrectionRow } from '../../src/shared/corrections.ts';
import { type Finding, findingSchema } from '../../src/shared/findings.ts';
import { syncSummary } from '../../src/shared/sync.ts';
import { type CliStore, cliStore, syncedStore } from '../support/cli-store.ts';
import { readCsv } from '../support/csv-reader.ts';
import { orderOf } from '../support/findings.ts';
import { readSample } from '../support/samples.ts';

/** What a report shows of a documented order. */
interface SampleOrder {
  number: string;
  amount: string;
  refund_amount: string;
  shipping_amount: string;
  discount_amount: string;
  installment_interest_amount: string;
  shipping_interest_amount: string;
  orderitem_set: { price: string }[];
}

/** A push of which nothing came. */
const NOTHING = { applied: 0, conflict: 0, rejected: 0, unknown: 0, waiting: 0, undecided: 0 };
/** The number of the batch at this place in its year. */
const numbered = (seq: number): unknown => expect.stringMatching(new RegExp(`^\\d{4}-${`${seq}`.padStart(4, '0')}$`));

/** One block of the generator and a bit: it holds every kind that each block has. */
const ORDERS = 320;

describe('one store', () => {
  let store: CliStore;
  beforeAll(async () => {
    store = await syncedStore({ orders: ORDERS });
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
  });

  /** What shows without the payments of any order: those that a sync reads are of orders found by the orders alone. */
  const visible = () => store.sandbox.planted().filter(({ needs }) => needs === 'orders');
  const findings = async (...args: string[]): Promise<Finding[]> => {
    const run = await store.run('findings', '--json', ...args);
    expect(run.code).toBe(0);
    return run.json().findings as Finding[];
  };

  it('a second sync meets the same orders', async () => {
    const run = await store.run('sync', '--json');
    expect(run.code).toBe(0);
    const summary = syncSummary.parse(run.json());
    const held = ORDERS + 3;
    expect(summary).toMatchObject({ complete: true, orders: held, remoteCount: held, quarantined: 0, notSeen: 0 });
    expect(summary).toMatchObject({ created: 0, updated: 0, unchanged: held, pages: 6, retries: 0 });
  });

  it('finds every planted discrepancy and no other', async () => {
    const found = await findings();
    for (const finding of found) findingSchema.parse(finding);
    const key = (check: string, id: number): string => `${check} ${id}`;
    expect(found.map((finding) => key(finding.check, orderOf(finding).id)).sort()).toEqual(
      visible()
        .map(({ check, orderId }) => key(check, orderId))
        .sort(),
    );
    const checks = new Set(found.map(({ check }) => check));
    for (const { check } of EVERY_BLOCK.flatMap((kind) => kind?.trips ?? [])) expect(checks).toContain(check);
  });

  it('filters findings by check and period, and by the instant that --now names', async () => {
    const all = await findings();
    const only = await findings('--check', 'amount.total');
    expect(only).toEqual(all.filter(({ check }) => check === 'amount.total'));
    expect(await findings('--to', '2010-01-01')).toEqual([]);
    expect(await findings('--check', 'erp.not-sent', '--now', '2010-01-01T00:00:00Z')).toEqual([]);
  });

  it('reconcile counts what findings lists, and its totals are the orders of the store', async () => {
    const run = await store.run('reconcile', '--json');
    expect(run.code).toBe(0);
    const all = await findings();
    const byCheck: Record<string, number> = {};
    for (const { check } of all) byCheck[check] = (byCheck[check] ?? 0) + 1;
    const { orders, totals, findings: counts } = run.json();
    expect(counts).toEqual({ total: all.length, open: all.length, byCheck });
    expect(orders).toBe(ORDERS + 3);
    expect(totals).toEqual(storeTotals(store));
  });

  it.each([
    ['2019-06-17', { try: { orders: 1, amount: '107.00', refund: '0.00' } }],
    ['2019-06-18', { try: { orders: 1, amount: '207.00', refund: '0.00' } }],
    ['2017-01-30', { try: { orders: 1, amount: '16.40', refund: '0.00' } }],
  ])('the documented order of %s keeps its amount', async (day, totals) => {
    const run = await store.run('reconcile', '--from', day, '--to', day, '--json');
    expect(run.json()).toMatchObject({ orders: 1, totals, findings: { total: 0, open: 0, byCheck: {} } });
  });

  it.each(['xlsx', 'csv'] as const)('writes the report as %s with the same totals', async (format) => {
    const out = join(store.folder, `report.${format}`);
    const run = await store.run('report', '--kind', 'reconciliation', '--format', format, '--out', out, '--json');
    expect(run.code).toBe(0);
    const file = await readFile(out);
    expect(run.json()).toEqual({
      path: out,
      rows: ORDERS + 3 + visible().length,
      totals: storeTotals(store),
      sha256: createHash('sha256').update(file).digest('hex'),
    });
  });

  it('asks which order is meant when a number fits two channels', async () => {
    const [shared] = store.sandbox.sharedNumbers();
    const run = await store.run(
      'corrections',
      'add',
      '--order',
      shared?.number ?? '',
      '--set',
      'is_send=true',
      '--json',
    );
    expect(run.code).toBe(2);
    const error = run.json().error as { code: string; message: string; candidates: { id: number }[] };
    expect(error.code).toBe('NUMBER_AMBIGUOUS');
    expect(error.candidates.map(({ id }) => id).sort()).toEqual([...(shared?.orderIds ?? [])].sort());
    for (const id of shared?.orderIds ?? []) expect(error.message).toContain(String(id));
  });

  it('corrections reach the store; a conflict and a refusal need a person', async () => {
    const notSent = (await findings('--check', 'erp.not-sent')).map(orderOf);
    const [first, second] = notSent;
    const missing = (await findings('--check', 'invoice.missing')).map(orderOf).find(({ id }) => id !== first?.id);
    const line = store.sandbox.order(missing?.id ?? 0)?.orderitem_set[0]?.id ?? 0;
    if (first === undefined || second === undefined || missing === undefined) throw new Error('the store is too small');

    const add = (...args: string[]) => store.run('corrections', 'add', '--json', ...args);
    expect((await add('--order', first.number, '--set', 'is_send=true')).json()).toEqual({
      id: 1,
      state: 'queued',
      warnings: [],
    });
    const set = ['--set', 'invoice_number=ABC2026000000001', '--set', 'invoice_date=2026-01-31'];
    expect((await add('--line', `${line}`, ...set)).json()).toEqual({ id: 2, state: 'queued', warnings: [] });
    const push = await store.run('corrections', 'push', '--json');
    expect([push.code, push.json()]).toEqual([0, { batch: numbered(1), ...NOTHING, applied: 2 }]);
    expect(store.sandbox.order(first.id)?.is_send).toBe(true);
    const corrected = store.sandbox.order(missing.id)?.orderitem_set.find(({ id }) => id === line);
    expect(corrected?.invoice_number).toBe('ABC2026000000001');
    expect(Date.parse(String(corrected?.invoice_date))).toBe(Date.UTC(2026, 0, 31));
    expect((await findings()).map((finding) => `${finding.check} ${orderOf(finding).id}`)).not.toContain(
      `erp.not-sent ${first.id}`,
    );

    expect((await add('--line', `${line}`, '--set', 'invoice_number=ABC2026000000002')).code).toBe(0);
    store.sandbox.edit(missing.id, { lines: { [line]: { invoice_number: 'OTHER' } } });
    const conflict = await store.run('corrections', 'push', '--json');
    expect([conflict.code, conflict.json()]).toEqual([
      1,
      { batch: numbered(2), ...NOTHING, conflict: 1, undecided: 1 },
    ]);

    store.sandbox.setFaults([{ match: { method: 'PATCH' }, action: { kind: 'status', code: 403 } }]);
    expect((await add('--order-id', `${second.id}`, '--set', 'is_send=true')).code).toBe(0);
    const rejected = await store.run('corrections', 'push', '--json');
    expect([rejected.code, rejected.json()]).toEqual([
      1,
      { batch: numbered(3), ...NOTHING, rejected: 1, undecided: 2 },
    ]);
    store.sandbox.setFaults([]);

    const list = await store.run('corrections', 'list', '--json');
    const rows = list.json().corrections as CorrectionRow[];
    expect(rows.map(({ id, state }) => [id, state])).toEqual([
      [4, 'rejected'],
      [3, 'conflict'],
      [2, 'applied'],
      [1, 'applied'],
    ]);
    expect(rows[3]).toMatchObject({ order: { id: first.id, number: first.number }, lineId: null });
  });

  it('people get sentences and tables, programs one object', async () => {
    const words = await store.run('reconcile');
    expect(words.stdout).toMatch(/^323 orders, \d+ findings, \d+ open\.\n\nCurrency +Orders +Amount +Refund\n/);
    expect((await store.run('findings')).stdout).toContain('Check');
    expect((await store.run('corrections', 'list')).stdout).toContain('Change');
    const json = await store.run('reconcile', '--json');
    expect(json.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(json.stderr).toBe('');
  });

  it('the token is in no file of the data folder', async () => {
    const files = await readdir(join(store.folder, 'data'), { recursive: true, withFileTypes: true });
    const held = files.filter((file) => file.isFile());
    expect(held.length).toBeGreaterThan(2);
    for (const file of held) {
      expect((await readFile(join(file.parentPath, file.name))).includes(store.sandbox.token)).toBe(false);
    }
  });
});

describe('the documented samples alone', () => {
  it('yield no finding, and their amounts add up unchanged', async () => {
    await using store = await syncedStore({ orders: 0 });
    const amounts = ['get-orders.json', 'order-by-number.json'].flatMap((name) => {
      const sample = readSample(name);
      const orders = (sample.results ?? [sample]) as { amount: string }[];
      return orders.map(({ amount }) => Number(amount.replace('.', '')));
    });
    const cents = amounts.reduce((sum, each) => sum + each, 0);
    const run = await store.run('reconcile', '--json');
    expect(run.json()).toMatchObject({
      orders: 3,
      totals: { try: { orders: 3, amount: `${Math.floor(cents / 100)}.${cents % 100}`, refund: '0.00' } },
      findings: { total: 0, open: 0, byCheck: {} },
    });
    expect((await store.run('findings', '--json')).json()).toEqual({ findings: [] });
  });

  it('stand in a report with every amount as Omnitron wrote it', async () => {
    await using store = await syncedStore({ orders: 0 });
    const out = join(store.folder, 'samples.csv');
    const report = ['report', '--kind', 'reconciliation', '--format', 'csv', '--out', out];
    expect((await store.run(...report)).code).toBe(0);
    const rows = readCsv((await readFile(out, 'utf8')).slice(1), ',');
    const columns = rows.find((row) => row.includes('Order number') && row.includes('Amount')) ?? [];
    const samples = ['get-orders.json', 'order-by-number.json'].flatMap((name) => {
      const sample = readSample(name);
      return (sample.results ?? [sample]) as SampleOrder[];
    });
    expect(samples).toHaveLength(3);
    for (const sample of samples) {
      const row = rows.find((each) => each[columns.indexOf('Order number')] === sample.number) ?? [];
      const shown = (column: string) => row[columns.indexOf(column)];
      expect([shown('Amount'), shown('Refund')]).toEqual([sample.amount, sample.refund_amount]);
      expect([shown('Shipping'), shown('Discount')]).toEqual([sample.shipping_amount, sample.discount_amount]);
      const sum = (amounts: string[]) => amounts.reduce((total, each) => total + Number(each), 0).toFixed(2);
      expect(shown('Lines')).toBe(sum(sample.orderitem_set.map(({ price }) => price)));
      expect(shown('Interest')).toBe(sum([sample.installment_interest_amount, sample.shipping_interest_amount]));
    }
  });
});

describe('connect', () => {
  it('cuts the path off and keeps other connections apart', async () => {
    await using store = await cliStore({ orders: 5 });
    const { baseUrl } = store.sandbox;
    const made = await store.run('connect', '--base-url', `${baseUrl}/api/i1/`, '--connection', 'shop', '--json');
    expect([made.code, made.json()]).toEqual([0, { connection: 'shop', baseUrl, remoteCount: 8 }]);
    const unknown = await store.run('sync', '--json');
    expect([unknown.code, (unknown.json().error as { code: string }).code]).toEqual([5, 'CONNECTION_UNKNOWN']);
    expect((await store.run('sync', '--connection', 'shop')).code).toBe(0);
  });
});

/** Totals as the sandbox's own orders give them, added up in whole millionths by another way than the program's. */
function storeTotals({ sandbox }: CliStore): Record<string, { orders: number; amount: string; refund: string }> {
  const sums = new Map<string, { orders: number; amount: bigint; refund: bigint }>();
  const ids = [1, 2, 27, ...Array.from({ length: sandbox.size - 3 }, (_, index) => 1001 + index)];
  for (const id of ids) {
    const order = sandbox.order(id);
    if (order === null) throw new Error(`The sandbox has no order ${id}.`);
    const sum = sums.get(order.currency) ?? { orders: 0, amount: 0n, refund: 0n };
    sum.orders += 1;
    sum.amount += millionths(String(order.amount));
    sum.refund += millionths(String(order.refund_amount));
    sums.set(order.currency, sum);
  }
  const decimals: Record<string, number> = { jpy: 0, kwd: 3 };
  return Object.fromEntries(
    [...sums].map(([currency, { orders, amount, refund }]) => {
      const text = (sum: bigint): string => decimalText(sum, decimals[currency] ?? 2);
      return [currency, { orders, amount: text(amount), refund: text(refund) }];
    }),
  );
}

function millionths(text: string): bigint {
  const [whole = '', part = ''] = text.split('.');
  return BigInt(`${whole}${part.padEnd(6, '0')}`);
}

function decimalText(sum: bigint, decimals: number): string {
  const digits = sum.toString().padStart(7, '0');
  const part = digits.slice(-6, decimals === 0 ? -6 : digits.length - 6 + decimals);
  return decimals === 0 ? digits.slice(0, -6) : `${digits.slice(0, -6)}.${part}`;
}
