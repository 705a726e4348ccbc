import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openSqlite } from '../../src/main/database/open.ts';
import { parseJsonLiterals } from '../../src/main/omnitron/json-literals.ts';
import { firstFault } from '../../src/main/omnitron/parse-page.ts';
import { wireOrder } from '../../src/main/omnitron/wire.ts';
import { AppError } from '../../src/shared/errors.ts';
import { canariesIn, canariesInFiles, canaryOrder } from '../support/canaries.ts';
import { closeAfterTest, NOW_MS, startEngine } from '../support/engine.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const BODIES = Number(process.env.MUTABAKAT_BODIES ?? 10_000);
const ROWS = 2;
const COMPARED = BODIES / 2;
/** Far above what pages of this size need, far below what a leak of all of them would take. */
const MOST_HEAP = 400 * 1024 * 1024;

type Row = Record<string, unknown>;
type Between = (least: number, most: number) => number;
/** A change of one row; `bad` says whether it is the contract's order afterwards, judged without the parser. */
interface Change {
  bad: boolean;
  apply(row: Row): unknown;
}

const set =
  (field: string, value: unknown): Change['apply'] =>
  (row) => ({ ...row, [field]: value });
const without =
  (field: string): Change['apply'] =>
  ({ [field]: _dropped, ...rest }) =>
    rest;
const inLine =
  (change: (line: Row) => unknown): Change['apply'] =>
  (row) => {
    const [first, ...others] = row.orderitem_set as Row[];
    return { ...row, orderitem_set: [change(first ?? {}), ...others] };
  };
/** A value that stands in the JSON as it is written here, quotes or none. */
const RAW = 'raw json:';
const raw = (text: string): string => `${RAW}${text}`;
const nested = (depth: number): string => `${'{"a":['.repeat(depth)}0${']}'.repeat(depth)}`;

const BAD_MONEY = [null, '', '1e3', '1,00', '1.0000000', '+1', ' 1', 'NaN', true, {}, [], '9'.repeat(40)];
const BAD_MONEY_RAW = ['1e400', '1E2', '-1e-2', '9'.repeat(300), '0.1234567'];
const bad = (apply: Change['apply']): Change => ({ bad: true, apply });
const good = (apply: Change['apply']): Change => ({ bad: false, apply });

const CHANGES: Change[] = [
  ...['amount', 'number', 'status', 'date_placed', 'currency', 'is_send', 'orderitem_set', 'id'].flatMap((field) => [
    bad(without(field)),
    bad(set(field, null)),
    bad(set(field, { any: 1 })),
    bad(set(field, raw(nested(60)))),
  ]),
  ...BAD_MONEY.map((value) => bad(set('amount', value))),
  ...BAD_MONEY_RAW.map((text) => bad(set('amount', raw(text)))),
  ...BAD_MONEY.map((value) => bad(inLine((line) => ({ ...line, price: value })))),
  ...['shipping_amount', 'refund_amount', 'net_shipping_amount'].flatMap((field) => [
    bad(set(field, 'x')),
    bad(set(field, raw('1e9'))),
    good(set(field, null)),
    good(set(field, '')),
    good(without(field)),
    good(set(field, raw('-0.000001'))),
  ]),
  ...[0, -1, '1.5', 'x', '', '9007199254740993', true].map((value) => bad(set('id', value))),
  ...['2026-02-31T10:00:00Z', '2026-01-01', '2026-01-01T10:00:00', '', 'yesterday'].map((value) =>
    bad(set('date_placed', value)),
  ),
  ...['true', 1, 0, 'yes'].map((value) => bad(set('is_send', value))),
  ...['', 'x'.repeat(17), 5.5, []].map((value) => ({ ...bad(set('currency', value)), bad: value !== 5.5 })),
  ...['x', {}, 7, [null], ['x'], [[]], [{}]].map((value) => bad(set('orderitem_set', value))),
  bad(inLine((line) => ({ ...line, id: null }))),
  bad(inLine(({ price: _price, ...line }) => line)),
  bad((row) => ({ ...row, orderitem_set: [...(row.orderitem_set as Row[]), ...(row.orderitem_set as Row[])] })),
  bad((row) => ({
    ...row,
    orderitem_set: (row.orderitem_set as Row[]).map((line) => ({ ...line, price: '900000000000' })),
  })),
  ...[null, 5, 'x', [], {}, true].map((value) => bad(() => value)),
  // Members of a prototype are no members: what only they hold is missing.
  bad(({ amount: _amount, ...row }) => ({ ...row, [`${RAW}__proto__`]: { amount: '1.00' } })),
  bad(({ orderitem_set: _lines, ...row }) => ({ ...row, constructor: { prototype: { orderitem_set: [] } } })),
  good((row) => ({ ...row, [`${RAW}__proto__`]: { is_send: 'x', amount: null } })),
  good((row) => ({ ...row, constructor: null, prototype: 5, toString: 'x', hasOwnProperty: [] })),
  // Of members with the same name the last counts, as in every JSON reader of ours.
  good((row) => ({ amount: null, ...row, [`${RAW}amount`]: '1.00' })),
  bad((row) => ({ ...row, [`${RAW}amount`]: 'x' })),
  good(set('extra_field', raw(nested(2_000)))),
  good(set('number', raw('12345678901234567890'))),
  good(set('amount', raw('12.5'))),
  good(set('number', 'N\u0000\ud800\u001f\u2028')),
  good(set('orderitem_set', [])),
  good(set('channel', null)),
  good(set('something_new', { any: [1, 2, 3] })),
  good((row) => row),
];

