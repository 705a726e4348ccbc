import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wireBody } from '../../src/main/corrections/compare.ts';
import { parseLineFields } from '../../src/main/omnitron/parse-page.ts';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import type { JsonObject, WireLine } from '../../src/main/sandbox/wire-types.ts';
import { correctionField } from '../../src/shared/corrections.ts';
import { readSample } from '../support/samples.ts';
import { ask, patch, read, SAMPLES_DIR, startSmallSandbox } from '../support/sandbox.ts';

const ORDER = 1_001;
let sandbox: Sandbox;
let line: WireLine;

beforeEach(async () => {
  sandbox = await startSmallSandbox({ now: () => Date.UTC(2026, 6, 1, 8, 30) });
  const first = sandbox.order(ORDER)?.orderitem_set[0];
  if (first === undefined) throw new Error('order 1001 has no line');
  line = first;
});
afterEach(() => sandbox.close());

const patchLine = (body: unknown) => patch(sandbox, `/api/v1/order_items/${line.id}/`, body);
const lineNow = () => sandbox.order(ORDER)?.orderitem_set.find(({ id }) => id === line.id);

describe('PATCH /api/v1/orders/{pk}/', () => {
  it('sets is_send and answers the flat order', async () => {
    sandbox.edit(ORDER, { fields: { is_send: false } });
    const { status, body } = await patch(sandbox, `/api/v1/orders/${ORDER}/`, { is_send: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ pk: ORDER, is_send: true, channel: expect.any(Number), customer: expect.any(Number) });
    expect(body.modified_date).toBe('2026-07-01T08:30:00.000000Z');
    expect(sandbox.order(ORDER)?.is_send).toBe(true);
    expect(sandbox.counters.writes).toEqual({ [`order ${ORDER}`]: 1 });
  });

  it('answers the 47 documented keys', async () => {
    const detailed = readSample('order-detailed-integration.json') as { transaction_set: [{ order: JsonObject }] };
    const { body } = await patch(sandbox, `/api/v1/orders/${ORDER}/`, {});
    expect(Object.keys(body).sort()).toEqual(Object.keys(detailed.transaction_set[0].order).sort());
    expect(typeof body.net_shipping_amount).toBe('string');
    expect((await patch(sandbox, '/api/v1/orders/1/', {})).body.net_shipping_amount).toBe('7.00');
  });

  it('ignores every other field', async () => {
    const before = sandbox.order(ORDER);
    const { status } = await patch(sandbox, `/api/v1/orders/${ORDER}/`, { amount: '1.00', invoice_number: 'X', id: 5 });
    expect(status).toBe(200);
    expect(sandbox.order(ORDER)).toEqual(before);
    expect(sandbox.counters.writes).toEqual({});
  });

  it.each(['true', 1, null, {}])('refuses %j as is_send', async (value) => {
    const { status, body } = await patch(sandbox, `/api/v1/orders/${ORDER}/`, { is_send: value });
    expect(status).toBe(400);
    expect(body).toEqual({ is_send: ['Must be a valid boolean.'], code: 'invalid' });
  });

  it('changes what the filters find', async () => {
    const count = async (flag: string) => Number((await read(sandbox, `/api/i1/orders/?is_send=${flag}`)).count);
    const [sent, unsent] = [await count('True'), await count('False')];
    await patch(sandbox, '/api/v1/orders/27/', { is_send: false });
    expect([await count('True'), await count('False')]).toEqual([sent - 1, unsent + 1]);
    const page = await read(sandbox, '/api/i1/orders/?is_send=False&limit=1');
    expect((page.results as JsonObject[])[0]?.id).toBe(27);
  });

  it('answers 404 for an unknown order and 400 for a body that is no object', async () => {
    expect((await patch(sandbox, '/api/v1/orders/5/', { is_send: true })).status).toBe(404);
    expect((await patch(sandbox, `/api/v1/orders/${ORDER}/`, [1])).body).toEqual({
      non_field_errors: ['Invalid data. Expected a dictionary, but got list.'],
      code: 'invalid',
    });
    const broken = await ask(sandbox, `/api/v1/orders/${ORDER}/`, { method: 'PATCH', body: '{' });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toEqual({ detail: 'JSON parse error.', code: 'parse_error' });
  });
});

