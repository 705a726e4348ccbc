import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { openReaderFile } from '../../src/main/database/connection-files.ts';
import { openReportSource } from '../../src/main/database/report-source.ts';
import { CATALOGUE_VERSION } from '../../src/main/reconcile/checks/catalogue.ts';
import { exportReport } from '../../src/main/reports/export-report.ts';
import { DEFAULT_RULES, type Rules } from '../../src/shared/rules.ts';
import { readCsv } from '../support/csv-reader.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { reportOrder, reportSource } from '../support/report-source.ts';
import { wireOrder } from '../support/wire-orders.ts';
import { readXlsx } from '../support/xlsx-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-rules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rules: Rules = {
  ...DEFAULT_RULES,
  formula: { ...DEFAULT_RULES.formula, discount: 'included' },
  tolerances: [{ currency: 'try', absolute: '0.05', percent: '1' }],
  quantityKey: 'koli_içi',
};

/** What a report says about itself, by label. */
async function headerOf(format: 'csv' | 'xlsx', language: 'en' | 'tr'): Promise<Map<string, string>> {
  const source = reportSource([reportOrder(1)], [], { header: { rulesVersion: '2.3', rules } });
  const path = join(folder, `${language}.${format}`);
  const request = { kind: 'reconciliation' as const, format, period: source.header.period, language };
  const { signal } = new AbortController();
  await exportReport(source, request, { path, negativeStyle: 'minus', signal, onProgress: () => undefined });
  if (format === 'csv') {
    const rows = readCsv(readFileSync(path, 'utf8').slice(1), language === 'tr' ? ';' : ',');
    return new Map(rows.map(([label = '', text = '']) => [label, text]));
  }
  const cells = readXlsx(path).sheets[0]?.cells ?? new Map();
  const texts = [...cells].filter(([place]) => /^A\d+$/.test(place));
  return new Map(texts.map(([place, cell]) => [cell.text, cells.get(place.replace('A', 'B'))?.text ?? '']));
}

describe.each(['csv', 'xlsx'] as const)('a report as %s', (format) => {
  it('says by which formula and tolerances its findings were made, in both languages', async () => {
    const english = await headerOf(format, 'en');
    expect(english.get('Version of the checks')).toBe('2.3');
    expect(english.get('Formula of the order amount')).toBe(
      'amount = lines (a merged line at its price) + shipping + installment interest + shipping interest; already in the prices: discount',
    );
    expect(english.get('Quantity of merged lines, by the attribute')).toBe('koli_içi');
    expect(english.get('Tolerances')).toBe('0.05 TRY or 1 % of the amount');
    const turkish = await headerOf(format, 'tr');
    expect(turkish.get('Sipariş tutarının formülü')).toBe(
      'tutar = satırlar (birleşik satır kendi fiyatıyla) + kargo + taksit vade farkı + kargo vade farkı; fiyatların içinde: indirim',
    );
    expect(turkish.get('Birleşik satırların miktarı, öznitelik')).toBe('koli_içi');
    expect(turkish.get('Toleranslar')).toBe('0,05 TRY veya tutar üzerinden %1');
  });
});

test('the version printed is that of the rules by which the findings were made', () => {
  const { writer, folder: data } = startEngine();
  storeOrders(writer, [wireOrder(1)]);
  const run = { nowMs: NOW_MS, erpHours: 24, timeZone: ISTANBUL };
  const header = (findings: typeof run | null) => {
    const file = closeAfterTest(openReaderFile(data));
    const period = { from: null, to: null };
    const asked = { company: '', connection: 'c', source: 's', period, timeZone: ISTANBUL, programVersion: '1' };
    return openReportSource(file, { ...asked, runAtMs: NOW_MS, rules: findings }).header;
  };
  writer.runChecks(run);
  writer.chooseRules({ rules, reason: 'as calibrated', nowMs: NOW_MS });
  expect(header(null)).toMatchObject({ rulesVersion: `${CATALOGUE_VERSION}.0`, rules: DEFAULT_RULES });
  expect(header(run)).toMatchObject({ rulesVersion: `${CATALOGUE_VERSION}.1`, rules });
  expect([header(null).otherQuantityKey, header(run).otherQuantityKey]).toEqual([false, true]);
  writer.runChecks({ ...run, all: false });
  expect(header(null)).toMatchObject({ rulesVersion: `${CATALOGUE_VERSION}.1`, rules });
});