/** JSON with raw values and members as they were planted. */
function jsonOf(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll(/"raw json:((?:[^"\\]|\\.)*)":/g, '"$1":')
    .replaceAll(/"raw json:((?:[^"\\]|\\.)*)"/g, (_all, text: string) => JSON.parse(`"${text}"`) as string);
}

const ENVELOPES: ((rows: string) => string)[] = [
  (rows) => rows,
  (rows) => `{"results": ${rows}}`,
  (rows) => `{"count": -1, "next": null, "results": ${rows}}`,
  (rows) => `{"count": 1e3, "next": null, "results": ${rows}}`,
  (rows) => `{"count": 12345678901, "next": null, "results": ${rows}}`,
  (rows) => `{"count": null, "next": null, "results": ${rows}}`,
  (rows) => `{"count": 3, "results": ${rows}}`,
  (rows) => `{"count": 3, "next": {}, "results": ${rows}}`,
  (rows) => `{"count": 3, "next": null, "results": {"0": ${rows}}}`,
  () => '{"count": 3, "next": null, "results": null}',
  (rows) => `{"data": {"count": 3, "next": null, "results": ${rows}}}`,
  (rows) => `{"count": 3, "next": null, "__proto__": {"results": ${rows}}}`,
  (rows) => `{"count": 3, "next": null, "results": ${rows}, "results": 1}`,
  (rows) => `{"count": 3, "next": null, "results": ${rows}`,
  (rows) => `{"count": 3, "next": null, "results": ${rows}}}`,
  (rows) => `<html>${rows}</html>`,
  () => 'null',
  () => '""',
  () => '',
  () => '['.repeat(100_000),
  () => `{"count": 3, "next": null, "results": ${nested(50_000)}}`,
];

/**
 * The name of a sensitive value that loses `bin_` with four bytes, and is the order's number then: of no other name can a
 * few bytes make one that may be kept. Bodies whose bytes are changed go without it.
 */
const SHORTENS = 'bin_number';

/** Changes a few bytes, so few that no value can end up under another name. */
function mutateBytes(bytes: Buffer, between: Between): Buffer {
  let body = bytes;
  for (let steps = between(1, 2); steps > 0; steps -= 1) {
    const at = between(0, body.length - 1);
    const kind = between(0, 4);
    const [head, tail] = [body.subarray(0, at), body.subarray(at)];
    if (kind === 0) body = Buffer.from(head);
    if (kind === 1) body = Buffer.concat([head, tail.subarray(between(1, 6))]);
    if (kind === 2) body = Buffer.concat([head, tail.subarray(0, between(1, 6)), tail]);
    if (kind === 3)
      body = Buffer.concat([head, Buffer.from([0xc3, 0x28, 0xff, 0xed, 0xa0].slice(0, between(1, 5))), tail]);
    if (kind === 4 && tail.length > 0) tail[0] = (tail[0] ?? 0) ^ (1 << between(0, 7));
    if (body.length === 0) return body;
  }
  return body;
}

const FAR_AWAY = 700_000_000_000;

/** A body and, where it can be told without the parser, what must become of it. */
interface Body {
  bytes: Buffer;
  expected: 'refused' | { bad: number; good: number } | null;
}

function makeBody(place: number, between: Between): Body {
  const way = between(0, 9);
  // A changed byte may turn an id into another: no id of a body that is judged may come of that.
  const firstId = place + (way < 5 ? FAR_AWAY : 0);
  const orders = Array.from({ length: ROWS }, (_, index) => canaryOrder(firstId + index));
  if (way < 5) {
    const changed = orders.map((order) => {
      const change = CHANGES[between(0, CHANGES.length - 1)] ?? good((row) => row);
      return { bad: change.bad, row: change.apply(order) };
    });
    const count = changed.filter((each) => each.bad).length;
    const text = jsonOf({ count: 7, next: null, previous: null, results: changed.map(({ row }) => row) });
    return { bytes: Buffer.from(text), expected: { bad: count, good: ROWS - count } };
  }
  if (way === 5) {
    const envelope = ENVELOPES[between(0, ENVELOPES.length - 1)];
    return { bytes: Buffer.from(envelope?.(JSON.stringify(orders)) ?? ''), expected: 'refused' };
  }
  const results = orders.map(without(SHORTENS));
  const whole = Buffer.from(JSON.stringify({ count: 7, next: null, previous: null, results }));
  return { bytes: mutateBytes(whole, between), expected: null };
}

