import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import { createReader } from '../../src/main/engine/reader.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import type { JsonObject, WireLine, WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { isCancelled } from '../../src/shared/cancellations.ts';
import type { CorrectionRow, NewCorrection } from '../../src/shared/corrections.ts';
import { DEFAULT_CONTROL } from '../../src/shared/users.ts';
import { bundled } from '../support/bundled.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, storeOrders, tempFolder } from '../support/engine.ts';
import { type Death, PUSH_STEPS, type PushEntry } from '../support/push-entry.ts';
import { seededRandom, testSeed } from '../support/random.ts';
import { type SandboxHere, sandboxHere } from '../support/sandbox-here.ts';
import { type SentWrite, serveSession, type WatchedShop, watchShop } from '../support/watched-shop.ts';

const KILLS = Number(process.env.MUTABAKAT_PUSH_KILLS ?? 200);
/** A process gets through two or three of them before it is killed. */
const ORDERS = Math.max(650, KILLS * 4);
/** What another user of Omnitron writes. */
const THEIRS = 'THEIRS-1';

type Between = (least: number, most: number) => number;

/** When the parent kills: on the nth printed line, or before or after the nth request is carried out; `delayMs` later. */
type Moment =
  | { by: 'line' | 'request before' | 'request after'; nth: number; delayMs: number }
  | { by: 'itself'; death: Death };

interface World {
  folder: string;
  shop: SandboxHere;
  watched: WatchedShop;
  entries: readonly PushEntry[];
  entriesFile: string;
  /** What the corrections were made over, by `order ID` and `line ID`. */
  bases: Map<string, JsonObject>;
  /** Orders that another user has changed in a field that a correction sets. */
  changed: Set<number>;
  /** What was sent that must not have been. */
  wrong: string[];
}

const isNone = (value: unknown): boolean => value === null || value === undefined || value === '';
const isSame = (a: unknown, b: unknown): boolean => a === b || (isNone(a) && isNone(b));

/** Corrections of every shape, and now and then a call that starts a cancellation; each of an order of its own. */
function entriesOf(shop: SandboxHere, cancellationOf: (order: WireOrder) => PushEntry | null): PushEntry[] {
  const shared = new Set(shop.sharedNumbers().flatMap(({ orderIds }) => orderIds));
  const orders = shop.ids().flatMap((id) => (id < 1_000 || shared.has(id) ? [] : (shop.order(id) ?? [])));
  return orders.flatMap((order, place): PushEntry[] => {
    const { id: orderId, is_send: sent } = order;
    const [line] = order.orderitem_set;
    const ofLine = (set: NewCorrection['set']): PushEntry[] =>
      line === undefined
        ? []
        : [{ kind: 'correction', orderId, correction: { target: { kind: 'line', lineId: line.id }, set } }];
    const number = `PSH2026${String(orderId).padStart(9, '0')}`;
    if (place % 7 === 0) return [cancellationOf(order)].filter((entry) => entry !== null);
    if (place % 7 === 1) return ofLine({ tracking_number: `TRK${orderId}` });
    if (place % 7 === 2) return ofLine({ 'extra_field.erp_ref': `ERP-${orderId}` });
    if (place % 7 === 3 && !sent) {
      return [
        { kind: 'correction', orderId, correction: { target: { kind: 'order', orderId }, set: { is_send: true } } },
      ];
    }
    return ofLine({
      invoice_number: number,
      invoice_date: '2026-10-30',
      e_archive_url: `https://earsiv.example.com/${orderId}`,
    });
  });
}

