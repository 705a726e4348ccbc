import { beforeEach, describe, expect, it, vi } from 'vitest';
import { columnHints } from '../../src/renderer/features/statements/column-hints.ts';
import {
  columnCount,
  columnFields,
  columnIndex,
  columnName,
  withColumn,
} from '../../src/renderer/features/statements/column-map.ts';
import { amountFromText, amountToText, currencyFromText } from '../../src/renderer/features/statements/spec-texts.ts';
import { chosenReading, isTotal, proveDecimals, readTotal } from '../../src/renderer/stores/decimal-proof.ts';
import { specInForce, useImport } from '../../src/renderer/stores/import-store.ts';
import type { ImportResult, StatementKind, StatementPreview, StatementSpec } from '../../src/shared/statements.ts';
import { type Answers, fakeBridge } from '../support/window.ts';

const SPEC: StatementSpec = {
  columns: { order: 'Sipariş No', amount: 'Tutar', date: 'Tarih' },
  decimal: 'auto',
  currency: 'try',
  dateOrder: 'dmy',
  sheet: null,
  fee: null,
  settlementDays: null,
};

const PREVIEW: StatementPreview = {
  fileName: 'may.csv',
  sha256: 'aa',
  format: 'delimited',
  encoding: 'utf-8',
  delimiter: ';',
  sheets: [],
  headerLine: 1,
  headings: ['Sipariş No', 'Tarih', 'Tutar', 'Not', 'Not', ''],
  sample: [
    ['1055565228112825', '05.03.2026', '1.234,56', 'a', 'b', 'c'],
    ['1055565228112826', '06.03.2026', '(10,00)', '', '', ''],
  ],
  guess: SPEC,
  profile: null,
  rows: 2,
  readings: { comma: '1224.56', point: null },
  printedTotals: [],
  alreadyImported: null,
};

const OUTCOME: ImportResult = {
  statement: null,
  rows: 2,
  accepted: 2,
  rejected: 0,
  duplicates: 0,
  totals: { try: { rows: 2, amount: '1224.56', fee: null, net: null } },
  from: '2026-03-05',
  to: '2026-03-06',
  sha256: 'aa',
  problems: [],
};

describe('columns of a file', () => {
  it('are named by a heading that is the only one of its kind, otherwise by number', () => {
    expect([0, 3, 4, 5].map((index) => columnName(PREVIEW, index))).toEqual(['Sipariş No', '4', '5', '6']);
    expect([0, 3, 4, 5].map((index) => columnIndex(PREVIEW, columnName(PREVIEW, index)))).toEqual([0, 3, 4, 5]);
    expect(columnIndex(PREVIEW, 'Gone')).toBe(-1);
    expect(columnIndex(PREVIEW, '7')).toBe(-1);
    expect(columnCount({ headings: [], sample: [['1'], ['1', '2', '3']] })).toBe(3);
  });

  it('belong to one field each, and a field to one column', () => {
    expect(columnFields(PREVIEW, SPEC)).toEqual(['order', 'date', 'amount', null, null, null]);
    const moved = withColumn(PREVIEW, SPEC, { index: 3, field: 'amount' });
    expect(columnFields(PREVIEW, moved)).toEqual(['order', 'date', null, 'amount', null, null]);
    const other = withColumn(PREVIEW, moved, { index: 0, field: 'invoice' });
    expect(columnFields(PREVIEW, other)).toEqual(['invoice', 'date', null, 'amount', null, null]);
    expect(other.columns).toEqual({ date: 'Tarih', amount: '4', invoice: 'Sipariş No' });
    const cleared = withColumn(PREVIEW, SPEC, { index: 0, field: null });
    expect(cleared.columns).toEqual({ amount: 'Tutar', date: 'Tarih' });
  });

  it('give hints about what the first rows show', () => {
    const codes = (spec: StatementSpec, preview = PREVIEW, kind: StatementKind = 'erp'): string[] =>
      columnHints(preview, spec, kind).map(({ code, column }) => `${code}${column === null ? '' : ` ${column}`}`);
    expect(codes(SPEC)).toEqual([]);
    expect(codes({ ...SPEC, columns: { order: 'Sipariş No' } })).toEqual(['noAmount']);
    expect(codes({ ...SPEC, dateOrder: 'auto' })).toEqual(['dateUnclear']);
    const byDay = { ...SPEC, columns: { amount: 'Tutar', date: 'Tarih' } };
    expect(codes(byDay)).toEqual(['noKey']);
    expect(codes(byDay, PREVIEW, 'bank')).toEqual([]);
    expect(codes({ ...SPEC, columns: { ...SPEC.columns, batch: 'Gone' } })).toEqual(['missing']);
    expect(codes({ ...SPEC, columns: { order: 'Sipariş No', amount: 'Tarih', date: 'Tutar' } })).toEqual(['notDate 2']);
    expect(codes({ ...SPEC, columns: { order: 'Sipariş No', amount: '4' } })).toEqual(['notAmount 3']);
    const withFee = { ...SPEC, columns: { ...SPEC.columns, fee: '4' } };
    const [first = []] = PREVIEW.sample;
    const fees = { ...PREVIEW, sample: [first.map((cell, column) => (column === 3 ? '1,50' : cell))] };
    expect(codes(withFee, fees)).toEqual(['feeOfErp 3']);
    expect(codes(withFee, fees, 'gateway')).toEqual([]);
    for (const damaged of ['1,05557E+15', '1.05557E15']) {
      expect(codes(SPEC, { ...PREVIEW, sample: [[damaged, '', '']] }), damaged).toContain('damaged 0');
    }
    const long = (...numbers: string[]) => ({ ...PREVIEW, sample: numbers.map((number) => [number, '', '']) });
    expect(codes(SPEC, long('1055565228112820', '1055565228113410'))).toEqual(['damaged 0']);
    expect(codes(SPEC, long('1055565228112820', '1055565228113412'))).toEqual([]);
    expect(codes(SPEC, { ...PREVIEW, sample: [['100', '20260305', '₺1.234,56-']] })).toEqual([]);
  });
});