test(`${BODIES} malformed and mutated pages: refused whole, or good rows stored and bad ones put aside; no canary leaves`, {
  timeout: 900_000,
}, () => {
  const seed = testSeed();
  const random = seededRandom(seed);
  const between: Between = (least, most) => least + Math.floor(random() * (most - least + 1));
  const { folder, writer } = startEngine();
  const looking = closeAfterTest(openSqlite(join(folder, 'cache.db'), { readonly: true }));
  const version = (): unknown => looking.pragma('data_version', { simple: true });
  const state = looking.prepare<[], { seen: number; aside: number; orders: number }>(
    `SELECT seen, quarantined AS aside, (SELECT count(*) FROM orders WHERE seen_pass = passes.id) AS orders FROM passes`,
  );
  const plan = { kind: 'full' as const, resumes: false, steps: [], requests: 0 };
  const { runId, firstReading } = writer.beginRun({ kind: 'full', cause: 'manual', plan, nowMs: NOW_MS });
  const { passId } = writer.beginPass({ runId, limit: 100, direction: 'up', nowMs: NOW_MS });
  const counts = { refused: 0, stored: 0, aside: 0, judged: 0 };
  let before = state.get();
  for (let page = 1; page <= BODIES; page += 1) {
    const { bytes, expected } = makeBody(page * ROWS + 1_000, between);
    const held = version();
    const at = `seed ${seed}, body ${page}`;
    try {
      const place = { page, nextPage: page + 1, pageSize: 100, reading: firstReading + page };
      const outcome = writer.applyPage({ passId, ...place, nowMs: NOW_MS, body: new Uint8Array(bytes) });
      counts.stored += outcome.created;
      counts.aside += outcome.quarantined;
      const now = page % 200 === 0 ? state.get() : undefined;
      if (expected !== null) {
        counts.judged += 1;
        expect({ bad: outcome.quarantined, good: outcome.created }, at).toEqual(expected);
      }
      if (now !== undefined) {
        expect([now.orders, now.aside], at).toEqual([counts.stored, counts.aside]);
        before = now;
      }
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw new Error(at, { cause: thrown });
      expect([thrown.code, canariesIn(`${thrown.message} ${JSON.stringify(thrown.details)}`)], at).toEqual([
        'RESPONSE_INVALID',
        [],
      ]);
      // Nothing was committed: neither rows nor progress.
      expect(version(), at).toBe(held);
      if (expected !== null) {
        counts.judged += 1;
        expect(expected, at).toBe('refused');
      }
      counts.refused += 1;
    }
  }
  expect(before).toBeDefined();
  const paths = looking.prepare<[], string>(`SELECT DISTINCT path || ' ' || code FROM quarantine`).pluck().all();
  expect(paths.filter((path) => !/^[a-z0-9_.]* [a-z_]+$/.test(path))).toEqual([]);
  expect(canariesInFiles(folder)).toEqual([]);
  looking.close();
  writer.close();
  expect(canariesInFiles(folder)).toEqual([]);
  expect(process.memoryUsage().heapUsed).toBeLessThan(MOST_HEAP);
  process.stdout.write(`malformed pages, seed ${seed}: ${JSON.stringify(counts)}\n`);
  expect(Math.min(counts.refused, counts.stored, counts.aside)).toBeGreaterThan(0);
});

test('the compiled schema of an order answers what the schema itself answers: data, or path and code of the first fault', () => {
  const seed = testSeed();
  const random = seededRandom(seed);
  const between: Between = (least, most) => least + Math.floor(random() * (most - least + 1));
  const compiled = z.compile(wireOrder, { strict: true });
  const answer = (schema: Pick<typeof wireOrder, 'safeParse'>, value: unknown): unknown => {
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : firstFault(parsed.error);
  };
  const isOrder = (row: unknown): row is Row =>
    typeof row === 'object' && row !== null && Array.isArray((row as Row).orderitem_set);
  let good = 0;
  for (let n = 1; n <= COMPARED; n += 1) {
    let row: unknown = canaryOrder(n);
    // Several changes of one row: the first of several faults is the same one as well.
    for (let steps = between(1, 3); steps > 0 && isOrder(row); steps -= 1)
      row = CHANGES[between(0, CHANGES.length - 1)]?.apply(row);
    const value = parseJsonLiterals(Buffer.from(jsonOf(row)));
    expect(answer(compiled, value), `seed ${seed}, order ${n}`).toStrictEqual(answer(wireOrder, value));
    if (wireOrder.safeParse(value).success) good += 1;
  }
  expect(good).toBeGreaterThan(COMPARED / 20);
  expect(good).toBeLessThan(COMPARED);
});

test('the search for canaries finds them where they are', () => {
  const { folder, writer } = startEngine();
  const file = closeAfterTest(openSqlite(join(folder, 'planted.db'), { readonly: false }));
  file.exec('CREATE TABLE planted (text TEXT) STRICT');
  file.prepare('INSERT INTO planted VALUES (?)').run(JSON.stringify(canaryOrder(1)));
  expect(new Set(canariesInFiles(folder).map((each) => each.split(': ')[0]))).toEqual(new Set(['planted.db-wal']));
  expect(canariesIn(JSON.stringify(canaryOrder(1))).length).toBe(27);
  writer.close();
});
