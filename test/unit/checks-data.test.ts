import { describe, expect, test } from 'vitest';
import { CANCEL_STATUSES, STATUS_NAMES } from '../../src/shared/statuses.ts';
import { checkOne, foundBy, plainLine, plainOrder } from '../support/check-cases.ts';
import { CHECKING, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { wireOrder } from '../support/wire-orders.ts';

const NONE = { findings: [], skipped: 0 };

describe('data.unknown-status', () => {
  const of = (order: Record<string, unknown>, line: Record<string, unknown> = {}) =>
    checkOne('data.unknown-status', { order: plainOrder({ orderitem_set: [plainLine(10, line)], ...order }) });

  test('documented statuses, codes and names alike, are none', () => {
    const orderitem_set = [...Object.keys(STATUS_NAMES), ...Object.values(STATUS_NAMES), 'cancelled'].map(
      (status, place) => plainLine(10 + place, { status }),
    );
    const cancels = [null, '', ...CANCEL_STATUSES].map((cancel_status, place) =>
      plainLine(60 + place, { cancel_status }),
    );
    expect(of({ orderitem_set: [...orderitem_set, ...cancels] })).toEqual(NONE);
  });
  test('names every status that is not', () => {
    const { findings } = of({ status: '560' }, { status: '425', cancel_status: 'on_hold' });
    expect(findings).toMatchObject([{ severity: 'warning', order: { id: 1 }, expected: null }]);
    expect(findings[0]?.text).toEqual({
      en: 'Not documented: status 560 of the order; status 425 of a line; cancel_status on_hold of a line.',
      tr: 'Belgelenmemiş: siparişin durumu 560; satır durumu 425; satırın cancel_status değeri on_hold.',
    });
    expect(of({}, { cancel_status: 'Completed' }).findings).toHaveLength(1);
  });
});

describe('data.quarantined', () => {
  const broken = (given: Record<string, unknown>) => wireOrder(2, { amount: '12,50 TL', ...given });
  const textsOf = (...pages: unknown[][]) => {
    const { writer, reader } = startEngine();
    for (const [place, orders] of pages.entries()) storeOrders(writer, orders, { nowMs: NOW_MS + place });
    writer.runChecks(CHECKING);
    return foundBy('data.quarantined', reader()).findings;
  };

  test('an order that cannot be read has its id as subject and no order', () => {
    const findings = textsOf([plainOrder(), broken({})]);
    expect(findings).toMatchObject([{ subject: 2, order: null, currency: '', severity: 'error', expected: null }]);
    expect(findings[0]?.text.en).toBe('Order 2 could not be read (amount: not_amount); it is in no total.');
    expect(findings[0]?.text.tr).toContain('2 kimlikli sipariş okunamadı');
  });
  test('of one that was read before, the older reading is shown', () => {
    const findings = textsOf([wireOrder(2)], [broken({})]);
    expect(findings).toMatchObject([{ subject: 2, order: { id: 2 } }]);
    expect(findings[0]?.text.en).toContain('an older one is shown');
  });
  test('rows without an id are counted in one finding', () => {
    const findings = textsOf([broken({ id: 'x' }), broken({ id: null, number: 'A' }), 'nonsense', broken({})]);
    expect(findings.map(({ subject, order }) => [subject, order])).toEqual([
      [0, null],
      [2, null],
    ]);
    expect(findings[0]?.text.en).toMatch(/^3 rows without an id could not be read \(for instance /);
    expect(textsOf([broken({ id: 'x' })])[0]?.text.en).toMatch(/^1 row without an id/);
  });
  test('closes once the order can be read', () => {
    expect(textsOf([broken({})], [wireOrder(2)])).toEqual([]);
  });
});

describe('data.vanished', () => {
  test('an order that a complete reading no longer met; it comes back and goes again', () => {
    const { writer, reader } = startEngine();
    const found = (orders: unknown[], place: number) => {
      storeOrders(writer, orders, { nowMs: NOW_MS + place });
      writer.runChecks({ ...CHECKING, nowMs: NOW_MS + place });
      return foundBy('data.vanished', reader()).findings;
    };
    const all = [wireOrder(1), wireOrder(2)];
    expect(found(all, 0)).toEqual([]);
    expect(found(all.slice(1), 1)).toMatchObject([
      { subject: 1, order: { id: 1, number: 'N1' }, currency: 'try', severity: 'warning', expected: null },
    ]);
    expect(found(all, 2)).toEqual([]);
    expect(found(all.slice(1), 3).map(({ text }) => text.tr)).toEqual(['Omnitron’da bu sipariş artık yok.']);
  });
  test('is the only finding that such an order keeps', () => {
    const { writer, reader } = startEngine();
    const wrong = [wireOrder(1, { amount: '1.00' }), wireOrder(2)];
    const codes = () =>
      reader()
        .orderDetail({ id: 1 })
        .findings.map(({ check }) => check);
    storeOrders(writer, wrong);
    writer.runChecks(CHECKING);
    expect(codes()).toContain('amount.total');
    storeOrders(writer, wrong.slice(1), { nowMs: NOW_MS + 1 });
    writer.runChecks(CHECKING);
    expect(codes()).toEqual(['data.vanished']);
  });
});
