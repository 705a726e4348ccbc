import { describe, expect, test } from 'vitest';
import { amountsOfRows, type RawRow } from '../../src/main/reconcile/explain/row-components.ts';
import type { ProposedExplanation } from '../../src/shared/explanations.ts';
import type { CheckCode } from '../../src/shared/findings.ts';
import { parseAmount } from '../../src/shared/money.ts';
import type { FeeSchedule } from '../../src/shared/statements.ts';
import { rowStore } from '../support/statement-rows.ts';
import { wireLine } from '../support/wire-orders.ts';

/** An order, which by itself is 107.00, the amounts of its rows, and the finding that is explained. */
type Case = [order: Record<string, unknown>, amounts: readonly string[], check?: CheckCode];

/** Imports the rows of all cases into one store and explains the finding of each. */
async function explained(cases: readonly Case[], kind: 'erp' | 'gateway', fee: FeeSchedule | null = null) {
  const store = rowStore(cases.map(([order], at) => ({ id: at + 1, ...order })));
  const rows = cases.flatMap(([, amounts], at) =>
    amounts.map((amount, place) => ({ order: `N${at + 1}`, transaction: `T${at}${place}`, amount })),
  );
  await store.import(kind, rows, fee === null ? {} : { fee });
  store.match();
  return cases.map(([, , check = kind === 'erp' ? 'erp.amount' : 'statement.amount'], at) => {
    expect(store.findings(check).map(({ subject }) => subject)).toContain(at + 1);
    return store.reader.explainFinding({ check, subject: at + 1 });
  });
}
const short = (found: ProposedExplanation | null | undefined) =>
  found?.terms.map(({ code, sign, amount }) => [code, sign, amount]);

test('a row with the wrong sign: of a sale, of a refund, and what is none', async () => {
  const refund = (amount: string) => ({ refund_amount: amount });
  const [sale, instead, beside, refunded, other, twice] = await explained(
    [
      [{}, ['-107.00']],
      [refund('30.00'), ['-107.00']],
      [refund('30.00'), ['-107.00', '-30.00']],
      [refund('30.00'), ['107.00', '30.00']],
      [{}, ['-106.00']],
      [refund('107.00'), ['-107.00', '-107.00'], 'erp.duplicate'],
    ],
    'erp',
  );
  expect(short(sale)).toEqual([['sign-flip', -1, '107.00']]);
  expect(sale?.text).toEqual({
    en: '−row 2 of statement 1 has the amount of the order with the opposite sign 107.00 = -107.00 TRY',
    tr: '−1 numaralı ekstrenin 2. satırı şunun tutarını ters işaretle veriyor: sipariş 107,00 = -107,00 TRY',
  });
  // The order's refund, which has no row, is compared with that row.
  expect(short(instead)).toEqual([
    ['sign-flip', -1, '107.00'],
    ['refund', 1, '30.00'],
  ]);
  expect(short(beside)).toEqual([['sign-flip', -1, '107.00']]);
  expect(short(refunded)).toEqual([['sign-flip', 1, '30.00']]);
  expect(refunded?.text.en).toContain('row 7 of statement 1 has the amount of the refund with the opposite sign');
  // The row itself would say the same once more.
  expect(refunded?.runnerUp?.terms.map(({ code }) => code)).not.toEqual(['row']);
  expect(other).toBeNull();
  // A refund of the whole order is right as it stands.
  expect(short(twice)).toEqual([['refund', -1, '107.00']]);
  expect(short(twice?.runnerUp)).toEqual([['row', -1, '107.00']]);
});

describe('the agreed commission, where a settlement gives the net alone', () => {
  const order = { amount: '5389.37', orderitem_set: [wireLine(10, { price: '5382.37' })] };

  test('is told with its schedule; where none was agreed there is none', async () => {
    const [found] = await explained([[order, ['5282.12']]], 'gateway', { percent: '1.99', fixed: '0.00' });
    expect(found?.text).toEqual({
      en: '−commission by the agreed schedule: 1.99 % of 5,389.37 (row 2 of statement 1) 107.25 = -107.25 TRY',
      tr: '−anlaşılan tarifeye göre komisyon: 5.389,37 için %1,99 (1 numaralı ekstrenin 2. satırı) 107,25 = -107,25 TRY',
    });
    expect(short(found)).toEqual([['fee', -1, '107.25']]);
    const [unagreed] = await explained([[order, ['5282.12']]], 'gateway');
    expect(unagreed).toBeNull();
  });

  test('is of each shipment with a fixed sum, and stands beside another deduction', async () => {
    const [shipments, deducted] = await explained(
      [
        // 60.00 − 1.75 and 47.00 − 1.43.
        [{}, ['58.25', '45.57']],
        // 107.00 − 2.93 − 30.00: the commission of the whole amount.
        [{ refund_amount: '30.00' }, ['74.07']],
      ],
      'gateway',
      { percent: '2.50', fixed: '0.25' },
    );
    expect(short(shipments)).toEqual([
      ['fee', -1, '1.75'],
      ['fee', -1, '1.43'],
    ]);
    expect(short(deducted)).toEqual([
      ['refund', -1, '30.00'],
      ['fee', -1, '2.93'],
    ]);
    expect(deducted?.text.en).toContain('2.5 % + 0.25 of 107.00');
  });

  test('names the profile; a refund, and a row that gives its fee or its net, have none', () => {
    const row: RawRow = {
      ...{ id: 7n, statement_id: 3n, line: 9n, currency: 'try', amount: parseAmount('98.01') },
      ...{ fee: null, net: null, rate: null, profile: 'Kasa', fee_percent: '1.99', fee_fixed: '0.00' },
    };
    const fees = (given: Partial<RawRow>) =>
      amountsOfRows([{ ...row, ...given }], { amount: parseAmount('100.00'), refund: null, refunds: [] }, null)
        .filter(({ code, label }) => code === 'fee' && label().en.includes('schedule'))
        .map(({ amount, label }) => [amount, label().en, label().tr]);
    expect(fees({})).toEqual([
      [
        1_990_000n,
        'commission by the agreed schedule (profile Kasa): 1.99 % of 100.00 (row 9 of statement 3)',
        'anlaşılan tarifeye göre komisyon (Kasa profili): 100,00 için %1,99 (3 numaralı ekstrenin 9. satırı)',
      ],
    ]);
    expect(fees({ amount: -row.amount })).toEqual([]);
    expect(fees({ fee: 10_000n })).toEqual([]);
    expect(fees({ net: row.amount })).toEqual([]);
    expect(fees({ fee_percent: null, fee_fixed: null })).toEqual([]);
  });
});
