import { describe, expect, test } from 'vitest';
import { readJournal } from '../../src/main/audit/journal.ts';
import { openReaderFile } from '../../src/main/database/connection-files.ts';
import { ruleProblem } from '../../src/shared/rule-problems.ts';
import { formulaText, tolerancesText } from '../../src/shared/rule-words.ts';
import { DEFAULT_RULES, type Rules } from '../../src/shared/rules.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { wireOrder } from '../support/wire-orders.ts';

const NO_FILTER = { period: { from: null, to: null }, checks: [], text: '' };
const included: Rules = { ...DEFAULT_RULES, formula: { ...DEFAULT_RULES.formula, discount: 'included' } };
const tolerance = (given: object) => ({ currency: 'try', absolute: '0.05', percent: '0', ...given });

describe('choosing rules', () => {
  test('adds a version, keeps the former ones, and writes the journal', () => {
    const { writer, reader, folder } = startEngine();
    expect(reader().rulesInForce()).toEqual({ version: 0, rules: DEFAULT_RULES, assumed: true });
    expect(writer.chooseRules({ rules: included, reason: ' as calibrated ', nowMs: NOW_MS })).toEqual({
      version: 1,
      rules: included,
    });
    writer.chooseRules({ rules: DEFAULT_RULES, reason: 'it was a mistake', nowMs: NOW_MS + 1 });
    expect(reader().rulesInForce()).toEqual({ version: 2, rules: DEFAULT_RULES });
    expect(reader().rulesHistory()).toEqual([
      { version: 2, rules: DEFAULT_RULES, reason: 'it was a mistake', chosenAt: new Date(NOW_MS + 1).toISOString() },
      { version: 1, rules: included, reason: 'as calibrated', chosenAt: new Date(NOW_MS).toISOString() },
    ]);
    const file = closeAfterTest(openReaderFile(folder));
    expect(readJournal(file, 'local', { offset: 0, limit: 10 }).entries).toMatchObject([
      { action: 'rules.choose', subject: 'rules 2', reason: 'it was a mistake', before: { version: 1 }, undoes: null },
      { action: 'rules.choose', subject: 'rules 1', before: { version: 0 }, after: { version: 1, rules: included } },
    ]);
  });

  test('the checks go by them from the next run on, also where no order was touched', () => {
    const { writer, reader } = startEngine();
    storeOrders(writer, [wireOrder(1, { discount_amount: '20.00' })]);
    const run = { nowMs: NOW_MS, erpHours: 24, timeZone: ISTANBUL, all: false };
    const totals = () =>
      reader()
        .findingsSummary({ filter: NO_FILTER, timeZone: ISTANBUL })
        .find(({ check }) => check === 'amount.total')?.count;
    writer.runChecks({ ...run, all: true });
    expect(totals()).toBe(1);
    writer.chooseRules({ rules: included, reason: 'as calibrated', nowMs: NOW_MS });
    expect(writer.runChecks(run).judged).toBeNull();
    expect(totals()).toBe(0);
    expect(reader().orderDetail({ id: 1 }).footing).toMatchObject({ difference: '0.00', expected: '107.00' });
    writer.chooseRules({ rules: DEFAULT_RULES, reason: 'back', nowMs: NOW_MS });
    writer.runChecks(run);
    expect(totals()).toBe(1);
  });

  test.each<[string, Rules, string]>([
    ['no reason', included, '  '],
    ['a reason that is too long', included, 'x'.repeat(501)],
    ['a currency that is none', { ...included, tolerances: [tolerance({ currency: 'lira' })] }, 'why'],
    ['two tolerances of one currency', { ...included, tolerances: [tolerance({}), tolerance({})] }, 'why'],
    ['a negative tolerance', { ...included, tolerances: [tolerance({ absolute: '-0.05' })] }, 'why'],
    ['more than a hundred per cent', { ...included, tolerances: [tolerance({ percent: '100.01' })] }, 'why'],
    ['an address instead of a host', { ...included, archiveHosts: ['https://earsiv.example.com'] }, 'why'],
    ['the same host twice', { ...included, archiveHosts: ['a.example.com', 'a.example.com'] }, 'why'],
    ['no key of the quantity', { ...included, quantityKey: '' }, 'why'],
    ['a key of the quantity with blanks around it', { ...included, quantityKey: ' adet' }, 'why'],
    ['a key of the quantity that cannot be seen', { ...included, quantityKey: 'a\u200bdet' }, 'why'],
    ['a key of the quantity that is too long', { ...included, quantityKey: 'x'.repeat(65) }, 'why'],
    ['no days', { ...included, stuckDays: 0 }, 'why'],
    ['a day that is none', { ...included, closedUntil: '2026-02-30' }, 'why'],
  ])('refuses %s and changes nothing', (_what, rules, reason) => {
    const { writer, reader } = startEngine();
    expect(() => writer.chooseRules({ rules, reason, nowMs: NOW_MS })).toThrow(
      expect.objectContaining({ code: 'VALUE_INVALID' }),
    );
    expect(reader().rulesInForce().version).toBe(0);
  });

  test('the rules in force are not chosen again; the assumed ones may be, once', () => {
    const { writer } = startEngine();
    const choose = () => writer.chooseRules({ rules: DEFAULT_RULES, reason: 'confirmed', nowMs: NOW_MS });
    expect(choose().version).toBe(1);
    expect(choose).toThrow('in force already');
  });
});

