import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/main/connections/clock.ts';
import type { Connection } from '../../src/main/connections/connection.ts';
import type { FetchInit, FetchLike } from '../../src/main/omnitron/http-port.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import type { Oms } from '../../src/main/sandbox/oms.ts';
import type { PlantedOmsDifference } from '../../src/main/sandbox/oms-planting.ts';
import type { Sandbox, SandboxOptions } from '../../src/main/sandbox/server.ts';
import { CONTRACT } from '../../src/shared/ipc/contract.ts';
import { formatAmount, parseAmount } from '../../src/shared/money.ts';
import { besideOms } from '../../src/shared/oms.ts';
import type { SyncCause, SyncPlan } from '../../src/shared/sync.ts';
import { steppingClock } from '../support/clocks.ts';
import { closeAfterTest, NOW_MS, tempFolder } from '../support/engine.ts';
import { startSmallSandbox } from '../support/sandbox.ts';
import { openConnectionTo } from '../support/workspace.ts';

const SAMPLES = 2;

function omsOf({ oms }: Sandbox): Oms {
  if (oms === null) throw new Error('OMS is not served');
  return oms;
}

const sourceOf = (sandbox: Sandbox) => ({ url: omsOf(sandbox).baseUrl, token: omsOf(sandbox).token });

interface World {
  sandbox: Sandbox;
  dataDir: string;
  connection: Connection;
  /** Every request that left the program: host and header. */
  sent: { origin: string; authorization: string | undefined; url: string }[];
  sync(cause?: SyncCause, signal?: AbortSignal): ReturnType<Connection['sync']>;
}

/** A connection with OMS to a sandbox; nothing has been pulled yet. */
async function world(options: Partial<SandboxOptions> = {}, clock = systemClock(NOW_MS)): Promise<World> {
  const sandbox = closeAfterTest(await startSmallSandbox({ orders: 130, oms: {}, ...options }));
  const dataDir = tempFolder();
  const sent: World['sent'] = [];
  const fetch: FetchLike = (url, init: FetchInit) => {
    sent.push({ origin: new URL(url).origin, authorization: init.headers.Authorization, url });
    return nodeFetch(url, init);
  };
  const connection = await openConnectionTo(sandbox, { dataDir, fetch, clock });
  await connection.oms.set(sourceOf(sandbox));
  const sync: World['sync'] = (cause = 'manual', signal = new AbortController().signal) =>
    connection.sync({ signal, cause, onProgress: () => undefined });
  return { sandbox, dataDir, connection, sent, sync };
}

/** Every byte of every file below a folder, as text. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

interface WireOms {
  id: number;
  omnitron_id: number;
  number: string;
  state: { enum_value: string };
  orderitem_set: {
    id: number;
    omnitron_id: number;
    product: { sku: string };
    state: { enum_value: string };
    price: string;
    price_currency: string;
    net_amount: string;
    retail_price: string | null;
    discount_amount: string;
    tax_rate: string;
  }[];
}

/** What OMS serves, read the plain way. */
async function served<T>(sandbox: Sandbox, list: string): Promise<T[]> {
  const { url, token } = sourceOf(sandbox);
  const response = await fetch(`${url}/api/v1/oms/${list}/?limit=1000`, {
    headers: { Authorization: `Token ${token}` },
  });
  const { results, count } = (await response.json()) as { results: T[]; count: number };
  const rest = results.length < count ? await Promise.all(pagesAfter(count, results.length, url, list, token)) : [];
  return [...results, ...(rest.flat() as T[])];
}

function pagesAfter(count: number, size: number, url: string, list: string, token: string): Promise<unknown[]>[] {
  return Array.from({ length: Math.ceil(count / size) - 1 }, async (_, index) => {
    const path = `${url}/api/v1/oms/${list}/?limit=1000&page=${index + 2}`;
    const response = await fetch(path, { headers: { Authorization: `Token ${token}` } });
    return ((await response.json()) as { results: unknown[] }).results;
  });
}