/** A folder that holds every order, in which calls that start a cancellation are allowed. */
async function createWorld(): Promise<World> {
  const folder = tempFolder();
  const shop = sandboxHere({ orders: ORDERS, seed: 7, now: () => NOW_MS });
  const writer = createWriter(folder);
  const headers = { Authorization: `Token ${shop.token}` };
  const init = { method: 'GET', headers, redirect: 'manual', credentials: 'omit', cache: 'no-store' } as const;
  const { signal } = new AbortController();
  for (let page = 1; page <= Math.ceil(shop.ids().length / 100); page += 1) {
    const { body } = await shop.fetch(`${shop.baseUrl}/api/i1/orders/?limit=100&page=${page}`, { ...init, signal });
    storeOrders(writer, new Uint8Array(await new Response(body).arrayBuffer()), { end: 'incomplete' });
  }
  writer.setControl({ rules: { ...DEFAULT_CONTROL, cancellationCalls: true }, reason: 'As agreed', nowMs: NOW_MS });
  const reader = createReader(
    folder,
    () => 0,
    () => NOW_MS,
  );
  const entries = entriesOf(shop, ({ id: orderId, orderitem_set: lines }) => {
    if (lines.some((line) => isCancelled({ status: line.status, cancelStatus: line.cancel_status }))) return null;
    const choice = { all: true, lines: [], cargo: false };
    const reasons = lines.map(({ id: line }) => ({ line, reason: 7 })).sort((a, b) => a.line - b.line);
    const worth = reader.cancellationAmount({ orderId, ...choice });
    return {
      kind: 'cancellation',
      orderId,
      cancellation: { ...choice, orderId, reasons, refundInvoiceNumber: null, ...worth },
    };
  });
  reader.close();
  writer.close();
  const entriesFile = join(folder, 'entries.json');
  writeFileSync(entriesFile, JSON.stringify(entries));
  const wrong: string[] = [];
  const bases = basesOf(shop);
  const watched = watchShop(shop, (write) => wrong.push(...problemsOf(write, bases.get(write.subject))));
  return { folder, shop, watched, entries, entriesFile, bases, changed: new Set(), wrong };
}

/** What orders and lines held when they were read for the first time, which every correction was made over. */
function basesOf(shop: SandboxHere): Map<string, JsonObject> {
  const orders = shop.ids().flatMap((id) => shop.order(id) ?? []);
  const ofOrder = (order: WireOrder): [string, JsonObject] => [`order ${order.id}`, { ...order }];
  const ofLine = (line: WireLine): [string, JsonObject] => [`line ${line.id}`, { ...line }];
  return new Map(orders.flatMap((order) => [ofOrder(order), ...order.orderitem_set.map(ofLine)]));
}

/** Before a write nothing but what the correction was made over may have been read last, and not nothing at all. */
function problemsOf({ subject, body, shown }: SentWrite, base: JsonObject | undefined): string[] {
  if (subject.startsWith('cancellation')) return [];
  if (shown === null) return [`${subject} was written without reading it first`];
  const over = Object.keys(body).filter((field) =>
    field === 'extra_field' ? !isSame(refOf(shown), refOf(base)) : !isSame(shown[field], base?.[field]),
  );
  return over.map(
    (field) => `${subject}: ${field} was written over ${JSON.stringify(shown[field])}, which had been read`,
  );
}

function refOf(line: JsonObject | undefined): unknown {
  return (line?.extra_field as JsonObject | undefined)?.erp_ref;
}

/** Another user changes what a correction sets, unless it has been sent already. */
function changeElsewhere({ shop, watched, changed }: World, entry: PushEntry): void {
  if (entry.kind !== 'correction' || entry.correction.target.kind !== 'line' || changed.has(entry.orderId)) return;
  const { lineId } = entry.correction.target;
  if (watched.writes.some(({ subject }) => subject === `line ${lineId}`)) return;
  const [field = ''] = Object.keys(entry.correction.set);
  const theirs = field.startsWith('extra_field.') ? { extra_field: { erp_ref: THEIRS } } : { [field]: THEIRS };
  shop.edit(entry.orderId, { lines: { [lineId]: theirs } });
  changed.add(entry.orderId);
}

