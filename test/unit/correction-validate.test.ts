import { describe, expect, test } from 'vitest';
import { wireBody } from '../../src/main/corrections/compare.ts';
import { type Judging, validateSet } from '../../src/main/corrections/validate.ts';
import { isLegalMove, VALUE_REFUSALS, type ValueFacts } from '../../src/shared/correction-values.ts';
import {
  type CorrectionField,
  type FieldValue,
  LINE_FIELDS,
  type NewCorrection,
  newCorrection,
  ORDER_FIELDS,
} from '../../src/shared/corrections.ts';
import { eInvoiceYear, expectsEInvoices } from '../../src/shared/e-invoices.ts';
import { AppError } from '../../src/shared/errors.ts';
import { REFUSAL_TEXTS, ROW_REFUSALS } from '../../src/shared/labels/refusals.ts';
import { CANCEL_STATUSES } from '../../src/shared/statuses.ts';
import { seededRandom, testSeed } from '../support/random.ts';

/** 1 March 2026, half past midnight in Istanbul: the day before in Greenwich. */
const NOW_MS = Date.parse('2026-02-28T21:30:00Z');
const FACTS: ValueFacts = {
  nowMs: NOW_MS,
  timeZone: 'Europe/Istanbul',
  closedUntil: '2025-11-30',
  eInvoices: true,
  cancelStatus: null,
  knowsCarrier: (code) => code === 'mng',
};
type Held = Judging['held'];
const judge = (set: NewCorrection['set'], given: Partial<ValueFacts> = {}, held: Held = {}, pending: Held = {}) =>
  validateSet('line', set, { facts: { ...FACTS, ...given }, held, pending });

function refused(work: () => unknown): unknown[] {
  try {
    return [`taken: ${JSON.stringify(work())}`];
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return [thrown.code, thrown.details?.field, thrown.details?.reason];
  }
}

describe('what may be proposed', () => {
  test.each<[CorrectionField, FieldValue, FieldValue]>([
    ['invoice_number', ' ABC2026000000001 ', 'ABC2026000000001'],
    ['invoice_date', '2026-03-01', '2026-03-01'],
    ['e_archive_url', 'https://example.com/i?x=1', 'https://example.com/i?x=1'],
    ['tracking_number', ' 1Z 999/AA-1_0 ', '1Z 999/AA-1_0'],
    ['shipping_company', 'yurtici', 'yurtici'],
    ['shipping_company', 'mng', 'mng'],
    ['status', '500', '500'],
    ['status', 'shipped', '500'],
    ['cancel_status', 'manuel_refund_need', 'manuel_refund_need'],
    ['extra_field.cargo_line-id.2', ' 325a ', '325a'],
    ['extra_field.flag', false, false],
    ['extra_field.x', '{"a": ["1", true, null]}', { a: ['1', true, null] }],
    ['extra_field.x', ['a'], ['a']],
  ])('%s = %j', (field, value, taken) => {
    expect(judge({ [field]: value })).toEqual([[field, taken]]);
  });

  test('several fields come in the order of the contract, keys of extra_field last', () => {
    const set = { 'extra_field.b': '1', status: '500', 'extra_field.a': '2', invoice_number: 'ABC2026000000001' };
    expect(judge(set).map(([field]) => field)).toEqual(['invoice_number', 'status', 'extra_field.a', 'extra_field.b']);
  });
});