const amount = (text: string, currency: string) => formatAmount(parseAmount(text), currency);

/** In what an order differs in OMS, as the program shows it. */
async function differenceShown(connection: Connection, orderId: number): Promise<string[]> {
  const order = await connection.reader.orderDetail({ id: orderId });
  const { order: oms } = await connection.oms.ofOrder({ id: orderId });
  if (oms === null || oms.vanishedAt !== null) return ['missing'];
  const { stateDiffers, lines, strangeInvoices } = besideOms(order, oms);
  const found = new Set(lines.flatMap(({ differs }) => differs));
  return [
    ...(stateDiffers ? ['state'] : []),
    ...(found.has('price') ? ['line-price'] : []),
    ...(found.has('onlyOms') || found.has('onlyOmnitron') ? ['line-count'] : []),
    ...(strangeInvoices.length > 0 ? ['invoice'] : []),
    ...(found.has('state') || found.has('discount') ? ['of a line'] : []),
  ];
}

async function shown({ connection, sandbox }: World): Promise<PlantedOmsDifference[]> {
  const found: { difference: string; orderId: number }[] = [];
  for (const orderId of sandbox.ids()) {
    if ((await connection.reader.orderDetail({ id: orderId })).vanishedAt !== null) continue;
    for (const difference of await differenceShown(connection, orderId)) found.push({ difference, orderId });
  }
  return found as PlantedOmsDifference[];
}

test('300 orders of OMS are held as they are served, and no secret of them anywhere', async () => {
  const { sandbox, dataDir, connection, sync, sent } = await world({ orders: 300 });
  const missing = sandbox.omsPlanted().filter(({ difference }) => difference === 'missing').length;
  const inOms = sandbox.ids().length - missing;
  const summary = await sync();
  const { requests } = sandbox.omsCounts();
  expect(CONTRACT['sync.start'].response.parse(summary)).toEqual(summary);
  const invoices = await served<Record<string, string & number>>(sandbox, 'invoices');
  expect([summary.complete, summary.oms]).toEqual([
    true,
    {
      complete: true,
      orders: inOms + SAMPLES,
      created: inOms + SAMPLES,
      updated: 0,
      unchanged: 0,
      quarantined: 0,
      notSeen: 0,
      // All but the one that checked the address.
      requests: Object.values(requests).reduce((sum, count) => sum + count, -1),
      remoteCount: inOms + SAMPLES,
      invoices: invoices.length,
    },
  ]);
  expect(invoices.length).toBeGreaterThan(100);

  const answers: string[] = [];
  const rows = await served<WireOms>(sandbox, 'orders');
  expect(rows).toHaveLength(inOms + SAMPLES);
  for (const row of rows.slice(SAMPLES)) {
    const answer = await connection.oms.ofOrder({ id: row.omnitron_id });
    CONTRACT['orders.oms'].response.parse(answer);
    answers.push(JSON.stringify(answer));
    expect(answer.order, row.number).toEqual({
      id: row.id,
      omnitronId: row.omnitron_id,
      number: row.number,
      state: row.state.enum_value,
      lines: row.orderitem_set
        .toSorted((a, b) => a.id - b.id)
        .map((line) => ({
          id: line.id,
          omnitronId: line.omnitron_id,
          sku: line.product.sku,
          state: line.state.enum_value,
          currency: line.price_currency,
          price: amount(line.price, line.price_currency),
          netAmount: amount(line.net_amount, line.price_currency),
          retailPrice: line.retail_price === null ? null : amount(line.retail_price, line.price_currency),
          discount: amount(line.discount_amount, line.price_currency),
          taxRate: amount(line.tax_rate, ''),
        })),
      invoices: invoices
        .filter(({ order }) => order === row.id)
        .map(({ id, number, invoice_type: type, status }) => ({ id, number, type, status })),
      readAt: new Date(NOW_MS).toISOString(),
      vanishedAt: null,
    });
  }
  const kept = everythingIn(dataDir);
  // The search finds what is there; OMS's credentials and customers are not.
  expect(kept).toContain('2291090711512921');
  for (const secret of ['CANARY', 'Viale Edoardo', 'MILANO', '39.92076300', 'REDACTED', omsOf(sandbox).token])
    for (const [place, text] of [
      ['files', kept],
      ['answers', answers.join()],
    ])
      expect(text?.includes(secret), `${secret} in ${place}`).toBe(false);
  expect(sent.every(({ url }) => !/CANARY|token/i.test(url))).toBe(true);
});