describe('the proof of decimals', () => {
  const both = { comma: '1234.56', point: '1.23' };

  it('reads a printed total in both styles', () => {
    expect(readTotal('1.234,56 TL', 'comma')).toBe('1234.56');
    expect(readTotal('1.234,56', 'point')).toBeNull();
    expect(readTotal('1,234.56', 'point')).toBe('1234.56');
    expect(readTotal('-1 234,56', 'comma')).toBe('-1234.56');
    expect(isTotal('1.23.4')).toBe(false);
    expect(isTotal('twelve')).toBe(false);
  });

  it('takes the reading that ties with the total', () => {
    const proof = proveDecimals(both, '1.234,56');
    expect(proof.proven).toBe('comma');
    expect(proof.readings.map(({ ties }) => ties)).toEqual([true, false]);
    expect(proof.readings[1]?.difference).toBe('1233.33');
    // The paper may be printed in the other style than the file.
    expect(proveDecimals(both, '1,234.56').proven).toBe('comma');
  });

  it('takes no reading by itself where two fit, and none against the printed total', () => {
    expect(proveDecimals(both, '').proven).toBeNull();
    expect(proveDecimals({ comma: '5.00', point: null }, '').proven).toBe('comma');
    expect(proveDecimals({ comma: '5.00', point: '5' }, '')).toMatchObject({ proven: 'comma', why: 'sameSums' });
    expect(proveDecimals({ comma: '5.00', point: '5' }, '5,00')).toMatchObject({ proven: 'comma', why: 'sameSums' });
    // The paper itself can be read in two ways, and each reading of the file ties with one of them.
    expect(proveDecimals({ comma: '1250', point: '1.25' }, '1.250')).toMatchObject({ proven: null, why: null });
    expect(proveDecimals({ comma: '5.00', point: null }, '6,00').proven).toBeNull();
    expect(proveDecimals({ comma: null, point: null }, '').proven).toBeNull();
  });

  it('gives way to a person, but not to a reading that does not fit', () => {
    expect(chosenReading(proveDecimals(both, '1.234,56'), 'point')).toBe('point');
    expect(chosenReading(proveDecimals({ comma: '5.00', point: null }, ''), 'point')).toBe('comma');
    expect(chosenReading(proveDecimals(both, ''), null)).toBeNull();
  });
});

describe('typed values', () => {
  it('are read with a comma or a point', () => {
    expect(['1,5', '1.5', '', '-1', 'x'].map(amountFromText)).toEqual(['1.5', '1.5', null, null, null]);
    expect(['0', '0.00', '1.5'].map(amountToText)).toEqual(['', '', '1.5']);
    expect(['TRY', 'try', 'İQD', 'eu', 'euro'].map(currencyFromText)).toEqual(['try', 'try', 'iqd', null, null]);
  });
});