describe('what may not', () => {
  const deep = JSON.parse(`${'['.repeat(9)}${']'.repeat(9)}`);
  test.each<[string, NewCorrection['set']]>([
    ['empty', { invoice_number: '' }],
    ['empty', { invoice_number: null }],
    ['empty', { cancel_status: null }],
    ['number-form', { invoice_number: '=HYPERLINK("x")' }],
    ['number-form', { invoice_number: 'x'.repeat(129) }],
    ['number-e-invoice', { invoice_number: 'SEP123123' }],
    ['number-e-invoice', { invoice_number: 'ABC202600000001' }],
    ['number-e-invoice', { invoice_number: 'abc2026000000001' }],
    ['date-form', { invoice_date: '2026-02-30' }],
    ['date-form', { invoice_date: '05.01.2026' }],
    ['date-future', { invoice_date: '2026-03-02' }],
    ['date-closed', { invoice_date: '2025-11-30' }],
    ['link', { e_archive_url: 'http://example.com/i' }],
    ['link', { e_archive_url: 'javascript:alert(1)' }],
    ['link', { e_archive_url: 'https://user:secret@example.com/' }],
    ['link', { e_archive_url: 'example.com' }],
    ['tracking', { tracking_number: '=1+1' }],
    ['tracking', { tracking_number: 'x'.repeat(257) }],
    ['company', { shipping_company: 'pigeon' }],
    ['status', { status: '425' }],
    ['status', { status: 'gone' }],
    ['cancel-status', { cancel_status: 'done' }],
    ['extra-key', { 'extra_field.a b': '1' }],
    ['extra-key', { 'extra_field.__proto__': '1' }],
    ['extra-value', { 'extra_field.a': '' }],
    ['extra-value', { 'extra_field.a': null }],
    ['extra-value', { 'extra_field.a': '{"a": 1}' }],
    ['extra-value', { 'extra_field.a': '[broken' }],
    ['extra-value', { 'extra_field.a': deep }],
    ['extra-value', { 'extra_field.a': 'x'.repeat(2_001) }],
  ])('%s: %j', (reason, set) => {
    expect(refused(() => judge(set))).toEqual(['VALUE_INVALID', Object.keys(set)[0], reason]);
  });

  test('other fields and the fields of another kind of target are not writable', () => {
    for (const set of [{ attributes: {} }, { price: '1' }, { is_send: true }] as object[]) {
      expect(refused(() => judge(set as NewCorrection['set']))).toEqual([
        'FIELD_NOT_WRITABLE',
        Object.keys(set)[0],
        undefined,
      ]);
    }
    const order = (set: NewCorrection['set']) => validateSet('order', set, { facts: FACTS, held: {}, pending: {} });
    expect(refused(() => order({ status: '500' }))[0]).toBe('FIELD_NOT_WRITABLE');
    expect(refused(() => order({ 'extra_field.a': '1' }))[0]).toBe('FIELD_NOT_WRITABLE');
    expect(refused(() => order({ is_send: false }))).toEqual(['VALUE_INVALID', 'is_send', 'sent']);
    expect(refused(() => order({}))).toEqual(['VALUE_INVALID', undefined, 'sets-nothing']);
  });
});

test('only an order in lira since 2020 must have the number of an e-invoice', () => {
  const on = (currency: string, day: string) => expectsEInvoices({ currency, datePlacedMs: Date.parse(day) });
  expect([on('try', '2020-01-01'), on('try', '2019-12-31'), on('eur', '2026-01-01')]).toEqual([true, false, false]);
  expect(judge({ invoice_number: 'SEP123123' }, { eInvoices: false })).toEqual([['invoice_number', 'SEP123123']]);
  expect([eInvoiceYear('AB12026000000001'), eInvoiceYear('ABC1926000000001')]).toEqual(['2026', null]);
});

describe('number and date of an invoice are judged together', () => {
  const held = { invoice_number: 'ABC2025000000001', invoice_date: '2025-12-31T00:00:00Z' };
  test.each<[string, NewCorrection['set'], Held, Held, unknown[]]>([
    ['a number beside the held date', { invoice_number: 'ABC2026000000001' }, held, {}, ['invoice_number', 'year']],
    ['a date beside the held number', { invoice_date: '2026-01-02' }, held, {}, ['invoice_date', 'year']],
    [
      'a number beside the held date of a closed period',
      { invoice_number: 'ABC2025000000009' },
      { ...held, invoice_date: '2025-11-30T00:00:00Z' },
      {},
      ['invoice_number', 'date-closed'],
    ],
    [
      'a number beside a pending date',
      { invoice_number: 'ABC2025000000009' },
      held,
      { invoice_date: '2026-01-02' },
      ['invoice_number', 'year'],
    ],
    [
      'both that do not fit',
      { invoice_number: 'ABC2025000000009', invoice_date: '2026-01-02' },
      {},
      {},
      ['invoice_number', 'year'],
    ],
  ])('%s', (_name, set, before, pending, wanted) => {
    expect(refused(() => judge(set, {}, before, pending)).slice(1)).toEqual(wanted);
  });

  test('what fits together is taken, and so is what there is nothing to compare with', () => {
    const both = { invoice_number: 'ABC2026000000001', invoice_date: '2026-01-02' };
    expect(judge(both, {}, held)).toHaveLength(2);
    expect(judge({ invoice_number: both.invoice_number }, {}, held, { invoice_date: '2026-01-02' })).toHaveLength(1);
    expect(judge({ invoice_number: both.invoice_number })).toHaveLength(1);
    expect(judge({ tracking_number: '1' }, {}, { ...held, invoice_number: both.invoice_number })).toHaveLength(1);
  });

  test('what Omnitron holds is taken wherever it lies, as it holds it', () => {
    const odd = { invoice_number: 'X1', invoice_date: '2030-01-01T00:00:00Z', status: '425' };
    expect(judge({ invoice_number: 'X1', invoice_date: '2030-01-01', status: '425' }, {}, odd)).toEqual([
      ['invoice_number', 'X1'],
      ['invoice_date', odd.invoice_date],
      ['status', '425'],
    ]);
  });
});