test('every planted difference shows, and no other; the amounts are those of the lines', async () => {
  const own = await world({ orders: 300 });
  await own.sync();
  expect(await shown(own)).toEqual(own.sandbox.omsPlanted());
  const priced = own.sandbox.omsPlanted().find(({ difference }) => difference === 'line-price');
  const id = priced?.orderId ?? 0;
  const order = own.sandbox.order(id);
  const { order: oms } = await own.connection.oms.ofOrder({ id });
  const [first] = order?.orderitem_set ?? [];
  const theirs = oms?.lines.find(({ omnitronId }) => omnitronId === first?.id);
  const units = parseAmount(theirs?.price ?? '') - parseAmount(first?.price ?? '');
  expect(units).toBe(parseAmount('1'));
});

test('edits, new and removed orders are followed, and what comes back is there again', async () => {
  const own = await world();
  const { sandbox, connection, sync } = own;
  await sync();
  const plain = sandbox.ids().filter((id) => sandbox.omsPlanted().every(({ orderId }) => orderId !== id));
  const [edited = 0, removed = 0] = plain.slice(30);
  sandbox.edit(edited, { fields: { status: '545' } });
  const [added = 0] = sandbox.insert();
  sandbox.remove(removed);
  const second = await connection.sync({
    signal: new AbortController().signal,
    onProgress: () => undefined,
    request: { mode: 'full' },
  });
  expect(second.oms).toMatchObject({ complete: true, created: 1, updated: 1 });
  expect((await connection.oms.ofOrder({ id: edited })).order?.state).toBe('545');
  expect((await connection.oms.ofOrder({ id: added })).order?.number).toBe(sandbox.order(added)?.number);
  expect((await connection.oms.ofOrder({ id: removed })).order?.vanishedAt).toBe(new Date(NOW_MS).toISOString());
  expect((await shown(own)).filter(({ difference }) => difference !== 'missing')).toEqual(
    sandbox.omsPlanted().filter(({ difference }) => difference !== 'missing'),
  );
  const third = await sync();
  expect(third.oms).toMatchObject({ complete: true, created: 0, updated: 0, unchanged: third.oms?.remoteCount });
});

test('with OMS down, the run with Omnitron completes and says so; what was held of OMS stays', async () => {
  const { sandbox, connection, sync } = await world({}, steppingClock(NOW_MS, 30_000));
  await sync();
  const [id = 0] = sandbox.ids().slice(40);
  const before = await connection.oms.ofOrder({ id });
  for (const action of [
    { kind: 'status', code: 503 },
    { kind: 'status', code: 401 },
    { kind: 'dropBefore' },
    { kind: 'html', status: 200 },
    { kind: 'body', text: '{"count": 3, "next": null, "results": null}' },
    { kind: 'redirect', location: 'https://example.com/' },
  ] as const) {
    sandbox.setOmsFaults([{ match: {}, action }]);
    const summary = await sync();
    expect([summary.complete, summary.oms?.complete], JSON.stringify(action)).toEqual([true, false]);
    expect(summary.oms?.problem?.message, JSON.stringify(action)).not.toMatch(/Omnitron/);
    expect(CONTRACT['sync.start'].response.parse(summary)).toEqual(summary);
  }
  expect(before.order).not.toBeNull();
  expect(await connection.oms.ofOrder({ id })).toEqual(before);
  sandbox.setOmsFaults([]);
  expect((await sync()).oms).toMatchObject({ complete: true, created: 0 });
});

