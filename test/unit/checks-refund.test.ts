import { describe, expect, test } from 'vitest';
import { WAITING_CANCEL_STATUSES } from '../../src/shared/statuses.ts';
import {
  type CheckCase,
  checkOne,
  foundBy,
  type PaymentsOfOne,
  paidBack,
  plainLine,
  plainOrder,
  plan,
  transaction,
} from '../support/check-cases.ts';
import { CHECKING, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';

const NONE = { findings: [], skipped: 0 };
const SKIPPED = { findings: [], skipped: 1 };
const DAY_MS = 86_400_000;
const withLine = (line: Record<string, unknown>, given: Record<string, unknown> = {}) =>
  plainOrder({ orderitem_set: [plainLine(10, line)], ...given });
const at = (ms: number) => new Date(ms).toISOString();

describe('refund.without-cancellation', () => {
  const refunded = { refund_amount: '25.00' };
  const of = (order: unknown, payments?: PaymentsOfOne) =>
    checkOne('refund.without-cancellation', { order, ...(payments && { payments }) });

  test('money went back and nothing says why', () => {
    const { findings } = of(plainOrder(refunded), {});
    expect(findings).toMatchObject([{ expected: '0.00', actual: '25.00', difference: '-25.00' }]);
    expect(findings[0]?.text.en).toContain('25.00 TRY was refunded, but no line is cancelled');
    expect(findings[0]?.text.tr).toContain('25,00 TRY iade edilmiş');
  });
  test.each([
    ['no refund', plainOrder({ refund_amount: '0.00' })],
    ['a cancelled line', withLine({ status: '100' }, refunded)],
    ['a returned line', withLine({ status: '600' }, refunded)],
    ['a cancellation under way', withLine({ cancel_status: 'approved' }, refunded)],
    ['a cancelled order', plainOrder({ ...refunded, status: '100' })],
  ])('%s is none, without payments', (_what, order) => {
    expect(of(order)).toEqual(NONE);
  });
  test('a plan explains it, a rejected plan or cancellation does not', () => {
    expect(of(plainOrder(refunded), { plans: [plan('25.00')] })).toEqual(NONE);
    expect(of(plainOrder(refunded), { plans: [plan(null, { status: 'rejected' })] }).findings).toHaveLength(1);
    expect(of(withLine({ cancel_status: 'rejected' }, refunded), {}).findings).toHaveLength(1);
  });
  test('is skipped where only a plan could tell and none was read', () => {
    expect(of(plainOrder(refunded))).toEqual(SKIPPED);
    expect(of(plainOrder(refunded), { plans: { refused: 'FORBIDDEN' } })).toEqual(SKIPPED);
    expect(of(plainOrder({ refund_amount: null }), {})).toEqual(SKIPPED);
  });
});

describe('refund.transactions', () => {
  const of = (refund_amount: string | null, ...transactions: Record<string, unknown>[]) =>
    checkOne('refund.transactions', {
      order: plainOrder({ refund_amount }),
      payments: { sets: { transaction_set: [transaction('107.00'), ...transactions] } },
    });

  test('adds succeeded refunds', () => {
    expect(of('0.00')).toEqual(NONE);
    expect(of('100.00', paidBack('60.00'), paidBack('40.00'), paidBack('9.00', { is_succeeded: false }))).toEqual(NONE);
    const { findings } = of('100.00', paidBack('60.00'));
    expect(findings).toMatchObject([{ expected: '60.00', actual: '100.00', difference: '-40.00' }]);
    expect(findings[0]?.text.en).toContain("add up to 60.00 TRY, but the order's refund is 100.00 TRY");
    expect(of('0.00', paidBack('0.01')).findings).toMatchObject([{ expected: '0.01', difference: '0.01' }]);
  });
  test('is skipped where payments or the refund are not known', () => {
    expect(checkOne('refund.transactions', { order: plainOrder() })).toEqual(SKIPPED);
    expect(of(null)).toEqual(SKIPPED);
    expect(of('1.00', paidBack('1.00', { currency: 'eur' }))).toEqual(SKIPPED);
  });
});

describe('refund.plan', () => {
  const of = (refund_amount: string | null, ...plans: Record<string, unknown>[]) =>
    checkOne('refund.plan', { order: plainOrder({ refund_amount }), payments: { plans } });

  test('adds the completed plans', () => {
    expect(of('100.00', plan('60.00'), plan('40.00'), plan('9.00', { status: 'approved' }))).toEqual(NONE);
    const { findings } = of('60.00', plan('60.00'), plan('40.00'));
    expect(findings).toMatchObject([{ expected: '100.00', actual: '60.00', difference: '40.00' }]);
    expect(findings[0]?.text.en).toContain("plans refund 100.00 TRY, but the order's refund is 60.00 TRY");
  });
  test('has nothing to compare without a completed plan', () => {
    expect(of('60.00')).toEqual(NONE);
    expect(of('60.00', plan('9.00', { status: 'rejected' }))).toEqual(NONE);
  });
  test('is skipped where plans were not read, or one names no amount', () => {
    expect(checkOne('refund.plan', { order: plainOrder() })).toEqual(SKIPPED);
    const payments = { plans: { refused: 'FORBIDDEN' } };
    expect(checkOne('refund.plan', { order: plainOrder(), payments })).toEqual(SKIPPED);
    expect(of('60.00', plan('60.00'), plan(null))).toEqual(SKIPPED);
    expect(of(null, plan('60.00'))).toEqual(SKIPPED);
  });
});

describe('refund.stuck', () => {
  const since = (ms: number, given: Record<string, unknown> = {}): CheckCase => ({
    order: withLine({ cancel_status: 'waiting' }),
    payments: { plans: [plan(null, { status: 'waiting', created_date: at(ms), modified_date: at(NOW_MS), ...given })] },
  });

  test('begins after the days of the rules, counted from the making of the plan', () => {
    expect(checkOne('refund.stuck', since(NOW_MS - 14 * DAY_MS))).toEqual(NONE);
    const { findings } = checkOne('refund.stuck', since(NOW_MS - 14 * DAY_MS - 1_000));
    expect(findings).toMatchObject([{ severity: 'warning', expected: null, difference: null }]);
    expect(findings[0]?.text.en).toMatch(/^Cancellation plan \d+ has been waiting for 14 full days\.$/);
    expect(findings[0]?.text.tr).toContain('14 tam gündür bekliyor');
  });
  test.each(WAITING_CANCEL_STATUSES)('a plan that is %s waits', (status) => {
    expect(checkOne('refund.stuck', since(NOW_MS - 20 * DAY_MS, { status })).findings).toHaveLength(1);
  });
  test.each(['completed', 'rejected', 'manuel_refund_need', 'strange'])('a plan that is %s does not', (status) => {
    const order = withLine({ cancel_status: 'completed' });
    expect(checkOne('refund.stuck', { ...since(NOW_MS - 20 * DAY_MS, { status }), order })).toEqual(NONE);
  });
  test('a plan without the day of its making counts from its last change', () => {
    const given = { created_date: null, modified_date: at(NOW_MS - 15 * DAY_MS) };
    expect(checkOne('refund.stuck', since(0, given)).findings).toHaveLength(1);
  });
  test('a line whose beginning nobody saw is skipped, never guessed', () => {
    expect(checkOne('refund.stuck', { order: withLine({ cancel_status: 'waiting' }) })).toEqual(SKIPPED);
    const undated = since(0, { created_date: null, modified_date: null });
    expect(checkOne('refund.stuck', undated)).toEqual(SKIPPED);
    expect(checkOne('refund.stuck', { order: plainOrder() })).toEqual(NONE);
  });
  test('a line that was seen to begin waiting counts from then, and moving on begins anew', () => {
    const { writer, reader } = startEngine();
    const begin = NOW_MS - 40 * DAY_MS;
    const found = (days: number) => {
      writer.runChecks({ ...CHECKING, nowMs: begin + days * DAY_MS });
      return foundBy('refund.stuck', reader()).findings.map(({ text }) => text.en);
    };
    storeOrders(writer, [plainOrder()], { nowMs: begin - DAY_MS });
    storeOrders(writer, [withLine({ cancel_status: 'waiting' })], { nowMs: begin });
    expect(found(14)).toEqual([]);
    expect(found(15)).toEqual(['The cancellation of line 10 has been waiting for 15 full days or longer.']);
    storeOrders(writer, [withLine({ cancel_status: 'approved' })], { nowMs: begin + 15 * DAY_MS });
    expect(found(20)).toEqual([]);
    expect(found(30)).toHaveLength(1);
    storeOrders(writer, [withLine({ cancel_status: 'rejected' })], { nowMs: begin + 30 * DAY_MS });
    expect(found(40)).toEqual([]);
  });
});

test('refund.manual-needed: a line that Omnitron could not refund', () => {
  const { findings } = checkOne('refund.manual-needed', { order: withLine({ cancel_status: 'manuel_refund_need' }) });
  expect(findings).toMatchObject([{ severity: 'error' }]);
  expect(findings[0]?.text).toEqual({
    en: 'Omnitron could not refund line 10 by itself.',
    tr: 'Omnitron 10 numaralı satırların iadesini kendisi yapamadı.',
  });
  expect(checkOne('refund.manual-needed', { order: withLine({ cancel_status: 'approved' }) })).toEqual(NONE);
});

describe('refund.double', () => {
  const of = (payments: PaymentsOfOne) => checkOne('refund.double', { order: plainOrder(), payments });
  const card = (...transaction_set: Record<string, unknown>[]) => ({ transaction_set });

  test('equal refunds of one set, more than there are plans', () => {
    const { findings } = of({ sets: card(paidBack('50.00'), paidBack('50.00')), plans: [plan('100.00')] });
    expect(findings).toMatchObject([{ severity: 'warning', expected: null }]);
    expect(findings[0]?.text.en).toBe(
      '2 equal refunds of 50.00 TRY succeeded, more than there are cancellation plans.',
    );
    expect(findings[0]?.text.tr).toContain('50,00 TRY tutarında 2 eşit iade');
  });
  test.each<[string, PaymentsOfOne]>([
    ['different amounts', { sets: card(paidBack('50.00'), paidBack('50.01')) }],
    ['one that failed', { sets: card(paidBack('50.00'), paidBack('50.00', { is_succeeded: false })) }],
    ['two sets', { sets: { ...card(paidBack('50.00')), loyaltytransaction_set: [paidBack('50.00')] } }],
    ['purchases', { sets: card(transaction('50.00'), transaction('50.00')) }],
    [
      'a plan for each',
      {
        sets: card(paidBack('50.00'), paidBack('50.00')),
        plans: [plan('50.00', { order_items: [10] }), plan('50.00', { order_items: [11] })],
      },
    ],
  ])('%s: none', (_what, payments) => {
    expect(of(payments)).toEqual(NONE);
  });
  test('a rejected plan calls for no refund', () => {
    const plans = [plan('50.00'), plan('50.00', { status: 'rejected', order_items: [11] })];
    expect(of({ sets: card(paidBack('50.00'), paidBack('50.00')), plans }).findings).toHaveLength(1);
  });
  test('completed plans of one amount for the same lines, whatever their order', () => {
    const twice = (...given: Record<string, unknown>[]) => of({ plans: given.map((each) => plan('50.00', each)) });
    const { findings } = twice({ pk: 501, order_items: [10, 11] }, { pk: 502, order_items: [11, 10] });
    expect(findings.map(({ text }) => text.en)).toEqual([
      'Cancellation plans 501, 502 refund 50.00 TRY each for the same lines.',
    ]);
    expect(twice({ order_items: [10] }, { order_items: [10, 11] })).toEqual(NONE);
    expect(twice({ order_items: [10] }, { order_items: [10], refund_amount: '50.01' })).toEqual(NONE);
    expect(twice({ order_items: [10] }, { order_items: [10], status: 'approved' })).toEqual(NONE);
    expect(twice({ order_items: [] }, { order_items: [] })).toEqual(NONE);
    expect(twice({ order_items: null }, { order_items: null })).toEqual(NONE);
  });
  test('is skipped where transactions or plans are not known', () => {
    expect(checkOne('refund.double', { order: plainOrder() })).toEqual(SKIPPED);
    expect(of({ sets: card(paidBack('50.00'), paidBack('50.00')), plans: { refused: 'FORBIDDEN' } })).toEqual(SKIPPED);
    expect(of({ sets: card(paidBack('none')) })).toEqual(SKIPPED);
  });
});
