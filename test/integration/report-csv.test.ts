import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportReport } from '../../src/main/reports/export-report.ts';
import type { ReportRequest } from '../../src/shared/reports.ts';
import { readCsv } from '../support/csv-reader.ts';
import { NOT_JUDGED, reportFinding, reportOrder, reportSource } from '../support/report-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const orders = [
  reportOrder(1),
  reportOrder(2, {
    channel: '=cmd|"/c calc"!A1',
    amount: '-1234567.89',
    refund: null,
    status: '999',
    sent: false,
    findings: 1,
  }),
  reportOrder(3, { channel: 'a;b, "c"\r\nd', currency: 'eur', amount: '9223372036854.775807', refund: '0.30' }),
];
const findings = [
  reportFinding(2),
  reportFinding(3, {
    check: 'invoice.missing',
    severity: 'error',
    expected: null,
    actual: null,
    difference: null,
    currency: 'eur',
    status: 'explained',
    reason: 'invoice-date',
    note: '=asked',
  }),
];
const source = reportSource(orders, findings, { header: { filter: '-only this' } });

async function exported(language: ReportRequest['language'], from = source) {
  const path = join(folder, `${language}.csv`);
  const result = await exportReport(
    from,
    { kind: 'reconciliation', format: 'csv', period: source.header.period, language },
    { path, negativeStyle: 'parentheses', signal: new AbortController().signal, onProgress: () => undefined },
  );
  const text = readFileSync(path, 'utf8');
  const rows = readCsv(text.slice(1), language === 'tr' ? ';' : ',');
  /** The rows of a section: from the line after its title to the blank line that ends it. */
  const section = (title: string): string[][] => {
    const start = rows.findIndex((row) => row.length === 1 && row[0] === title) + 1;
    const end = rows.findIndex((row, index) => index >= start && row.length === 1 && row[0] === '');
    return rows.slice(start, end < 0 ? undefined : end);
  };
  return { path, result, text, rows, section };
}

