import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportReport } from '../../src/main/reports/export-report.ts';
import { TieOut } from '../../src/main/reports/tie-out.ts';
import { currencyDecimals } from '../../src/shared/currencies.ts';
import { formatAmount } from '../../src/shared/money.ts';
import { reportFinding, reportOrder, reportSource } from '../support/report-source.ts';

/** Names that every plain object answers to without having been given them. */
const NAMES = ['constructor', 'toString', 'tostring', '__proto__', 'hasOwnProperty'];

const folder = mkdtempSync(join(tmpdir(), 'report-names-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(NAMES)('data that is named %s', (name) => {
  const orders = [reportOrder(1, { currency: name, status: name }), reportOrder(2, { currency: name })];
  const findings = [reportFinding(1, { currency: name })];
  const source = reportSource(orders, findings);

  it('has the decimals of an unknown currency', () => {
    expect(currencyDecimals(name)).toBe(2);
    expect(formatAmount(1_500_000n, name)).toBe('1.50');
  });

  it('is added up under its own name and ties out', () => {
    const tieOut = new TieOut();
    for (const order of orders) tieOut.addOrder(order);
    for (const finding of findings) tieOut.addFinding(finding);
    expect(Object.entries(tieOut.totals())).toEqual([[name, { orders: 2, amount: '210.00', refund: '0.00' }]]);
    expect(() => tieOut.verify(source.control)).not.toThrow();
  });

  it('is refused when the control totals do not state it', () => {
    const tieOut = new TieOut();
    for (const order of orders) tieOut.addOrder(order);
    for (const finding of findings) tieOut.addFinding(finding);
    expect(() => tieOut.verify({ ...source.control, totals: {} })).toThrow(`orders in ${name}`);
  });

  it.each(['csv', 'xlsx'] as const)('stands in a report as it came (%s)', async (format) => {
    const path = join(folder, `${name}.${format}`);
    const result = await exportReport(
      source,
      { kind: 'reconciliation', format, period: source.header.period, language: 'en' },
      { path, negativeStyle: 'minus', signal: new AbortController().signal, onProgress: () => undefined },
    );
    expect(Object.keys(result.totals)).toEqual([name]);
    if (format === 'xlsx') return;
    const lines = readFileSync(path, 'utf8').split('\r\n');
    expect(lines).toContain(`${name.toUpperCase()},2,200.20,19.80,10.00,0.00,210.00,0.00`);
    expect(lines.find((line) => line.startsWith('2790000000000001,1,Web'))).toContain(`,Web,${name},`);
  });
});