test('the run log keeps what each run read of OMS, and a plan tells of it with its requests', async () => {
  const clock = steppingClock(NOW_MS, 30_000);
  const { sandbox, connection, sync } = await world({}, clock);
  const omsStep = ({ steps }: SyncPlan): unknown => steps.find(({ step }) => step === 'oms');
  const loggedRun = async () => (await connection.reader.runs({ offset: 0, limit: 1 })).rows[0];

  // Before it was read, nobody knows how much there is; afterwards the pages of both lists.
  const unknown = await connection.planSync({ mode: 'auto' });
  expect([omsStep(unknown), unknown.requests]).toEqual([{ step: 'oms', requests: null }, null]);
  const first = await sync();
  const { oms: { orders: _orders, invoices: _invoices, complete: _complete, ...counts } = {} } = first;
  expect(await loggedRun()).toMatchObject({
    id: first.run,
    state: 'complete',
    requests: first.requests,
    oms: { ...counts, state: 'complete', problem: null },
  });
  const planned = await connection.planSync({ mode: 'full' });
  expect(omsStep(planned)).toEqual({ step: 'oms', requests: expect.any(Number) });
  const [omnitrons = 0, payments = 0, oms = 0] = planned.steps.map(({ requests }) => requests ?? 0);
  // Payments are not added up with the others: most runs read none.
  expect(payments).toBe(150);
  expect([oms, planned.requests]).toEqual([first.oms?.requests, omnitrons + oms]);
  expect(oms).toBeGreaterThan(6);

  sandbox.remove(sandbox.ids()[40] ?? 0);
  sandbox.setOmsFaults([{ match: { path: 'invoices' }, action: { kind: 'status', code: 400 } }]);
  await sync();
  const incomplete = await loggedRun();
  expect(incomplete).toMatchObject({
    problem: null,
    oms: { state: 'incomplete', notSeen: 1, problem: { code: 'REQUEST_REJECTED' } },
  });
  expect(incomplete?.plan?.steps.at(-1)).toMatchObject({ step: 'oms' });
  sandbox.setOmsFaults([{ match: {}, action: { kind: 'status', code: 401 } }]);
  await sync();
  expect(await loggedRun()).toMatchObject({ oms: { state: 'failed', requests: 1, remoteCount: null } });

  // A run that leaves OMS alone neither plans it nor keeps anything of it.
  sandbox.setOmsFaults([]);
  await sync();
  await sync('interval');
  const left = await loggedRun();
  expect([left?.cause, left?.oms, left?.plan === null ? null : omsStep(left?.plan ?? planned)]).toEqual([
    'interval',
    null,
    undefined,
  ]);
});

test('neither server ever sees the other’s token', async () => {
  const { sandbox, sync, sent } = await world();
  await sync();
  sandbox.setOmsFaults([{ match: { nth: 2 }, action: { kind: 'redirect', location: sandbox.baseUrl } }]);
  await sync();
  const { baseUrl, token } = omsOf(sandbox);
  const seen = (origin: string) =>
    new Set(sent.filter((each) => each.origin === origin).map((each) => each.authorization));
  expect(seen(sandbox.baseUrl)).toEqual(new Set([`Token ${sandbox.token}`]));
  expect(seen(baseUrl)).toEqual(new Set([`Token ${token}`]));
  expect(new Set(sent.map(({ origin }) => origin))).toEqual(new Set([sandbox.baseUrl, baseUrl]));
});

