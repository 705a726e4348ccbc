import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeProfile } from '../../src/main/connections/profile.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { DEFAULT_CONTROL } from '../../src/shared/users.ts';
import { addCorrection, NOW_MS, storeOrders } from '../support/engine.ts';
import type { CliRun } from '../support/run-cli.ts';
import { runCliHere } from '../support/run-cli-here.ts';
import { wireOrder } from '../support/wire-orders.ts';

const PINS: Readonly<Record<string, string>> = { Ada: '4711-ada', Ben: '4712-ben', Ceren: '4713-ceren' };
let folder: string;
/** Everything that the commands printed. */
let printed = '';

/**
 * A workstation with three unsent orders and these people, whose PINs cost little to try. Where they are several, the
 * second one approves, and Ada has proposed something.
 */
function prepare(station: string, people: readonly string[]): void {
  const connection = join(folder, station, 'connections', 'default');
  writeProfile(connection, { kind: 'omnitron', baseUrl: 'https://shop.example', demo: null, omsUrl: null });
  const author = { who: station, host: 'desk', profile: null };
  const writer = createWriter(connection, author, null, { logN: 1, r: 1, p: 1 });
  storeOrders(
    writer,
    [1, 2, 3].map((id) => wireOrder(id, { is_send: false })),
  );
  for (const name of people) {
    const pin = PINS[name] ?? '';
    writer.addUser({ name, pin, nowMs: NOW_MS });
    writer.signIn({ name, pin, nowMs: NOW_MS });
  }
  if (people.length > 1) {
    writer.setControl({ rules: { ...DEFAULT_CONTROL, makerChecker: true }, reason: 'two people', nowMs: NOW_MS });
    writer.signIn({ name: 'Ada', pin: PINS.Ada ?? '', nowMs: NOW_MS });
    const correction = { target: { kind: 'order' as const, orderId: 1 }, set: { is_send: true } };
    addCorrection(writer, correction);
  }
  writer.close();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutabakat-batches-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command at a workstation, in a person's name where one is given. */
async function run(
  station: 'home' | 'desk' | 'away',
  args: string[],
  as: string | null = null,
  more = {},
): Promise<CliRun> {
  const named = as === null ? [] : ['--as', as];
  const ran = await runCliHere([...args, ...named, '--data-dir', join(folder, station), '--json'], {
    ...(as === null ? {} : { MUTABAKAT_PIN: PINS[as] ?? '' }),
    ...more,
  });
  printed += ran.stdout + ran.stderr;
  return ran;
}

async function done(...given: Parameters<typeof run>): Promise<Record<string, unknown>> {
  const { code, json, stdout } = await run(...given);
  expect([given[1].join(' '), code, code === 0 ? '' : stdout]).toEqual([given[1].join(' '), 0, '']);
  return json();
}

async function refused(...given: Parameters<typeof run>): Promise<unknown> {
  const { code, json } = await run(...given);
  const { error } = json() as { error?: { code: string } };
  return [code, error?.code];
}

const newPin = (name: string) => ({ MUTABAKAT_NEW_PIN: PINS[name] ?? '' });
const at = (name: string): string => join(folder, name);

test('people and the rule that a second one approves', async () => {
  prepare('home', ['Ada']);
  expect(await refused('home', ['users', 'add', 'Ben'])).toEqual([2, 'USAGE']);
  expect(await done('home', ['users', 'add', 'Ben'], 'Ada', newPin('Ben'))).toMatchObject({ user: { name: 'Ben' } });
  expect(await refused('home', ['control', '--maker-checker', 'on'])).toEqual([2, 'USAGE']);
  const on = ['control', '--maker-checker', 'on', '--clear-proven', 'yes', '--reason', 'two people'];
  expect(await done('home', on)).toMatchObject({ version: 1, rules: { makerChecker: true, clearProven: true } });
  const change = { MUTABAKAT_PIN: PINS.Ben ?? '', MUTABAKAT_NEW_PIN: '8888-ben' };
  await done('home', ['users', 'change-pin', 'Ben'], null, change);
  expect(await refused('home', ['users', 'disable', 'Ada'], 'Ben')).toEqual([3, 'PIN_WRONG']);
});

test('two people at two workstations prepare and approve a batch', async () => {
  prepare('desk', ['Ada', 'Ben']);
  prepare('away', ['Ceren']);
  const submit = ['corrections', 'submit', '--reason', 'month end'];
  expect(await refused('desk', submit)).toEqual([3, 'USER_NEEDED']);
  const { batch } = (await done('desk', submit, 'Ada')) as { batch: { number: string } };
  expect(batch).toMatchObject({ state: 'for_approval', maker: 'Ada', approver: null, count: 1, oneWay: 1 });
  const { number } = batch;

  // Ada cannot approve it herself. Ceren approves it at another workstation, and Ben sends it back.
  expect(await refused('desk', ['corrections', 'approve', '--all'], 'Ada')).toEqual([2, 'OWN_BATCH']);
  expect(await refused('desk', ['corrections', 'approve', '--all', '--batch', number])).toEqual([2, 'USAGE']);
  await done('desk', ['corrections', 'export', '--batch', number, '--out', at('batch.json')], 'Ada');
  const look = await run('away', ['corrections', 'approve', '--file', at('batch.json'), '--dry-run']);
  expect([look.code, look.json()]).toMatchObject([
    1,
    { batch: { number, maker: 'Ada', makerKnown: false, lines: [{ fields: [{ field: 'is_send', target: true }] }] } },
  ]);
  const approve = ['corrections', 'approve', '--file', at('batch.json'), '--out', at('approval.json')];
  expect(await refused('away', approve.slice(0, 4), 'Ceren')).toEqual([2, 'USAGE']);
  // The fingerprint of a maker whose key is not known there has to be compared by a person.
  const approved = await run('away', approve, 'Ceren');
  expect([approved.code, approved.json()]).toMatchObject([1, { batch: number, maker: 'Ada', makerKnown: false }]);
  await done('away', ['users', 'identity', 'Ceren', '--out', at('ceren.json')]);
  const imported = ['corrections', 'import-approval', at('approval.json')];
  expect(await done('desk', ['users', 'import', at('ceren.json')], 'Ada')).toMatchObject({ user: { local: false } });
  expect(await done('desk', imported)).toMatchObject({ batch: { number, state: 'approved', approver: 'Ceren' } });
  expect(await done('desk', ['corrections', 'batches', '--state', 'approved'])).toMatchObject({
    batches: [{ number, approver: 'Ceren', maker: 'Ada' }],
  });
  const back = ['corrections', 'send-back', '--batch', number, '--reason', 'not yet'];
  expect(await done('desk', back, 'Ben')).toMatchObject({ batch: { number, state: 'draft', approver: null } });
});

test('a push says what is not approved yet: a person is needed', async () => {
  const token = { OMNITRON_TOKEN: 'none-is-asked-for' };
  const pushed = await run('desk', ['corrections', 'push'], 'Ada', token);
  expect([pushed.code, pushed.json()]).toMatchObject([1, { batch: null, applied: 0, waiting: 0 }]);
  const add = [
    'corrections',
    'add',
    '--order-id',
    '2',
    '--set',
    'is_send=true',
    '--as',
    'Ada',
    '--data-dir',
    join(folder, 'desk'),
  ];
  const added = await runCliHere(add, { MUTABAKAT_PIN: PINS.Ada ?? '' });
  expect(added.stdout).toContain('Go on with: corrections submit --reason TEXT');
});

test('a pause after wrong PINs is not ended by another time for now', async () => {
  const withdraw = ['corrections', 'withdraw', '--all'];
  for (const code of ['PIN_WRONG', 'PIN_WRONG', 'PIN_WRONG', 'PIN_WRONG', 'PIN_PAUSED']) {
    expect(await refused('desk', withdraw, 'Ben', { MUTABAKAT_PIN: '0000' })).toEqual([3, code]);
  }
  expect(await refused('desk', [...withdraw, '--now', '2099-01-01T00:00:00Z'], 'Ben')).toEqual([3, 'PIN_PAUSED']);
});

test('what the commands print holds no PIN', () => {
  expect(printed).toContain('Ceren');
  for (const pin of [...Object.values(PINS), '8888-ben']) expect(printed).not.toContain(pin);
});
