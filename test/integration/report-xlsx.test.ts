import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECK_CODES } from '../../src/main/reconcile/checks/catalogue.ts';
import { type ExportOptions, exportReport } from '../../src/main/reports/export-report.ts';
import type { ReportSource } from '../../src/main/reports/source.ts';
import { parseAmount } from '../../src/shared/money.ts';
import type { ReportRequest, ReportResult } from '../../src/shared/reports.ts';
import { reportFinding, reportOrder, reportSource } from '../support/report-source.ts';
import { type ReadCell, type ReadSheet, type ReadWorkbook, readXlsx, rowOf } from '../support/xlsx-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-xlsx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;
async function exported(
  source: ReportSource,
  language: ReportRequest['language'] = 'en',
  options: Partial<Pick<ExportOptions, 'rowsPerSheet' | 'negativeStyle'>> = {},
): Promise<{ result: ReportResult; book: ReadWorkbook; path: string }> {
  written += 1;
  const path = join(folder, `report-${written}.xlsx`);
  const result = await exportReport(
    source,
    { kind: 'reconciliation', format: 'xlsx', period: source.header.period, language },
    {
      path,
      negativeStyle: 'minus',
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...options,
    },
  );
  return { result, book: readXlsx(path), path };
}

function sheet(book: ReadWorkbook, name: string): ReadSheet {
  const found = book.sheets.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no sheet ${name} among ${book.sheets.map((each) => each.name).join(', ')}`);
  return found;
}

/** The cell below a heading, found by the heading's text. */
function under(table: ReadSheet, heading: string, row: number): ReadCell | undefined {
  const column = Object.entries(rowOf(table, 4)).find(([, cell]) => cell.text === heading)?.[0];
  if (column === undefined) throw new Error(`no column ${heading}`);
  return table.cells.get(`${column}${row}`);
}

const LINK = '=HYPERLINK("http://evil.example","Açın")';
const orders = [
  reportOrder(1),
  reportOrder(2, { channel: LINK, amount: '-1234567.89', refund: null, invoiceNumber: null, sent: false, findings: 2 }),
  reportOrder(3, { currency: 'eur', amount: '0.10', refund: '0.30', number: '0000000000000042' }),
  reportOrder(4, {
    channel: null,
    status: '999',
    amount: '12.345678',
    datePlacedMs: Date.UTC(2026, 0, 31, 20, 59, 59),
  }),
  reportOrder(5, {
    currency: 'jpy',
    amount: '1500',
    refund: '0',
    linesTotal: '1500',
    shipping: '0',
    discount: null,
    interest: null,
  }),
];
const findings = [
  reportFinding(2),
  reportFinding(2, { check: 'invoice.missing', severity: 'error', expected: null, actual: null, difference: null }),
  reportFinding(3, { currency: 'eur', difference: '0.20', text: { en: '-1 is <odd> & "quoted"', tr: '+1' } }),
];
const source = reportSource(orders, findings);

it.each(['Findings', 'Bulgular'])('%s without a currency stand on a sheet of that name', async (title) => {
  const some = reportSource(
    orders,
    [1, 2, 3].map(() => reportFinding(2, { currency: '', difference: null })),
  );
  const { book } = await exported(some, title === 'Findings' ? 'en' : 'tr', { rowsPerSheet: 2 });
  expect(book.sheets.map(({ name }) => name).filter((name) => name.startsWith(title))).toEqual([title, `${title} 2`]);
});

describe('the XLSX report', () => {
  let result: ReportResult;
  let book: ReadWorkbook;
  let path: string;
  beforeAll(async () => {
    ({ result, book, path } = await exported(source));
  });

  it('answers rows, totals and the checksum of the file, and leaves nothing else behind', () => {
    expect(result.path).toBe(path);
    expect(result.rows).toBe(8);
    expect(result.totals).toEqual(source.control.totals);
    expect(result.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('has a summary, then the sheets of every currency', () => {
    expect(book.sheets.map(({ name }) => name)).toEqual([
      'Summary',
      'Findings TRY',
      'Findings EUR',
      'Orders TRY',
      'Orders EUR',
      'Orders JPY',
    ]);
  });

  it('keeps 16-digit order numbers and invoice numbers as text', () => {
    const table = sheet(book, 'Orders TRY');
    expect(under(table, 'Order number', 5)).toMatchObject({ type: 'str', text: '2790000000000001', format: '@' });
    expect(under(table, 'Invoice number', 5)).toMatchObject({ type: 'str', text: 'ABC2026000000001' });
    expect(under(sheet(book, 'Orders EUR'), 'Order number', 5)).toMatchObject({ text: '0000000000000042' });
  });

  it('writes every amount as a number of exactly its digits', () => {
    const columns = {
      Lines: 'linesTotal',
      Shipping: 'shipping',
      Discount: 'discount',
      Interest: 'interest',
      Amount: 'amount',
      Refund: 'refund',
    } as const;
    for (const currency of ['try', 'eur', 'jpy']) {
      const table = sheet(book, `Orders ${currency.toUpperCase()}`);
      const expected = orders.filter((order) => order.currency === currency);
      expect(table.rows).toBe(4 + expected.length);
      expected.forEach((order, index) => {
        for (const [heading, field] of Object.entries(columns)) {
          const cell = under(table, heading, 5 + index);
          const amount = order[field];
          if (amount === null) expect(cell).toBeUndefined();
          else
            expect({ type: cell?.type, micros: parseAmount(cell?.text ?? '') }).toEqual({
              type: 'n',
              micros: parseAmount(amount),
            });
        }
      });
    }
  });

  it('shows amounts with the decimals of their currency, more only where the amount has more', () => {
    const table = sheet(book, 'Orders TRY');
    expect(under(table, 'Amount', 5)?.format).toBe('#,##0.00;-#,##0.00;"–"');
    expect(under(table, 'Amount', 6)).toMatchObject({ type: 'n', text: '-1234567.89' });
    expect(under(table, 'Amount', 7)?.format).toBe('#,##0.000000;-#,##0.000000;"–"');
    expect(under(sheet(book, 'Orders JPY'), 'Amount', 5)?.format).toBe('#,##0;-#,##0;"–"');
  });

  it('writes strings as strings: text of users never becomes a formula', () => {
    const table = sheet(book, 'Orders TRY');
    expect(under(table, 'Channel', 6)).toMatchObject({ type: 'str', text: LINK, formula: null });
    expect(under(sheet(book, 'Findings EUR'), 'Explanation', 5)).toMatchObject({
      type: 'str',
      text: '-1 is <odd> & "quoted"',
      formula: null,
    });
    for (const each of book.sheets) {
      for (const [address, cell] of each.cells) {
        if (cell.formula === null) continue;
        expect(cell.formula, `${each.name}!${address}`).toMatch(
          /^(SUM|COUNTA)\([A-Z]+5:[A-Z]+\d+\)$|^SUBTOTAL\((109|103),[A-Z]+5:[A-Z]+\d+\)$|^'Orders (TRY|EUR|JPY)'![KL]2$/,
        );
      }
    }
  });

  it('totals each sheet with formulas that follow the filter and hold their value', () => {
    const table = sheet(book, 'Orders TRY');
    expect(rowOf(table, 2)).toMatchObject({
      A: { text: 'All rows' },
      B: { formula: 'COUNTA(B5:B7)', text: '3' },
      K: { formula: 'SUM(K5:K7)' },
      O: { formula: 'SUM(O5:O7)', text: '2' },
    });
    expect(rowOf(table, 3)).toMatchObject({
      A: { text: 'Rows shown' },
      B: { formula: 'SUBTOTAL(103,B5:B7)', text: '3' },
      K: { formula: 'SUBTOTAL(109,K5:K7)' },
      L: { formula: 'SUBTOTAL(109,L5:L7)', text: '0' },
    });
    expect(Number(rowOf(table, 3).K?.text)).toBe(-1_234_450.544322);
    expect(rowOf(sheet(book, 'Findings EUR'), 3).H).toMatchObject({ formula: 'SUBTOTAL(109,H5:H5)', text: '0.2' });
    expect(rowOf(sheet(book, 'Findings TRY'), 3).F).toBeUndefined();
  });

  it('states the control totals, and the sheets prove them', () => {
    const summary = sheet(book, 'Summary');
    for (const [currency, total] of Object.entries(source.control.totals)) {
      const row = [...summary.cells].find(
        ([address, cell]) => address.startsWith('A') && cell.text === currency.toUpperCase(),
      )?.[0];
      const cells = rowOf(summary, Number(row?.slice(1)));
      expect(cells.B).toMatchObject({ type: 'n', text: String(total.orders) });
      expect(parseAmount(cells.C?.text ?? '')).toBe(parseAmount(total.amount));
      expect(parseAmount(cells.D?.text ?? '')).toBe(parseAmount(total.refund));
      expect(cells.E).toMatchObject({ formula: `'Orders ${currency.toUpperCase()}'!K2`, text: cells.C?.text });
      expect(cells.F).toMatchObject({ formula: `'Orders ${currency.toUpperCase()}'!L2`, text: cells.D?.text });
    }
  });

  it('says in its header what it is', () => {
    const summary = sheet(book, 'Summary');
    const said = new Map(
      [...summary.cells]
        .filter(([address]) => address.startsWith('A'))
        .map(([address, cell]) => [cell.text, summary.cells.get(address.replace('A', 'B'))?.text]),
    );
    expect(said.get('Company')).toBe('Örnek Mağazacılık A.Ş.');
    expect(said.get('Period (both days included)')).toBe('01 Jan 2026 – 31 Jan 2026');
    expect(said.get('Time zone of days and times')).toBe('Europe/Istanbul');
    expect(said.get('Currencies')).toBe('TRY, EUR, JPY');
    expect(said.get('Filter')).toBe('All orders of the period');
    expect(said.get('Run at')).toBe('2026-02-02 11:05:09 (Europe/Istanbul)');
    expect(said.get('Program version')).toBe('Mutabakat 0.1.0');
    expect(said.get('Version of the checks')).toBe('1');
    expect(said.get('Omnitron address')).toBe('https://shop.example.com');
    expect(said.get('Connection')).toBe('default');
    expect(said.get('Checks as of')).toBe('2026-02-02 10:00:05, time allowed before an order must be in the ERP: 24 h');
    expect(said.get('Last sync with Omnitron')).toBe('2026-02-02 10:00:00, complete; orders in Omnitron: 5');
    expect(said.get('Last complete sync')).toBe('2026-02-02 10:00:00');
    expect(said.get('Orders that could not be read')).toBe('0');
    expect(said.get('Order ids')).toBe('5, every one unique');
    expect(said.get('Findings')).toBe('3');
    expect([...summary.cells.values()].map(({ text }) => text).join('\n')).not.toContain('WARNING');
    for (const blank of ['Prepared by', 'Checked by']) expect(said.get(blank)).toBe('');
    expect([...said.keys()].join('\n')).toContain('Difference = expected − actual');
  });

  it('lists every check with its findings, those without any too', () => {
    const summary = sheet(book, 'Summary');
    const rows = [...summary.cells].filter(([address, cell]) => address.startsWith('B') && cell.text.includes('.'));
    const found = rows.map(([address, cell]) => [cell.text, summary.cells.get(address.replace('B', 'C'))?.text]);
    for (const check of CHECK_CODES) {
      const count = findings.filter((finding) => finding.check === check).length;
      expect(found).toContainEqual([check, String(count)]);
    }
  });

  it('writes dates as numbers of the business time zone with a date format', () => {
    const cell = under(sheet(book, 'Orders TRY'), 'Order date', 7);
    expect(cell).toMatchObject({ type: 'n', format: 'yyyy-mm-dd hh:mm:ss' });
    expect(Math.round(Number(cell?.text) * 86_400)).toBe(Date.UTC(2026, 0, 31, 23, 59, 59) / 1000 + 25_569 * 86_400);
  });

  it('freezes headings and keys, filters, prints on A4 landscape with titles and page numbers', () => {
    const { xml } = sheet(book, 'Orders TRY');
    expect(xml).toMatch(/<pane xSplit="1" ySplit="4" topLeftCell="B5"[^>]*state="frozen"\/>/);
    expect(xml).toContain('<autoFilter ref="A4:O7"/>');
    expect(xml).toMatch(/<pageSetup paperSize="9" orientation="landscape"[^>]*fitToHeight="0"/);
    expect(xml).toContain('<pageSetUpPr fitToPage="1"/>');
    expect(xml).toContain('&amp;CPage &amp;P of &amp;N');
    expect(xml).toContain('<ignoredError sqref="A1:O7" numberStoredAsText="1"/>');
    expect(book.names.get('_xlnm.Print_Titles!3')).toBe("'Orders TRY'!$4:$4");
  });

  it('is protected without a password but lets people filter and write notes', () => {
    const { xml } = sheet(book, 'Findings TRY');
    const protection = /<sheetProtection [^>]*>/.exec(xml)?.[0] ?? '';
    expect(protection).toContain('sheet="1"');
    expect(protection).toContain('autoFilter="0"');
    expect(protection).not.toMatch(/hashValue|password/);
    expect(xml).toContain('<autoFilter ref="A4:N6"/>');
    expect(book.styles).toContain('locked="0"');
  });
});

describe('the XLSX report in other cases', () => {
  it('is written in Turkish', async () => {
    const { book } = await exported(source, 'tr');
    expect(book.sheets.map(({ name }) => name)).toContain('Siparişler TRY');
    const table = sheet(book, 'Siparişler TRY');
    expect(under(table, 'Sipariş tarihi', 5)?.format).toBe('dd.mm.yyyy hh:mm:ss');
    expect(under(table, 'Durum', 5)?.text).toBe('Teslim edildi (550)');
    expect(under(table, 'ERP’ye aktarıldı', 6)?.text).toBe('hayır');
    expect(under(sheet(book, 'Bulgular TRY'), 'Açıklama', 5)?.text).toBe('Tutar 1,50 fazla; inceleyin.');
    expect(table.xml).toContain('&amp;CSayfa &amp;P / &amp;N');
  });

  it('makes the row of a long explanation as high as its text', async () => {
    const text = 'word '.repeat(40);
    const short = reportFinding(1, { check: 'invoice.missing' });
    const long = { ...short, text: { en: text, tr: text } };
    const { book } = await exported(reportSource([reportOrder(1)], [long, short]));
    const { xml } = sheet(book, 'Findings TRY');
    expect(xml).toMatch(/<row r="5"[^>]* ht="60"/);
    expect(xml).not.toMatch(/<row r="6"[^>]* ht=/);
  });

  it('continues on further sheets when one is full', async () => {
    const many = Array.from({ length: 7 }, (_, index) => reportOrder(index + 1, { amount: `${index + 1}.01` }));
    const noted = Array.from({ length: 4 }, (_, index) => reportFinding(index + 1));
    const { book, result } = await exported(reportSource(many, noted), 'en', { rowsPerSheet: 3 });
    expect(book.sheets.map(({ name, rows }) => [name, name === 'Summary' ? 0 : rows - 4])).toEqual([
      ['Summary', 0],
      ['Findings TRY', 3],
      ['Findings TRY 2', 1],
      ['Orders TRY', 3],
      ['Orders TRY 2', 3],
      ['Orders TRY 3', 1],
    ]);
    const amounts = book.sheets
      .filter(({ name }) => name.startsWith('Orders'))
      .flatMap((table) =>
        Array.from({ length: table.rows - 4 }, (_, index) => under(table, 'Amount', 5 + index)?.text),
      );
    expect(amounts).toEqual(many.map(({ amount }) => amount));
    expect(rowOf(sheet(book, 'Orders TRY 2'), 3).K).toMatchObject({ formula: 'SUBTOTAL(109,K5:K7)', text: '15.03' });
    const proof = [...sheet(book, 'Summary').cells.values()].find((cell) => cell.formula?.includes("'Orders TRY 3'"));
    expect(proof).toMatchObject({ formula: "'Orders TRY'!K2+'Orders TRY 2'!K2+'Orders TRY 3'!K2", text: '28.07' });
    expect(result.rows).toBe(11);
  });

  it('writes an amount that a double would round as marked text and leaves it out of the formulas', async () => {
    const long = '9223372036854.775807';
    const { book, result } = await exported(reportSource([reportOrder(1, { amount: long }), reportOrder(2)]), 'tr');
    const table = sheet(book, 'Siparişler TRY');
    expect(under(table, 'Tutar', 5)).toMatchObject({ type: 'str', text: '9223372036854,775807' });
    expect(rowOf(table, 3).K).toMatchObject({ text: '105' });
    expect(result.totals.try?.amount).toBe('9223372036959.775807');
    expect([...sheet(book, 'Özet').cells.values()].some(({ text }) => text === '9223372036959,775807')).toBe(true);
  });

  it('is whole for a period without orders', async () => {
    const { book, result } = await exported(
      reportSource([], [], { header: { period: { from: null, to: null }, lastSync: null, lastCompleteMs: null } }),
    );
    expect(result).toMatchObject({ rows: 0, totals: {} });
    expect(book.sheets.map(({ name, rows }) => [name, rows])).toEqual([
      ['Summary', expect.any(Number)],
      ['Findings', 4],
      ['Orders', 4],
    ]);
    const said = [...sheet(book, 'Summary').cells.values()].map(({ text }) => text);
    expect(said).toContain('from the first order – to the last order');
    expect(said).toContain('No orders in the period');
    expect(said).toContain('Never');
  });

  it('takes any text and any currency code that came from Omnitron', async () => {
    const channel = 'a\u0001b_x0041_\r\n<&>"\'😀\ud800';
    const odd = [
      reportOrder(1, { currency: 'a/b', channel }),
      reportOrder(2, { currency: 'a:b' }),
      reportOrder(3, { currency: "i'ş" }),
    ];
    const { book } = await exported(reportSource(odd));
    const names = book.sheets.map(({ name }) => name);
    expect(names).toEqual(['Summary', 'Findings', 'Orders A_B', 'Orders A_B (2)', "Orders I'Ş"]);
    expect(under(sheet(book, 'Orders A_B'), 'Channel', 5)?.text).toBe('a\uFFFDb_x0041_\r\n<&>"\'😀\uFFFD');
    const formulas = [...sheet(book, 'Summary').cells.values()].map(({ formula }) => formula);
    expect(formulas).toContain("'Orders I''Ş'!K2");
  });

  it('shows negative amounts in parentheses where the setting asks for them; zero stays a dash, no data empty', async () => {
    const long = '-9223372036854.775807';
    const negative = reportOrder(1, { amount: '-1234.56', refund: '0.00', discount: null, linesTotal: long });
    const lost = reportFinding(1, { difference: '-0.10' });
    const parted = await exported(reportSource([negative], [lost]), 'en', { negativeStyle: 'parentheses' });
    const format = '#,##0.00_);(#,##0.00);"–"_)';
    const table = sheet(parted.book, 'Orders TRY');
    expect(under(table, 'Amount', 5)).toMatchObject({ type: 'n', text: '-1234.56', format });
    expect(under(table, 'Refund', 5)).toMatchObject({ type: 'n', text: '0', format });
    expect(under(table, 'Discount', 5)).toBeUndefined();
    expect(under(table, 'Lines', 5)).toMatchObject({ type: 'str', text: `(${long.slice(1)})` });
    expect(rowOf(table, 2).K).toMatchObject({ text: '-1234.56', format });
    expect(under(sheet(parted.book, 'Findings TRY'), 'Difference', 5)).toMatchObject({ text: '-0.1', format });
    expect(parted.book.styles).not.toContain(';-#,##0');
  });

  it('warns below its title, and on every sheet, when orders may be missing', async () => {
    const { book } = await exported(reportSource(orders, findings, { header: { quarantined: 2, unfinishedMs: 0 } }));
    const summary = sheet(book, 'Summary');
    expect(summary.cells.get('A2')?.text).toMatch(/^WARNING: A sync that began/);
    expect(summary.cells.get('A3')?.text).toMatch(/^WARNING: Orders that could not be read: 2\./);
    expect(summary.cells.get('A4')).toBeUndefined();
    for (const table of book.sheets.filter(({ name }) => name !== 'Summary')) {
      expect(table.cells.get('A1')?.text).toContain('WARNING: see the first sheet');
    }
  });

  it('says how unique order numbers are, and writes any company into the footer', async () => {
    const { book } = await exported(
      reportSource(orders, [], { header: { company: 'A & B' }, control: { distinctNumbers: 4 } }),
    );
    const said = [...sheet(book, 'Summary').cells.values()].map(({ text }) => text).join('\n');
    expect(said).toContain('4 different among 5 orders');
    expect(sheet(book, 'Summary').xml).toContain('A &amp;&amp; B');
  });
});