test('cancel_status moves as Omnitron documents it, over every pair', () => {
  const illegal = [null, ...CANCEL_STATUSES].flatMap((from) =>
    CANCEL_STATUSES.filter((to) => !isLegalMove(from, to)).map((to) => `${from} ${to}`),
  );
  const closed = ['waiting', 'confirmation_waiting', 'confirmed', 'approved', 'rejected'];
  expect(illegal).toEqual(['approved confirmed', ...closed.map((to) => `waiting_for_payment ${to}`)]);
  expect(refused(() => judge({ cancel_status: 'confirmed' }, { cancelStatus: 'approved' }))[2]).toBe('cancel-move');
});

test('every reason says in both languages what is wrong, and no two say the same', () => {
  const reasons = [...VALUE_REFUSALS, ...ROW_REFUSALS];
  expect(Object.keys(REFUSAL_TEXTS).sort()).toEqual([...reasons].sort());
  for (const language of ['en', 'tr'] as const) {
    const texts = reasons.map((reason) => REFUSAL_TEXTS[reason][language]);
    expect(texts.every((text) => /^\p{Lu}.{10,}[.]$/su.test(text))).toBe(true);
    expect(new Set(texts).size).toBe(reasons.length);
  }
});

test('no body of a request has another field than the documented ones', () => {
  const seed = testSeed();
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const names = [
    ...ORDER_FIELDS,
    ...LINE_FIELDS,
    ...['attributes', 'attributes_kwargs', 'price', 'extra_field', 'order', '__proto__', 'constructor'],
    ...[
      'extra_field.',
      'extra_field.a',
      'extra_field.attributes',
      'extra_field.__proto__',
      'Attributes',
      'extra_field.a.b',
    ],
  ];
  const values = [
    'ABC2026000000001',
    '2026-01-05',
    'https://a.example.com/',
    '500',
    'waiting',
    true,
    { a: 'b' },
    '{}',
    '',
  ];
  let bodies = 0;
  for (let run = 0; run < 20_000; run += 1) {
    const set = Object.fromEntries(
      Array.from({ length: 1 + Math.floor(random() * 3) }, () => [pick(names), pick(values)]),
    );
    const kind = pick(['order', 'line'] as const);
    const target = kind === 'order' ? { kind, orderId: 1 } : { kind, lineId: 1 };
    const parsed = newCorrection.safeParse({ target, set });
    if (!parsed.success) continue;
    let body: Record<string, FieldValue>;
    try {
      const judging = { facts: { ...FACTS, closedUntil: null }, held: {}, pending: {} };
      body = wireBody(validateSet(kind, parsed.data.set, judging).map(([field, value]) => ({ field, target: value })));
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      continue;
    }
    bodies += 1;
    const allowed: readonly string[] = kind === 'order' ? ORDER_FIELDS : [...LINE_FIELDS, 'extra_field'];
    const strange = Object.keys(JSON.parse(JSON.stringify(body))).filter((name) => !allowed.includes(name));
    expect(strange, `MUTABAKAT_SEED=${seed}: ${JSON.stringify(set)}`).toEqual([]);
    expect(Object.keys(set).filter((name) => /^attributes/i.test(name))).toEqual([]);
  }
  expect(bodies).toBeGreaterThan(500);
});
