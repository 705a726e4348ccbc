import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { rulesWords } from '../../src/main/cli/commands/rules.ts';
import { changedTolerances } from '../../src/main/cli/commands/rules-set.ts';
import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { type Calibration, calibration } from '../../src/shared/calibration.ts';
import { explanation } from '../../src/shared/explanations.ts';
import { parseAmount } from '../../src/shared/money.ts';
import { DEFAULT_RULES, type Rules, versionedRules } from '../../src/shared/rules.ts';
import { type HereStore, hereStore } from '../support/cli-here-store.ts';
import type { CliRun } from '../support/run-cli.ts';
import { fileOf } from '../support/statement-files.ts';

interface FindingOut {
  check: string;
  order: { id: number };
  difference: string | null;
  explanation?: unknown;
}

describe('rules, calibration and explanations on the command line', () => {
  let store: HereStore;
  beforeAll(async () => {
    store = await hereStore({ orders: 150 });
    expect((await store.json('sync')).code).toBe(0);
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
  });

  const set = (...args: string[]): Promise<CliRun> => store.json('rules', 'set', ...args);
  const findingsOf = async (...args: string[]): Promise<FindingOut[]> =>
    (await store.json('findings', ...args)).json().findings as FindingOut[];

  it('explains differences with --explain only, and the terms add up', async () => {
    const found = await findingsOf('--explain');
    const different = found.filter(({ difference }) => difference !== null);
    expect(different.length).toBeGreaterThan(0);
    for (const each of found) expect('explanation' in each).toBe(each.difference !== null);
    for (const { difference, explanation: given } of different) {
      if (given === null) continue;
      const { terms } = explanation.parse(given);
      const sum = terms.reduce((total, { sign, amount }) => total + BigInt(sign) * parseAmount(amount), 0n);
      expect(sum).toBe(parseAmount(difference ?? ''));
    }
  });

  it('shows assumed rules, chooses others and runs the checks by them', async () => {
    const before = await store.json('rules');
    expect(before.json()).toEqual({
      ...{ version: 0, rules: DEFAULT_RULES, assumed: true, history: [] },
      religiousHolidays: { from: '2020-01-01', to: '2030-12-31' },
    });
    expect(rulesWords(versionedRules.parse({ version: 0, rules: DEFAULT_RULES }))).toContain(
      'Calendar: every source: ',
    );
    const totals = async () => (await findingsOf('--check', 'amount.total')).length;
    const few = await totals();

    const wrong = await set('--discount', 'included', '--reason', 'to see what happens');
    expect([wrong.code, versionedRules.parse(wrong.json()).rules.formula.discount]).toEqual([0, 'included']);
    expect(await totals()).toBeGreaterThan(few);

    const args = ['--discount', 'subtracted', '--tolerance', 'try=0.05,1%', '--tolerance', 'EUR=0.02'];
    const rest = ['--stuck-days', '7', '--archive-host', 'Earsiv.example.com', '--closed-until', '2026-01-31'];
    const right = await set(...args, ...rest, '--reason', 'as agreed');
    expect(right.json()).toEqual({
      version: 2,
      rules: {
        ...DEFAULT_RULES,
        tolerances: [
          { currency: 'try', absolute: '0.05', percent: '1' },
          { currency: 'eur', absolute: '0.02', percent: '0' },
        ],
        stuckDays: 7,
        archiveHosts: ['earsiv.example.com'],
        closedUntil: '2026-01-31',
      },
    });
    expect(await totals()).toBe(few);

    const back = await set('--version', '1', '--reason', 'the first after all');
    expect(back.json()).toMatchObject({ version: 3, rules: { formula: { discount: 'included' }, tolerances: [] } });
    const { history } = (await store.json('rules')).json() as { history: { version: number; reason: string }[] };
    expect(history.map(({ version, reason }) => [version, reason])).toEqual([
      [3, 'the first after all'],
      [2, 'as agreed'],
      [1, 'to see what happens'],
    ]);
    expect((await set('--version', '2', '--reason', 'and back')).code).toBe(0);

    const none = await set('--version', '0', '--reason', 'not chosen yet');
    expect([none.code, none.json()]).toEqual([0, { version: 5, rules: DEFAULT_RULES, assumed: true }]);
    expect((await set('--version', '2', '--reason', 'and back')).code).toBe(0);

    const calendar = (...args: string[]) => store.json('rules', 'calendar', '--reason', 'as the bank says', ...args);
    const days = ['--closed', '2026-12-31', '--closed', '2026-05-26', '--open', '2026-04-23'];
    const own = await calendar('--source', 'bank', '--weekend', 'sun,sat', ...days);
    const held = { source: 'bank', weekend: [0, 6], holidays: 'turkey' };
    expect(own.json()).toMatchObject({
      version: 7,
      rules: { stuckDays: 7, calendars: [{ ...held, closed: ['2026-05-26', '2026-12-31'], open: ['2026-04-23'] }] },
    });
    const less = await calendar('--source', 'bank', '--plain', '2026-05-26', '--open', '2026-12-31');
    expect(less.json()).toMatchObject({
      rules: { calendars: [{ ...held, closed: [], open: ['2026-04-23', '2026-12-31'] }] },
    });
    expect((await store.words('rules')).stdout).toContain(
      'Calendar: bank: no work on Sat, Sun; Turkish public holidays; open',
    );
    expect(rulesWords(versionedRules.parse(less.json()))).toContain('Calendar: every other source: ');
    // The first calendar of a profile begins with what holds for it, which is that of its kind.
    const pos = fileOf('Sipariş No;Tarih;Tutar\n1;01.02.2026;12,50\n');
    expect((await store.json('import', pos, '--kind', 'bank', '--save-profile', 'Garanti POS')).code).toBe(0);
    const ofProfile = { ...held, closed: [], open: ['2026-04-23', '2026-12-31'], source: 'Garanti POS', weekend: [0] };
    const more = (await calendar('--source', 'Garanti POS', '--weekend', 'sun')).json() as { rules: Rules };
    expect(more.rules.calendars[0]).toEqual(ofProfile);
    for (const [code, ...args] of [
      [2, '--source', 'nobody', '--weekend', 'sun'],
      [2, '--source', 'bank', '--default', '--weekend', 'sun'],
      [2, '--source', 'bank', '--closed', '2026-02-30'],
    ] as const) {
      expect((await calendar(...args)).code, args.join(' ')).toBe(code);
    }
    expect((await calendar('--source', 'bank', '--default')).json()).toMatchObject({
      rules: { calendars: [ofProfile] },
    });
  });

  it.each([
    [['--reason', 'why'], 'USAGE'],
    [['--discount', 'included'], 'USAGE'],
    [['--version', '1', '--discount', 'included', '--reason', 'why'], 'USAGE'],
    [['--discount', 'maybe', '--reason', 'why'], 'USAGE'],
    [['--tolerance', 'try', '--reason', 'why'], 'USAGE'],
    [['--closed-until', '2026-02-30', '--reason', 'why'], 'USAGE'],
    [['--closed-until', '2100-01-01', '--reason', 'why'], 'VALUE_INVALID'],
    [['--stuck-days', '0', '--reason', 'why'], 'USAGE'],
    [['--quantity-key', ' adet', '--reason', 'why'], 'VALUE_INVALID'],
    [['--archive-host', 'https://a.example.com', '--reason', 'why'], 'VALUE_INVALID'],
  ])('refuses %j', async (args, code) => {
    const refused = await set(...args);
    expect([refused.code, refused.json()]).toMatchObject([2, { error: { code } }]);
  });

  it('calibrates, and chooses the proposal', async () => {
    const found = await store.json('calibrate');
    const { chosen, ...rest } = found.json();
    const parsed = calibration.parse(rest);
    expect([found.code, chosen]).toEqual([0, null]);
    expect(parsed.proposal).toEqual(DEFAULT_RULES.formula);
    expect(parsed.candidates[0]).toMatchObject({ proposed: true, formula: DEFAULT_RULES.formula });
    expect(parsed.candidates[0]?.telling.explained).toBeGreaterThan(0);

    await set('--discount', 'included', '--reason', 'wrong on purpose');
    const choice = await store.words('calibrate', '--choose');
    expect(choice.stdout).toMatch(/\d{2,3}\.\d{2} % of 1\d\d/);
    expect(choice.stdout).toContain('proposed');
    expect(choice.stdout).toMatch(/Chosen as version \d+ of the rules\./);
    const { history } = (await store.json('rules')).json() as { history: { reason: string; rules: Rules }[] };
    expect(history[0]?.rules).toMatchObject({ formula: DEFAULT_RULES.formula, stuckDays: 7 });
    expect(history[0]?.reason).toMatch(/^Calibrated: explains \d+\.\d\d % of \d+ orders$/);
  });
});

