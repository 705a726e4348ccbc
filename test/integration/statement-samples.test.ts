import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { indexOfNumber } from '../../src/main/sandbox/numbers.ts';
import type { StatementKind } from '../../src/shared/statements.ts';
import { statementEngine } from '../support/statement-engine.ts';

const FOLDER = join(import.meta.dirname, '../../resources/statements');
/** What the demo store is made with. */
const DEMO = { seed: 42, orders: 300 };

/** Kind, rows and sum of every sample, and what is odd about it. */
const SAMPLES: Record<
  string,
  { kind: StatementKind; rows: number; amount: string; damaged: number; encoding: string | null }
> = {
  'logo-erp.csv': { kind: 'erp', rows: 30, amount: '96340.73', damaged: 0, encoding: 'windows-1254' },
  'netsis-erp.txt': { kind: 'erp', rows: 31, amount: '143251.49', damaged: 0, encoding: 'utf-16le' },
  'sap-erp.txt': { kind: 'erp', rows: 30, amount: '103347.96', damaged: 0, encoding: 'utf-8' },
  'nebim-erp.xlsx': { kind: 'erp', rows: 35, amount: '154940.55', damaged: 0, encoding: null },
  'iyzico-settlement.csv': { kind: 'gateway', rows: 33, amount: '110281.47', damaged: 0, encoding: 'utf-8' },
  'bank-pos.csv': { kind: 'bank', rows: 35, amount: '140233.48', damaged: 0, encoding: 'windows-1254' },
  'trendyol-payout.csv': { kind: 'marketplace', rows: 36, amount: '126657.57', damaged: 1, encoding: 'utf-8' },
};

test('every sample is described here', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(SAMPLES).sort());
});

test.each(Object.entries(SAMPLES))('%s is read without any option', async (name, expected) => {
  const engine = statementEngine();
  const path = join(FOLDER, name);
  const preview = await engine.preview(path, expected.kind);
  expect(preview).toMatchObject({ encoding: expected.encoding, rows: expected.rows });
  const result = await engine.import(path, { kind: expected.kind });
  expect(result).toMatchObject({ rows: expected.rows, accepted: expected.rows, rejected: 0, duplicates: 0 });
  expect(result.totals).toEqual({ try: expect.objectContaining({ rows: expected.rows, amount: expected.amount }) });
  const lines = engine.lines(1);
  expect(lines.filter(({ damaged }) => damaged !== null)).toHaveLength(expected.damaged);
  // Orders of the demo store, so that whoever tries the samples sees matches.
  const known = lines.filter(({ order }) => order !== null && indexOfNumber(DEMO.seed, order, DEMO.orders) !== null);
  expect(known).toHaveLength(expected.rows - expected.damaged);
  expect(lines.every(({ day }) => day !== null)).toBe(true);
  // What the window proposes is what the command line takes.
  const headings = Object.entries(result.columns ?? {}).map(([field, taken]) => [field, taken.heading]);
  expect(preview.guess.columns).toEqual(Object.fromEntries(headings));
  // The payout names the day of the order beside that of the payment.
  if (expected.kind === 'marketplace') {
    expect(result.columns?.date).toEqual({ column: 4, heading: 'Ödeme Tarihi', others: [3] });
  }
  // Where fee and net are given, they belong together.
  for (const { amount, fee, net } of lines) {
    if (fee === null || net === null) continue;
    const cents = (text: string): bigint => BigInt(text.replace('.', ''));
    expect(cents(amount) - cents(fee)).toBe(cents(net));
  }
});
