import { beforeEach, describe, expect, test } from 'vitest';
import type { CorrectionRow, PastedRow } from '../../src/shared/corrections.ts';
import { pastedRow } from '../../src/shared/corrections.ts';
import { AppError } from '../../src/shared/errors.ts';
import { DEFAULT_RULES } from '../../src/shared/rules.ts';
import { ISTANBUL, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { seededRandom, testSeed } from '../support/random.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

let engine: ReturnType<typeof startEngine>;
let reader: ReturnType<typeof engine.reader>;
const moment = { timeZone: ISTANBUL, nowMs: NOW_MS };
const none = { invoice_number: null, invoice_date: null, e_archive_url: null };

beforeEach(() => {
  engine = startEngine();
  reader = engine.reader();
  storeOrders(engine.writer, [
    wireOrder(1, { is_send: false, orderitem_set: [wireLine(11, none)] }),
    wireOrder(2, { is_send: false, orderitem_set: [wireLine(21, none), wireLine(22, none)] }),
    wireOrder(3, { number: '2790000000000000', orderitem_set: [wireLine(31, none)] }),
    wireOrder(4, { number: 'TWICE' }),
    wireOrder(5, { number: 'TWICE' }),
  ]);
});

const preview = (text: string) => reader.previewPaste({ text, ...moment });
const paste = (text: string) => engine.writer.addPaste({ text, ...moment });
const queued = (): CorrectionRow[] =>
  reader.correctionsList({ states: ['queued'], batch: null, offset: 0, limit: 500 }).rows.reverse();
const setsOf = (rows: CorrectionRow[]) =>
  rows.map(({ order, lineId, fields }) => [
    lineId ?? order.number,
    Object.fromEntries(fields.map(({ field, target }) => [field, target])),
  ]);
const reasonsOf = (rows: PastedRow[]) =>
  rows.map(({ line, problem }) => [
    line,
    problem === null ? 'good' : `${problem.reason} ${problem.field ?? ''}`.trim(),
  ]);
const thrown = (text: string): unknown => {
  try {
    return preview(text);
  } catch (error) {
    return error instanceof AppError ? [error.code, error.message] : error;
  }
};

describe('how a table may be written', () => {
  const wanted = [
    [11, { invoice_number: 'ABC2026000000001', invoice_date: '2026-02-05' }],
    [22, { invoice_number: 'ABC2026000000002', invoice_date: '2026-02-06' }],
  ];
  test.each([
    [
      'tabs, field names',
      'order\tline\tinvoice_number\tinvoice_date\nN1\t\tABC2026000000001\t2026-02-05\nN2\t22\tABC2026000000002\t2026-02-06',
    ],
    [
      'semicolons, Turkish',
      '\uFEFFSipariş No;Satır;Fatura No;Fatura Tarihi\r\nN1;11;ABC2026000000001;05.02.2026\r\n\r\nN2;22;ABC2026000000002;06.02.2026 00:00\r\n',
    ],
    [
      'commas, English, SKU',
      'Order Number,SKU,Invoice Number,Invoice Date\nN1,SKU-11,ABC2026000000001,05 Feb 2026\nN2,SKU-22,ABC2026000000002,2026-02-06',
    ],
    [
      'quotes with line ends',
      '"order"\t"line"\t"invoice_number"\t"invoice_date"\t"Not"\n"N1"\t\t"ABC2026000000001"\t2026-02-05\t"two\n""lines"""\n\'N2\t22\t="ABC2026000000002"\t2026-02-06\tx',
    ],
  ])('%s', (_name, text) => {
    const { rows, good, bad } = preview(text);
    expect([good, bad]).toEqual([2, 0]);
    expect(rows.map(({ lineId, lines }) => [lineId, lines])).toEqual([
      [11, 1],
      [22, 1],
    ]);
    expect(queued()).toEqual([]);
    expect(paste(text)).toEqual({ queued: 2, refused: [] });
    expect(setsOf(queued())).toEqual(wanted);
  });

  test('every field, and what a flag may be', () => {
    const text = [
      'sipariş no\tkargo takip no\tkargo firması\tdurum\tiptal durumu\tERP’ye aktarıldı\textra_field.note\textra_field.flag\tMüşteri',
      'N1\tTR 1\taras\t500\twaiting\tevet\t=1+1\tDOĞRU\tsomebody',
    ].join('\n');
    expect(preview(text)).toMatchObject({ good: 1, ignored: ['Müşteri'] });
    expect(paste(text)).toEqual({ queued: 2, refused: [] });
    expect(setsOf(queued())).toEqual([
      ['N1', { is_send: true }],
      [
        11,
        {
          tracking_number: 'TR 1',
          shipping_company: 'aras',
          status: '500',
          cancel_status: 'waiting',
          'extra_field.note': '=1+1',
          'extra_field.flag': true,
        },
      ],
    ]);
  });

  test.each([
    ['', 'There is nothing to paste'],
    ['hello', 'no column of order numbers'],
    ['order\tline\nN1\t11', 'no column of a field'],
    ['order\tinvoice_number\tfatura no\nN1\ta\tb', 'Two columns are invoice_number'],
    [`order\tis_send\n${'N1\t1\n'.repeat(10_001)}`, 'There are 10001 rows; at most 10000'],
  ])('no table: %#', (text, words) => {
    expect(thrown(text)).toEqual(['VALUE_INVALID', expect.stringContaining(words)]);
  });
  test('a column that Omnitron would replace whole is refused', () => {
    expect(thrown('order\tattributes\nN1\tx')).toEqual(['FIELD_NOT_WRITABLE', expect.stringContaining('attributes')]);
  });
});

test('an invoice without a line goes to all lines of the order; other fields need the line', () => {
  const text = 'order;invoice_number;tracking_number\nN2;ABC2026000000007;\nN2;;TR1';
  expect(preview(text).rows.map(({ lineId, lines }) => [lineId, lines])).toEqual([
    [null, 2],
    [null, 0],
  ]);
  const { queued: count, refused } = paste(text);
  expect([count, reasonsOf(refused)]).toEqual([2, [[3, 'line-needed line']]]);
  expect(setsOf(queued()).map(([line]) => line)).toEqual([21, 22]);
});

test('an order that has vanished is refused as such, and does not stand in the way of one with its number', () => {
  // Of what was held, only order 5 is still there.
  storeOrders(engine.writer, [wireOrder(5, { number: 'TWICE', is_send: false })], { nowMs: NOW_MS + 1 });
  const text = 'order;line;invoice_number;is_send\nN1;;;evet\nN2;22;ABC2026000000001;\nTWICE;;;evet';
  const wanted = [
    [2, 'order-vanished order'],
    [3, 'order-vanished order'],
    [4, 'good'],
  ];
  expect(reasonsOf(preview(text).rows)).toEqual(wanted);
  expect(paste(text).refused.map(({ problem }) => problem?.code)).toEqual(['ORDER_VANISHED', 'ORDER_VANISHED']);
  expect(queued().map(({ order }) => order.id)).toEqual([5]);
});

test('bad rows are answered with their line and reason, good ones are queued', () => {
  const rules = { ...DEFAULT_RULES, closedUntil: '2025-12-31' };
  engine.writer.chooseRules({ rules, reason: 'Closed', nowMs: NOW_MS });
  const rows: [string, string][] = [
    ['N1;;ABC2026000000001;05.02.2026;', 'good'],
    [';;ABC2026000000001;;', 'order-missing order'],
    ['N9;;ABC2026000000001;;', 'order-unknown order'],
    ['=HYPERLINK("x");;ABC2026000000001;;', 'order-unknown order'],
    ['TWICE;;ABC2026000000001;;', 'order-ambiguous order'],
    ['1,23E+15;;ABC2026000000001;;', 'key-cut order'],
    ['2790000000000100;;ABC2026000000001;;', 'key-cut order'],
    ['2790000000000000;;ABC2026000000003;;', 'good'],
    ['N2;x;ABC2026000000001;;', 'line-form line'],
    ['N2;99;ABC2026000000001;;', 'line-unknown line'],
    ['N2;11;ABC2026000000001;;', 'line-elsewhere line'],
    ['N2;22;;;', 'sets-nothing'],
    ['N2;22;SEP1;;', 'number-e-invoice invoice_number'],
    ['N2;22;2,79E+15;;', 'key-cut invoice_number'],
    ['N2;22;ABC2025000000001;02.01.2026;', 'year invoice_number'],
    ['N2;22;ABC2025000000001;31.12.2025;', 'date-closed invoice_date'],
    ['N2;22;ABC2026000000001;01.12.2026;', 'date-future invoice_date'],
    ['N2;22;;;maybe', 'sent-form is_send'],
    ['2790000000000000;31;;;evet', 'changes-nothing'],
    ['N1;;ABC2026000000002;;', 'set-twice invoice_number'],
    ['N1;11;ABC2026000000001;;', 'good'],
    ['N2;22;ABC2026000000001;;;;x', 'cells-extra'],
  ];
  const text = ['order;line;invoice_number;invoice_date;is_send', ...rows.map(([row]) => row)].join('\n');
  const wanted = rows.map(([, reason], place) => [place + 2, reason]);
  const seen = preview(text);
  expect(reasonsOf(seen.rows)).toEqual(wanted);
  expect([seen.good, seen.bad]).toEqual([3, rows.length - 3]);
  const { queued: count, refused } = paste(text);
  expect([count, reasonsOf(refused)]).toEqual([2, wanted.filter(([, reason]) => reason !== 'good')]);
  expect(refused[10]?.set).toEqual({ invoice_number: 'SEP1' });
  expect(setsOf(queued())).toEqual([
    [11, { invoice_number: 'ABC2026000000001', invoice_date: '2026-02-05' }],
    [31, { invoice_number: 'ABC2026000000003' }],
  ]);
});

test('whatever is pasted under a heading, every row is answered, and what is good is queued', () => {
  const seed = testSeed();
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const orders = ['N1', 'N2', 'TWICE', '2790000000000000', 'N9', '', '1,23E+15', '"N1"', '"N1', 'N1"', '=N1', "'N2"];
  const cells = [
    '',
    '11',
    '21',
    '22',
    'ABC2026000000001',
    '05.02.2026',
    'https://a.example.com',
    '500',
    'evet',
    '{"a":"b"}',
  ];
  const odd = [
    '"',
    '""',
    '\t',
    ';',
    ',',
    '\n',
    '\r',
    '\u0000',
    '\uFFFD',
    '__proto__',
    'x'.repeat(3_000),
    '=1+1',
    '[1]',
    '🙂',
    '1e999',
  ];
  const headings = [
    'line',
    'sku',
    'invoice_number',
    'invoice_date',
    'e_archive_url',
    'status',
    'is_send',
    'extra_field.a',
  ];
  for (let run = 0; run < 120; run += 1) {
    const delimiter = pick(['\t', ';', ',']);
    const columns = ['order', pick(headings.slice(2)), ...headings].filter((name, at, all) => all.indexOf(name) === at);
    const rows = Array.from({ length: 1 + Math.floor(random() * 12) }, () =>
      [pick(orders), ...columns.slice(1).map(() => pick(random() < 0.15 ? odd : cells))].join(delimiter),
    );
    const text = [columns.join(delimiter), ...rows].join(pick(['\n', '\r\n']));
    const name = `MUTABAKAT_SEED=${seed}, run ${run}: ${JSON.stringify(text).slice(0, 500)}`;
    const seen = preview(text);
    expect(seen.good + seen.bad, name).toBe(seen.rows.length);
    expect(seen.rows.filter(({ problem }) => problem === null).length, name).toBe(seen.good);
    for (const row of seen.rows) expect(pastedRow.safeParse(row).success, name).toBe(true);
    expect(
      seen.rows.every(({ problem }) => problem === null || problem.reason !== null),
      name,
    ).toBe(true);
    const before = queued().length;
    const { queued: count, refused } = paste(text);
    expect(refused, name).toEqual(seen.rows.filter(({ problem }) => problem !== null));
    expect(count > 0, name).toBe(seen.good > 0);
    const ids = queued().map(({ id }) => id);
    expect(ids.length, name).toBeGreaterThanOrEqual(Math.min(count, before));
    if (ids.length > 0) engine.writer.withdrawCorrections({ ids, nowMs: NOW_MS });
  }
});