/** One process, until it is killed or has done its work. @returns the whole lines that it printed, and how it ended */
async function pushInChild(
  world: World,
  moment: Moment | null,
  random: () => number,
): Promise<{ printed: string[]; ending: unknown }> {
  const { shop, watched, entries, entriesFile, folder } = world;
  let kill: () => unknown = () => undefined;
  let requests = 0;
  const strike = (): unknown => {
    if (moment === null || moment.by === 'itself') return undefined;
    return moment.delayMs === 0 ? kill() : setTimeout(kill, moment.delayMs);
  };
  const session = await serveSession(watched.session(), (when) => {
    if (when === 'before') requests += 1;
    const by = `request ${when}`;
    if (moment !== null && moment.by !== 'itself' && moment.by === by && requests === moment.nth) strike();
    // Now and then somebody else is faster, before a reading or between it and the write.
    const entry = entries[Math.floor(random() * 400)];
    if (moment !== null && random() < 0.06 && entry !== undefined) changeElsewhere(world, next(entry));
  });
  let printed = '';
  /** The entry that is on its way, mostly; else any. */
  function next(any: PushEntry): PushEntry {
    const orderId = Number(/queued \d+ (\d+)\n(?!.*queued)/s.exec(printed)?.[1] ?? 0);
    return entries.find((each) => each.orderId === orderId && random() < 0.7) ?? any;
  }
  const death = moment?.by === 'itself' ? JSON.stringify(moment.death) : '';
  const child = spawn(
    process.execPath,
    [bundled('test/support/push-child.ts'), folder, session.baseUrl, shop.token, entriesFile, `${NOW_MS}`, death],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  kill = () => child.kill('SIGKILL');
  let lines = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = lines;
    printed += text;
    lines = printed.split('\n').length - 1;
    if (moment?.by === 'line' && before < moment.nth && lines >= moment.nth) strike();
  });
  const [code, signal] = await once(child, 'close');
  await session.close();
  return { printed: printed.split('\n').slice(0, -1), ending: signal ?? code };
}

function randomMoment(between: Between, run: number): Moment {
  const kind = run % 3;
  if (kind === 0) {
    const step = PUSH_STEPS[Math.floor(run / 3) % PUSH_STEPS.length] ?? 'pushCompare';
    const rare = ['submitEverything', 'beginPushing', 'endPushing'].includes(step) || /ancel/.test(step);
    return {
      by: 'itself',
      death: { step, when: between(0, 1) === 0 ? 'before' : 'after', nth: rare ? 1 : between(1, 3) },
    };
  }
  const delayMs = between(0, 2) * between(0, 4);
  if (kind === 1) return { by: 'line', nth: between(1, 30), delayMs };
  return { by: between(0, 1) === 0 ? 'request before' : 'request after', nth: between(1, 9), delayMs };
}

/** What the folder says of the corrections, by their ids, and whether its file is sound. */
function storedIn(folder: string): { orders: Map<number, number>; check: unknown } {
  const file = openSqlite(join(folder, 'local.db'), { readonly: true });
  try {
    const rows = file.prepare<[], [number, number]>('SELECT id, order_id FROM corrections').raw().all();
    return { orders: new Map(rows), check: file.pragma('quick_check', { simple: true }) };
  } finally {
    file.close();
  }
}

/** Whether the server holds what a correction wanted. */
function isThere(shop: SandboxHere, row: CorrectionRow): boolean {
  const order = shop.order(row.order.id);
  if (row.lineId === null) return order?.is_send === true;
  const line = order?.orderitem_set.find(({ id }) => id === row.lineId);
  if (line === undefined) return false;
  return row.fields.every(({ field, target }) => {
    if (field === 'invoice_date') return Date.parse(String(line.invoice_date)) === Date.parse(String(target));
    if (field === 'extra_field.erp_ref') return line.extra_field.erp_ref === target;
    return Object.entries(line).find(([name]) => name === field)?.[1] === target;
  });
}

function allRows(folder: string): { rows: CorrectionRow[]; audit: unknown } {
  const reader = createReader(
    folder,
    () => 0,
    () => NOW_MS,
  );
  const rows: CorrectionRow[] = [];
  for (let offset = 0; ; offset += 500) {
    const page = reader.correctionsList({ states: [], batch: null, offset, limit: 500 });
    rows.push(...page.rows);
    if (rows.length >= page.total) break;
  }
  const audit = reader.auditVerify({ keys: [] });
  reader.close();
  return { rows, audit };
}