describe('an import', () => {
  let preview: StatementPreview;
  let answers: Answers;
  let made: ReturnType<typeof fakeBridge>;
  const requests = (name: string): unknown[] => made.filter((each) => each.name === name).map(({ request }) => request);

  beforeEach(() => {
    preview = PREVIEW;
    useImport.getState().reset();
    answers = {
      'statements.choose': () => ({ file: 1, name: 'may.csv' }),
      'statements.preview': () => preview,
      'statements.cancel': () => null,
      'statements.import': (request) => {
        const { dryRun } = request as { dryRun: boolean };
        return dryRun ? OUTCOME : { ...OUTCOME, statement: 7 };
      },
      'profiles.list': () => [{ name: 'Logo', kind: 'bank', version: 1, spec: { ...SPEC, decimal: 'comma' } }],
      'profiles.save': (request) => ({ ...(request as object), version: 2 }),
    };
    made = fakeBridge(answers);
  });

  it('goes from the file over a check to the statement', async () => {
    const store = useImport.getState();
    await store.choose();
    expect(useImport.getState()).toMatchObject({ spec: SPEC, profile: null, work: null });
    await store.check();
    expect(useImport.getState().outcome).toEqual(OUTCOME);
    await store.store();
    expect(useImport.getState().imported).toEqual({ statement: 7, accepted: 2 });
    expect(requests('statements.import')).toEqual([
      { file: 1, kind: 'erp', profile: null, spec: { ...SPEC, decimal: 'comma' }, dryRun: true },
      { file: 1, kind: 'erp', profile: null, spec: { ...SPEC, decimal: 'comma' }, dryRun: false },
    ]);
  });

  it('looks at the file again only where the sums may change, and forgets the check', async () => {
    const store = useImport.getState();
    await store.choose();
    await store.check();
    await store.setSpec({ ...SPEC, settlementDays: 3 });
    expect(requests('statements.preview')).toHaveLength(1);
    expect(useImport.getState().outcome).toBeNull();
    const moved = withColumn(PREVIEW, SPEC, { index: 3, field: 'amount' });
    await store.setSpec(moved);
    expect(requests('statements.preview')).toHaveLength(2);
    // The guess of the second look does not undo what was chosen.
    expect(useImport.getState().spec).toEqual(moved);
  });

  it('guesses columns anew by another kind, unless a person chose them or a profile fits', async () => {
    const paid = { ...SPEC, columns: { ...SPEC.columns, date: 'Not' } };
    const store = useImport.getState();
    await store.setKind('erp');
    await store.choose();
    preview = { ...PREVIEW, guess: paid };
    await store.setKind('bank');
    expect(requests('statements.preview').map((each) => (each as { kind: string }).kind)).toEqual(['erp', 'bank']);
    expect(useImport.getState()).toMatchObject({ kind: 'bank', spec: paid });
    // Another payer counts the same day; and what a person chose stays.
    await store.setKind('gateway');
    await store.setSpec(withColumn(PREVIEW, paid, { index: 0, field: 'invoice' }));
    await store.setKind('erp');
    expect(requests('statements.preview')).toHaveLength(2);
    expect(useImport.getState().spec?.columns).toEqual({ amount: 'Tutar', date: 'Not', invoice: 'Sipariş No' });
    await store.readProfiles();
    preview = { ...PREVIEW, profile: 'Logo' };
    await store.choose();
    await store.setKind('erp');
    expect(requests('statements.preview')).toHaveLength(3);
    expect(useImport.getState()).toMatchObject({ kind: 'erp', profile: null });
  });

  it('keeps the column of amounts that a person chose, and all that was entered besides columns', async () => {
    const store = useImport.getState();
    await store.setKind('erp');
    await store.choose();
    await store.setSpec({ ...SPEC, currency: 'eur', settlementDays: 2 });
    store.decide('point');
    preview = { ...PREVIEW, guess: { ...SPEC, columns: { ...SPEC.columns, date: 'Not' }, dateOrder: 'mdy' } };
    await store.setKind('bank');
    const bank = { columns: { date: 'Not' }, currency: 'eur', settlementDays: 2, dateOrder: 'mdy' };
    expect(useImport.getState()).toMatchObject({ spec: bank, decided: 'point' });
    // The look at the new sums answers with the columns that were sent.
    const chosen = withColumn(PREVIEW, SPEC, { index: 3, field: 'amount' });
    preview = { ...PREVIEW, guess: chosen };
    await store.setSpec(chosen);
    preview = PREVIEW;
    await store.setKind('erp');
    expect(useImport.getState().spec?.columns).toEqual(chosen.columns);
  });

  it('keeps what is chosen while another kind is looked at, and drops columns of a kind that is none any more', async () => {
    const paid = { ...SPEC, columns: { ...SPEC.columns, date: 'Not' } };
    const store = useImport.getState();
    await store.choose();
    preview = { ...PREVIEW, guess: paid };
    const toBank = store.setKind('bank');
    await store.setSpec({ ...SPEC, settlementDays: 5 });
    await toBank;
    expect(useImport.getState().spec).toEqual({ ...paid, settlementDays: 5 });
    // There and back before the answer: it is of no use.
    const answer = Promise.withResolvers<StatementPreview>();
    answers['statements.preview'] = () => answer.promise;
    const there = store.setKind('erp');
    await vi.waitFor(() => expect(requests('statements.preview')).toHaveLength(3));
    await store.setKind('gateway');
    answer.resolve(PREVIEW);
    await there;
    expect(useImport.getState()).toMatchObject({ kind: 'gateway', spec: { ...paid, settlementDays: 5 } });
    const toErp = store.setKind('erp');
    const chosen = withColumn(PREVIEW, paid, { index: 0, field: 'invoice' });
    await store.setSpec(chosen);
    await toErp;
    expect(useImport.getState().spec).toEqual(chosen);
  });

  it('guesses by the next kind what a failed look has left', async () => {
    const paid = { ...SPEC, columns: { ...SPEC.columns, date: 'Not' } };
    const store = useImport.getState();
    await store.choose();
    answers['statements.preview'] = () => {
      throw new Error('stopped');
    };
    await store.setKind('gateway');
    expect(useImport.getState().spec).toEqual(SPEC);
    answers['statements.preview'] = () => ({ ...PREVIEW, guess: paid });
    await store.setKind('bank');
    expect(useImport.getState()).toMatchObject({ kind: 'bank', spec: paid });
  });

  it('stops a look that is overtaken and shows the newer one', async () => {
    const store = useImport.getState();
    await store.choose();
    const first = store.setSpec(withColumn(PREVIEW, SPEC, { index: 3, field: 'amount' }));
    preview = { ...PREVIEW, readings: { comma: null, point: '9.00' } };
    const second = useImport.getState().setSpec(withColumn(PREVIEW, SPEC, { index: 4, field: 'amount' }));
    await Promise.all([first, second]);
    expect(made.map(({ name }) => name)).toContain('statements.cancel');
    expect(useImport.getState()).toMatchObject({ preview: { readings: { point: '9.00' } }, work: null });
  });

  it('takes the printed total that a reading gives', async () => {
    preview = { ...PREVIEW, printedTotals: ['2', '1.224,56'] };
    await useImport.getState().choose();
    expect(useImport.getState().printed).toBe('1.224,56');
  });

  it('waits for a decision where two readings fit, and takes it from a profile', async () => {
    preview = { ...PREVIEW, readings: { comma: '1234.56', point: '1.23' } };
    await useImport.getState().choose();
    expect(specInForce(useImport.getState())?.decimal).toBe('auto');
    useImport.getState().setPrinted('1.234,56');
    expect(specInForce(useImport.getState())?.decimal).toBe('comma');
    useImport.getState().decide('point');
    expect(specInForce(useImport.getState())?.decimal).toBe('point');
    await useImport.getState().readProfiles();
    preview = { ...preview, profile: 'Logo' };
    await useImport.getState().choose();
    expect(useImport.getState()).toMatchObject({ kind: 'bank', profile: 'Logo', decided: 'comma' });
  });

  it('saves how the file is read, with the reading that is in force', async () => {
    await useImport.getState().choose();
    expect(await useImport.getState().saveProfile('Logo')).toBe(true);
    expect(requests('profiles.save')).toEqual([{ name: 'Logo', kind: 'erp', spec: { ...SPEC, decimal: 'comma' } }]);
    expect(useImport.getState().profile).toBe('Logo');
    // The profile says what the columns are, so another kind guesses none, and nothing takes the choice of it back.
    const looks = requests('statements.preview').length;
    preview = { ...PREVIEW, profile: 'Logo' };
    await useImport.getState().setKind('gateway');
    expect([useImport.getState().kind, requests('statements.preview').length]).toEqual(['gateway', looks]);
  });

  it('shows what main refuses and stays where it is', async () => {
    await useImport.getState().choose();
    fakeBridge({});
    await useImport.getState().check();
    expect(useImport.getState()).toMatchObject({ outcome: null, work: null, error: { code: 'NOT_REACHABLE' } });
  });
});