/*
 * A tenant that keeps the units of merged lines under a name of its own, with the price of one unit: nothing explains
 * those orders until somebody has said what the name is and they were read again.
 */
describe('the key of the quantity', () => {
  const BY_KEY = 'every order, since quantities are read by another key now';
  let store: HereStore;
  let merged: WireOrder[];
  beforeAll(async () => {
    store = await hereStore({ orders: 50, quantityKey: 'adet' });
    const orders = store.sandbox.ids().flatMap((id) => store.sandbox.order(id) ?? []);
    merged = orders.filter((order) => order.orderitem_set.some(({ attributes }) => 'adet' in Object(attributes)));
    store.sandbox.edit(merged[0]?.id ?? 0, { fields: { is_send: false } });
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
  });

  const calibrated = async (): Promise<Calibration> => {
    const { chosen: _, ...found } = (await store.json('calibrate')).json();
    return calibration.parse(found);
  };
  const choose = async (...args: string[]): Promise<void> => {
    expect((await store.json('rules', 'set', ...args, '--reason', 'as the shop says')).code).toBe(0);
  };
  /** What a run says, the plan included. */
  const synced = async (): Promise<string> => {
    const run = await store.words('sync');
    expect(run.code).toBe(0);
    return `${run.stdout}${run.stderr}`;
  };

  it('is none that calibration can do without: it explains no such order, and names the key that there is', async () => {
    expect(await synced()).not.toContain(BY_KEY);
    const found = await calibrated();
    expect(found).toMatchObject({ linesWithQuantity: 0, mergedLines: 0, evidence: { price: 'none' } });
    expect(found.quantityKey).toEqual({ inForce: 'quantity', heldBy: 'quantity', others: ['adet'] });
    expect(merged.length).toBeGreaterThan(5);
    for (const { all } of found.candidates) expect(all.explained).toBeLessThanOrEqual(found.orders - merged.length);
  });

  it('is chosen like any rule; the next run reads everything and says why, and calibration explains all', async () => {
    await choose('--quantity-key', 'adet');
    expect((await store.words('calibrate')).stdout).toContain(
      'The key of the quantity is "adet"; held orders were read with "quantity". Run a sync.\n\nFormula',
    );
    expect(await synced()).toContain(BY_KEY);
    const found = await calibrated();
    expect(found.quantityKey).toEqual({ inForce: 'adet', heldBy: 'adet', others: [] });
    expect(found.proposal).toEqual({ ...DEFAULT_RULES.formula, price: 'unit' });
    const [best] = found.candidates;
    expect(best?.by.price).toEqual({ orders: merged.length, explained: merged.length, percent: '100.00' });
    // What is planted on amounts is all that is left.
    const planted = store.sandbox.planted().filter(({ check }) => check === 'amount.total');
    expect(best?.all.explained).toBe(found.orders - planted.length);
  });

  it('is that of orders that are read singly, too, and can be taken back like any rule', async () => {
    const add = ['add', '--order-id', `${merged[0]?.id}`, '--set', 'is_send=true'];
    expect((await store.json('corrections', ...add)).code).toBe(0);
    expect((await store.json('corrections', 'push')).json()).toMatchObject({ applied: 1 });
    const pushed = await calibrated();
    expect([pushed.quantityKey.heldBy, pushed.candidates[0]?.by.price.orders]).toEqual(['adet', merged.length]);

    await choose('--version', '0');
    expect(await synced()).toContain(BY_KEY);
    expect(await calibrated()).toMatchObject({
      linesWithQuantity: 0,
      quantityKey: { inForce: 'quantity', heldBy: 'quantity', others: ['adet'] },
    });
  });
});

test.each([
  ['try=0.05', [{ currency: 'try', absolute: '0.05', percent: '0' }]],
  ['try=1.5%', [{ currency: 'try', absolute: '0', percent: '1.5' }]],
  ['TRY=0.05,1%', [{ currency: 'try', absolute: '0.05', percent: '1' }]],
  ['try=none', []],
  [
    'eur=1',
    [
      { currency: 'try', absolute: '9', percent: '9' },
      { currency: 'eur', absolute: '1', percent: '0' },
    ],
  ],
])('the tolerance %s', (text, expected) => {
  expect(changedTolerances([{ currency: 'try', absolute: '9', percent: '9' }], [text])).toEqual(expected);
});

test.each(['try', 'try=', 'try=x', 'try=0,05', 'try=-1', 'try=1%,1', 'try=1,', 'tr=1', 'try=1e3'])(
  'refuses %s',
  (text) => {
    expect(() => changedTolerances([], [text])).toThrow('no tolerance');
  },
);