test('every choice can be taken back, the first too, with a version and an entry of its own', () => {
  const { writer, reader, folder } = startEngine();
  const choose = (rules: Rules | null) => writer.chooseRules({ rules, reason: 'too early', nowMs: NOW_MS });
  expect(() => choose(null)).toThrow('nothing to take back');
  choose(included);
  const back = { version: 2, rules: DEFAULT_RULES, assumed: true };
  expect(choose(null)).toEqual(back);
  expect(reader().rulesInForce()).toEqual(back);
  expect(reader().rulesHistory()).toMatchObject([back, { version: 1, rules: included }]);
  expect(() => choose(null)).toThrow('nothing to take back');
  const file = closeAfterTest(openReaderFile(folder));
  const [entry] = readJournal(file, 'local', { offset: 0, limit: 1 }).entries;
  expect(entry).toMatchObject({ action: 'rules.choose', subject: 'rules 2', before: { version: 1 }, after: back });
  // What is assumed may be chosen, which is another thing.
  expect(choose(DEFAULT_RULES)).toEqual({ version: 3, rules: DEFAULT_RULES });
});

test('hosts and tolerances that make sense are no problem', () => {
  const archiveHosts = ['earsiv.example.com', 'a-b.example.co', 'xn--80ak6aa92e.com'];
  const tolerances = [tolerance({}), tolerance({ currency: 'eur', absolute: '0', percent: '2.5' })];
  expect(ruleProblem({ ...DEFAULT_RULES, archiveHosts, tolerances })).toBeNull();
  for (const host of ['example', 'example.com:8080', 'example.com/a', 'EXAMPLE.com', '-a.example.com', 'a..b']) {
    expect(ruleProblem({ ...DEFAULT_RULES, archiveHosts: [host] })?.code, host).toBe('archive-host');
  }
});

test('formulas and tolerances in words, in both languages', () => {
  expect(formulaText(DEFAULT_RULES.formula, 'en')).toBe(
    'amount = lines (a merged line at its price) + shipping − discount + installment interest + shipping interest',
  );
  expect(
    formulaText({ discount: 'included', interest: 'included', shippingInterest: 'added', price: 'unit' }, 'tr'),
  ).toBe(
    'tutar = satırlar (birleşik satır, birim başına fiyatıyla) + kargo + kargo vade farkı; fiyatların içinde: indirim, taksit vade farkı',
  );
  expect(tolerancesText([], 'en')).toBe('none: every difference counts');
  const some = [tolerance({ percent: '1' }), tolerance({ currency: 'eur', absolute: '0', percent: '2.5' })];
  expect(tolerancesText(some, 'en')).toBe('0.05 TRY or 1 % of the amount; EUR: 2.5 % of the amount');
  expect(tolerancesText(some, 'tr')).toBe('0,05 TRY veya tutar üzerinden %1; EUR: tutar üzerinden %2,5');
});