test('a row that is not as documented is set aside, counted once and let out again', async () => {
  const { sandbox, connection, sync } = await world();
  await sync();
  sandbox.setOmsFaults([
    { match: { path: 'orders', page: 2 }, action: { kind: 'malformedRow', index: 0, row: 'lines-missing' } },
  ]);
  const second = await sync();
  expect(second.oms).toMatchObject({ complete: true, quarantined: 1 });
  // The window's frame counts what the list of rows put aside holds: those of both sources.
  expect((await connection.state()).lastSync?.quarantined).toBe(1);
  const rows = await served<WireOms>(sandbox, 'orders');
  expect((await connection.oms.ofOrder({ id: rows[100]?.omnitron_id ?? 0 })).order?.vanishedAt).toBeNull();
  sandbox.setOmsFaults([]);
  expect((await sync()).oms).toMatchObject({ complete: true, quarantined: 0, created: 0, updated: 0 });
});

test('a tenant whose OMS serves no invoices gives orders without', async () => {
  const { sandbox, sync } = await world();
  sandbox.setOmsFaults([{ match: { path: 'invoices' }, action: { kind: 'status', code: 404 } }]);
  expect((await sync()).oms).toMatchObject({ complete: true, invoices: null });
  sandbox.setOmsFaults([{ match: { path: 'invoices' }, action: { kind: 'status', code: 400 } }]);
  expect((await sync()).oms).toMatchObject({ complete: false, problem: { code: 'REQUEST_REJECTED' } });
});

test('a reading that was cancelled begins anew and ends equal', async () => {
  const own = await world();
  const { sandbox, connection } = own;
  const stop = new AbortController();
  const cancelled = await connection.sync({
    signal: stop.signal,
    onProgress: ({ phase, pagesDone }) => {
      if (phase === 'oms' && pagesDone === 2) stop.abort();
    },
  });
  expect([cancelled.complete, cancelled.oms?.problem?.code]).toEqual([true, 'CANCELLED']);
  expect((await connection.oms.ofOrder({ id: sandbox.ids()[0] ?? 0 })).readAt).toBeNull();
  await own.sync();
  expect(await shown(own)).toEqual(sandbox.omsPlanted());
});

test('runs that nobody asked for read OMS once an hour, all others always', async () => {
  const clock = steppingClock(NOW_MS, 30_000);
  const { sync } = await world({ orders: 20 }, clock);
  expect((await sync('interval')).oms?.complete).toBe(true);
  expect((await sync('interval')).oms).toBeUndefined();
  expect((await sync('command')).oms?.complete).toBe(true);
  for (let minutes = 0; minutes < 60; minutes += 0.25) await clock.sleep(15_000);
  expect((await sync('resume')).oms?.complete).toBe(true);
  // The clock is set back by a day: the last reading lies ahead, and nobody knows how long ago it was.
  await clock.sleep(-24 * 3_600_000);
  expect((await sync('interval')).oms?.complete).toBe(true);
  expect((await sync('interval')).oms).toBeUndefined();
});

test('a host or a token that is wrong leaves the OMS as it was; another host forgets what was held', async () => {
  const { sandbox, connection, sync } = await world();
  await sync();
  const { url, token } = sourceOf(sandbox);
  for (const [source, code] of [
    [{ url, token: sandbox.token }, 'SIGN_IN_REFUSED'],
    [{ url, token: ' ' }, 'TOKEN_MISSING'],
    [{ url: 'http://shop.example.com', token }, 'URL_INVALID'],
    [{ url: sandbox.baseUrl, token: sandbox.token }, 'NOT_FOUND'],
  ] as const) {
    await expect(connection.oms.set(source), code).rejects.toThrow(expect.objectContaining({ code }));
  }
  expect((await connection.state()).omsUrl).toBe(url);
  const [id = 0] = sandbox.ids().slice(40);
  expect((await connection.oms.ofOrder({ id })).order).not.toBeNull();
  const other = closeAfterTest(await startSmallSandbox({ orders: 5, oms: {} }));
  await connection.oms.set(sourceOf(other));
  expect(await connection.oms.ofOrder({ id })).toEqual({ order: null, readAt: null });
  await connection.oms.set(null);
  expect((await connection.state()).omsUrl).toBeUndefined();
  expect((await sync()).oms).toBeUndefined();
});