describe('PATCH /api/v1/order_items/{pk}/', () => {
  it('writes the invoice and answers the date as an instant, the order untouched', async () => {
    const before = sandbox.order(ORDER);
    const { status, body } = await patchLine({
      invoice_number: 'ABC2026000000001',
      invoice_date: '2026-05-04T00:00:00.000000Z',
      e_archive_url: 'https://earsiv.example.com/fatura/ABC2026000000001',
    });
    expect(status).toBe(200);
    const expected = {
      invoice_number: 'ABC2026000000001',
      invoice_date: '2026-05-04T00:00:00Z',
      e_archive_url: 'https://earsiv.example.com/fatura/ABC2026000000001',
    };
    expect(body).toMatchObject({ pk: line.id, ...expected, modified_date: '2026-07-01T08:30:00.000000Z' });
    expect(lineNow()).toEqual({ ...line, ...expected });
    const { orderitem_set: _after, ...head } = sandbox.order(ORDER) ?? { orderitem_set: [] };
    const { orderitem_set: _before, ...headBefore } = before ?? { orderitem_set: [] };
    expect(head).toEqual(headBefore);
    expect(sandbox.counters.writes).toEqual({ [`line ${line.id}`]: 1 });
  });

  it('shows the change in every reading', async () => {
    await patchLine({ tracking_number: 'T-1', shipping_company: 'aras' });
    const number = sandbox.order(ORDER)?.number;
    const readings = [
      await read(sandbox, `/api/v1/order_items/${line.id}/`),
      await read(sandbox, `/api/i1/orders/${number}/`),
      await read(sandbox, '/api/i1/orders/?limit=100'),
      await read(sandbox, `/api/v1/order_items/?order=${ORDER}`),
    ];
    for (const reading of readings) expect(JSON.stringify(reading)).toContain('"tracking_number":"T-1"');
  });

  it('answers a line with every field that a correction sets', async () => {
    const set = {
      invoice_number: 'ABC2026000000001',
      invoice_date: '2026-01-05',
      e_archive_url: 'https://earsiv.example.com/1',
      tracking_number: 'T-1',
      shipping_company: 'aras',
      status: '500',
      cancel_status: 'rejected',
      'extra_field.note': { a: ['1'] },
    } as const;
    const fields = Object.entries(set).map(([field, target]) => ({ field: correctionField.parse(field), target }));
    expect((await patchLine(wireBody(fields as Parameters<typeof wireBody>[0]))).status).toBe(200);
    const answer = await ask(sandbox, `/api/v1/order_items/${line.id}/`);
    const parsed = parseLineFields(new TextEncoder().encode(JSON.stringify(await answer.json())), ['note', 'other']);
    const read = { ...set, invoice_date: '2026-01-05T00:00:00Z', 'extra_field.other': null };
    expect(parsed).toEqual({ id: line.id, ...read });
  });

  it('merges extra_field and replaces attributes and attributes_kwargs', async () => {
    await patchLine({ extra_field: { a: 1, b: 2 }, attributes: { x: 'y' }, attributes_kwargs: { k: { v: 1 } } });
    const { body } = await patchLine({ extra_field: { b: 3, c: 4 }, attributes: { z: true }, attributes_kwargs: {} });
    expect(body).toMatchObject({ extra_field: { a: 1, b: 3, c: 4 } });
    expect(body.attributes).toEqual({ z: true });
    expect(body.attributes_kwargs).toEqual({});
  });

  it('takes none for what can be empty', async () => {
    const none = { invoice_number: '', invoice_date: null, e_archive_url: null, tracking_number: null };
    expect((await patchLine(none)).status).toBe(200);
    expect(lineNow()).toMatchObject(none);
  });

  it('ignores what cannot be written', async () => {
    const { status } = await patchLine({ price: '1.00', order: 2, product_sku: 'x', constructor: 1, nothing: [] });
    expect(status).toBe(200);
    expect(lineNow()).toEqual(line);
    expect(sandbox.counters.writes).toEqual({});
  });

  it.each([
    [{ status: '999' }, 'status', '"999" is not a valid choice.'],
    [{ status: null }, 'status', 'This field may not be null.'],
    [{ status: 550 }, 'status', '"550" is not a valid choice.'],
    [{ cancel_status: 'manual_refund_need' }, 'cancel_status', '"manual_refund_need" is not a valid choice.'],
    [{ invoice_number: 5 }, 'invoice_number', 'Not a valid string.'],
    [{ invoice_number: 'x'.repeat(129) }, 'invoice_number', 'Ensure this field has no more than 128 characters.'],
    [{ tracking_number: 'x'.repeat(257) }, 'tracking_number', 'Ensure this field has no more than 256 characters.'],
    [{ invoice_date: '2026-05-04' }, 'invoice_date', expect.stringContaining('Datetime has wrong format.')],
    [{ invoice_date: 20_260_504 }, 'invoice_date', expect.stringContaining('Datetime has wrong format.')],
    [{ e_archive_url: 'no address' }, 'e_archive_url', 'Enter a valid URL.'],
    [{ e_archive_url: 'ftp://a.example/x' }, 'e_archive_url', 'Enter a valid URL.'],
    [{ shipping_company: 'ARAS' }, 'shipping_company', '"ARAS" is not a valid choice.'],
    [{ extra_field: 'x' }, 'extra_field', 'Expected a dictionary of items.'],
    [{ attributes: { quantity: 4 } }, 'attributes', 'Not a valid string or boolean.'],
    [{ attributes_kwargs: { a: 1 } }, 'attributes_kwargs', 'Expected a dictionary of items.'],
  ])('refuses %j and changes nothing', async (body, field, message) => {
    const answer = await patchLine({ invoice_number: 'GOOD', ...body });
    expect(answer).toEqual({ status: 400, body: { [field]: [message], code: 'invalid' } });
    expect(lineNow()).toEqual(line);
  });

  it('allows the moves of a cancellation but the documented illegal ones', async () => {
    const code = 'OrderUpdateCancelStatusException';
    expect((await patchLine({ cancel_status: 'approved' })).status).toBe(200);
    expect(await patchLine({ cancel_status: 'confirmed' })).toEqual({
      status: 406,
      body: { detail: 'Cancel status cannot change from approved to confirmed.', code },
    });
    expect((await patchLine({ cancel_status: 'approved' })).status).toBe(200);
    expect((await patchLine({ cancel_status: 'waiting_for_payment' })).status).toBe(200);
    for (const next of ['waiting', 'confirmation_waiting', 'confirmed', 'approved', 'rejected']) {
      expect(await patchLine({ cancel_status: next })).toMatchObject({ status: 400, body: { code } });
    }
    expect((await patchLine({ cancel_status: 'completed' })).status).toBe(200);
    expect(lineNow()?.cancel_status).toBe('completed');
  });

  it('works on the lines of the samples', async () => {
    const { status } = await patch(sandbox, '/api/v1/order_items/113/', { invoice_number: 'S1' });
    expect(status).toBe(200);
    expect(sandbox.order(27)?.orderitem_set[0]?.invoice_number).toBe('S1');
    expect(sandbox.order(27)?.invoice_number).toBe('');
  });
});