describe('the CSV report', () => {
  it('is UTF-8 with a byte order mark, CR LF and no separator line', async () => {
    const { text, path, result } = await exported('tr');
    expect(text.startsWith('\uFEFFMutabakat raporu\r\nŞirket;')).toBe(true);
    expect(text).not.toMatch(/^sep=/m);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(result).toEqual({
      path,
      rows: 5,
      totals: source.control.totals,
      sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
    });
  });

  it('writes orders for Turkish spreadsheets, every digit of them', async () => {
    const { section } = await exported('tr');
    expect(section('Siparişler')).toEqual([
      [
        'Sipariş numarası',
        'Sipariş kimliği',
        'Kanal',
        'Durum',
        'Sipariş tarihi',
        'Para birimi',
        'Satırlar',
        'Kargo',
        'İndirim',
        'Vade farkı',
        'Tutar',
        'İade',
        'Fatura numarası',
        'ERP’ye aktarıldı',
        'Açık bulgu',
      ],
      [
        '2790000000000001',
        '1',
        'Web',
        'Teslim edildi (550)',
        '06.01.2026 00:31:15',
        'TRY',
        '100,10',
        '9,90',
        '5,00',
        '0,00',
        '105,00',
        '0,00',
        'ABC2026000000001',
        'evet',
        '0',
      ],
      [
        '2790000000000002',
        '2',
        '\'=cmd|"/c calc"!A1',
        '999',
        '06.01.2026 00:32:15',
        'TRY',
        '100,10',
        '9,90',
        '5,00',
        '0,00',
        '-1234567,89',
        '',
        'ABC2026000000002',
        'hayır',
        '1',
      ],
      [
        '2790000000000003',
        '3',
        'a;b, "c" d',
        'Teslim edildi (550)',
        '06.01.2026 00:33:15',
        'EUR',
        '100,10',
        '9,90',
        '5,00',
        '0,00',
        '9223372036854,775807',
        '0,30',
        'ABC2026000000003',
        'evet',
        '0',
      ],
    ]);
  });

  it('writes findings for English spreadsheets', async () => {
    const { section } = await exported('en');
    expect(section('Findings').slice(1)).toEqual([
      [
        '2790000000000002',
        '2',
        'Total does not add up',
        'amount.total',
        'Warning',
        '105.00',
        '106.50',
        '-1.50',
        'TRY',
        'The amount is 1.50 too high; look at it.',
        'Open',
        '',
        '',
      ],
      [
        '2790000000000003',
        '3',
        'Invoice missing',
        'invoice.missing',
        'Error',
        '',
        '',
        '',
        'EUR',
        'The amount is 1.50 too high; look at it.',
        'Explained',
        'Invoice date',
        "'=asked",
      ],
    ]);
  });

  it('states header, control totals and findings by check before the tables', async () => {
    const { rows, section } = await exported('en');
    expect(rows).toContainEqual(['Company', 'Örnek Mağazacılık A.Ş.']);
    expect(rows).toContainEqual(['Filter', "'-only this"]);
    expect(rows).toContainEqual(['Orders that could not be read', '0']);
    expect(rows).toContainEqual(['Prepared by', '']);
    expect(rows).toContainEqual(['Run at', '2026-02-02 11:05:09 (Europe/Istanbul)']);
    expect(section('Control totals')).toEqual([
      ['Currency', 'Orders', 'Lines', 'Shipping', 'Discount', 'Interest', 'Amount', 'Refund'],
      ['TRY', '2', '200.20', '19.80', '10.00', '0.00', '-1234462.89', '0.00'],
      ['EUR', '1', '100.10', '9.90', '5.00', '0.00', '9223372036854.775807', '0.30'],
      ['All currencies', '3'],
      ['Findings', '2'],
      ['First order date', '2026-01-06 00:31:15'],
      ['Last order date', '2026-01-06 00:33:15'],
      ['Order ids', '3, every one unique'],
      ['Order numbers', '3, every one unique'],
    ]);
    expect(section('Findings by check')).toContainEqual([
      'Total does not add up',
      'amount.total',
      '1',
      `${NOT_JUDGED}`,
      'TRY',
      '-1.50',
    ]);
    expect(section('Findings by check')).toContainEqual(['Not sent to ERP', 'erp.not-sent', '0', '0', '', '']);
    expect(section('Findings by check')).toContainEqual([
      'Invoice missing',
      'invoice.missing',
      '1',
      `${NOT_JUDGED}`,
      '',
      '',
    ]);
    expect(section('Findings by status')).toEqual([
      ['Status', 'Findings', 'Currency', 'Sum of differences'],
      ['Open', '1', 'TRY', '-1.50'],
      ['Explained', '1', '', ''],
    ]);
  });

  it('adds up what is not given as nothing, and refuses a report whose rows changed after they were added up', async () => {
    const { section } = await exported('tr', reportSource([reportOrder(1), reportOrder(2, { shipping: null })]));
    expect(section('Kontrol toplamları').slice(0, 2)).toEqual([
      ['Para birimi', 'Sipariş', 'Satırlar', 'Kargo', 'İndirim', 'Vade farkı', 'Tutar', 'İade'],
      ['TRY', '2', '200,20', '9,90', '10,00', '0,00', '210,00', '0,00'],
    ]);
    const steady = reportSource([reportOrder(1)]);
    const later = reportSource([reportOrder(1, { discount: '5.01' })]);
    let walks = 0;
    const changing = { ...steady, orders: () => (walks++ === 0 ? steady : later).orders() };
    await expect(exported('en', changing)).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining('discount in try'),
    });
  });

  it('keeps the plain minus where the setting asks for parentheses: the file is read by other programs', async () => {
    const { text } = await exported('en');
    expect(text).toContain(',-1234567.89,');
    expect(text).not.toContain('(1234567');
  });

  it('warns in its first lines when orders may be missing', async () => {
    const header = { lastSync: null, lastCompleteMs: null, quarantined: 3 };
    const { rows } = await exported('en', reportSource(orders, findings, { header }));
    expect(rows.slice(0, 4)).toEqual([
      ['Reconciliation report'],
      ['WARNING', 'No sync with Omnitron has ended yet: orders are missing from this report.'],
      ['WARNING', 'Orders that could not be read: 3. They are missing here, or stand here as they were read before.'],
      ['Company', 'Örnek Mağazacılık A.Ş.'],
    ]);
  });
});