test(`a push that is killed ${KILLS} times loses no correction, writes over nothing that it had read, and ends at its targets`, {
  timeout: Math.max(600_000, KILLS * 3_000),
}, async () => {
  const seed = testSeed();
  const random = seededRandom(seed);
  const between: Between = (least, most) => least + Math.floor(random() * (most - least + 1));
  const world = await createWorld();
  const { folder, watched, entries, wrong, changed } = world;
  const reported = new Map<number, number>();
  let killed = 0;
  for (let run = 0; killed < KILLS; run += 1) {
    const moment = randomMoment(between, run);
    const at = `seed ${seed}, run ${run}, ${JSON.stringify(moment)}`;
    const { printed, ending } = await pushInChild(world, moment, random);
    expect(['SIGKILL', 0], at).toContain(ending);
    if (ending === 'SIGKILL') killed += 1;
    for (const line of printed) {
      const [, id, order] = /^queued (\d+) (\d+)$/.exec(line) ?? [];
      if (id !== undefined) reported.set(Number(id), Number(order));
    }
    const stored = storedIn(folder);
    expect(stored.check, at).toBe('ok');
    const lost = [...reported].filter(([id, order]) => stored.orders.get(id) !== order);
    expect(lost, at).toEqual([]);
    expect(wrong, at).toEqual([]);
    expect(stored.orders.size, `${at}: there are too few orders`).toBeLessThan(entries.length);
  }
  expect(await pushInChild(world, null, random)).toMatchObject({ ending: 0 });
  expect(wrong, `seed ${seed}`).toEqual([]);
  checkEnd(world, `seed ${seed}`);

  // A person keeps what was wanted, over what the others wrote: then everything is at its target.
  const conflicts = allRows(folder).rows.filter(({ state }) => state === 'conflict');
  const ids = conflicts.filter(({ cancellation }) => cancellation === null).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(0);
  const writer = closeAfterTest(createWriter(folder));
  expect(writer.requeueCorrections({ ids, timeZone: ISTANBUL, nowMs: NOW_MS })).toEqual({ queued: ids.length });
  writer.close();
  for (const [subject, present] of basesOf(world.shop)) world.bases.set(subject, present);
  expect(await pushInChild(world, null, random)).toMatchObject({ ending: 0 });
  expect(wrong, `seed ${seed}`).toEqual([]);
  checkEnd(world, `seed ${seed}, kept`);
  expect(
    allRows(folder).rows.filter(({ state, cancellation }) => state === 'conflict' && cancellation === null),
  ).toEqual([]);
  process.stdout.write(
    `kill during push, seed ${seed}: ${killed} kills, ${reported.size} corrections, ${watched.writes.length} writes, ${changed.size} changes elsewhere, ${ids.length} conflicts\n`,
  );
});

/** Every correction is settled, and the server holds what its state says. */
function checkEnd({ folder, shop, watched, changed }: World, at: string): void {
  const { rows, audit } = allRows(folder);
  expect(audit, at).toMatchObject({ ok: true });
  for (const row of rows) {
    const its = `${at}, correction ${row.id} of order ${row.order.id}: ${row.state}`;
    if (row.cancellation !== null) {
      expect(['applied', 'rejected', 'unknown', 'conflict'], its).toContain(row.state);
      const calls = watched.writes.filter(({ subject }) => subject === `cancellation ${row.order.id}`).length;
      expect(calls, its).toBeLessThanOrEqual(1);
      const carriedOut = shop.counts().writes[`cancellation ${row.order.id}`] ?? 0;
      expect(carriedOut, its).toBe(row.state === 'applied' ? 1 : 0);
    } else if (row.state === 'withdrawn') {
      expect(row.successor, its).not.toBeNull();
    } else if (row.state === 'conflict') {
      expect(changed, its).toContain(row.order.id);
      expect(isThere(shop, row), its).toBe(false);
    } else {
      expect(row.state, its).toBe('applied');
      expect(isThere(shop, row), its).toBe(true);
    }
  }
}