describe('another user', () => {
  it('changes orders and lines past every rule', async () => {
    sandbox.edit(ORDER, { fields: { amount: '1.00', status: '999' }, lines: { [line.id]: { price: '2.00' } } });
    const order = await read(sandbox, `/api/i1/orders/${sandbox.order(ORDER)?.number}/`);
    expect(order).toMatchObject({ amount: '1.00', status: '999' });
    expect(lineNow()?.price).toBe('2.00');
    expect(sandbox.counters.writes).toEqual({});
  });

  it('cannot change an order that is not there', () => {
    expect(() => sandbox.edit(5, { fields: { is_send: true } })).toThrow('no order with the id 5');
  });
});

describe('the state file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps changes over a restart', async () => {
    const stateFile = join(folder, 'state.json');
    const first = await startSmallSandbox({ stateFile });
    await patch(first, '/api/v1/orders/27/', { is_send: false });
    await patch(first, `/api/v1/order_items/${line.id}/`, { invoice_number: 'KEPT', extra_field: { a: 1 } });
    const expected = [first.order(27), first.order(ORDER)];
    const modified = (await read(first, `/api/v1/order_items/${line.id}/`)).modified_date;
    await first.close();
    const second = await startSmallSandbox({ stateFile });
    expect([second.order(27), second.order(ORDER)]).toEqual(expected);
    expect(second.order(27)?.is_send).toBe(false);
    expect((await read(second, `/api/v1/order_items/${line.id}/`)).modified_date).toBe(modified);
    await second.close();
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  it('is refused when it is damaged or from another store', async () => {
    const stateFile = join(folder, 'state.json');
    writeFileSync(stateFile, '{"version":1,"seed":7,"chan');
    await expect(startSmallSandbox({ stateFile })).rejects.toThrow('is damaged. Delete it');
    writeFileSync(stateFile, '{"version":1,"seed":8,"changes":{}}');
    await expect(startSmallSandbox({ stateFile })).rejects.toThrow('belongs to a demo store with seed 8, not 7');
  });

  it('tells a failing write as a server error', async () => {
    const own = await startSmallSandbox({ stateFile: join(folder, 'missing', 'state.json') });
    expect((await patch(own, '/api/v1/orders/27/', { is_send: false })).status).toBe(500);
    await own.close();
  });
});

describe('the samples', () => {
  it('are required', async () => {
    await expect(startSmallSandbox({ samplesDir: join(SAMPLES_DIR, 'nowhere') })).rejects.toThrow(
      'Point the sandbox at the folder of the samples.',
    );
  });
});
