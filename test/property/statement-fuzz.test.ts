import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import { importStatement } from '../../src/main/statements/import.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { ImportResult } from '../../src/shared/statements.ts';
import { withEmptyStore } from '../support/empty-store.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, tempFolder } from '../support/engine.ts';
import { seededRandom, testSeed } from '../support/random.ts';
import { type TestCell, windows1254, xlsxOf } from '../support/statement-files.ts';
import { usedMemory } from '../support/used-memory.ts';

const FILES = 5_000;
/** A new store after so many, so that counting what is held stays cheap. */
const FILES_A_STORE = 200;
/** What is in use after so many files is looked at. */
const FILES_A_LOOK = 400;
/** That much more may be in use in the last third than in the first, where it is 0.2 MB: 3,000 files are some megabytes. */
const MOST_GROWN = { held: 2 ** 20, process: 48 * 2 ** 20 };
type Style = 'comma' | 'point';

/** A file as it was made: what an honest reader has to know about it. */
interface Made {
  style: Style;
  delimiter: string;
  encoding: 'utf8' | 'bom' | 'utf16' | '1254';
  rows: string[][];
}

const NASTY = [
  '',
  ' ',
  '0',
  '-0,00',
  '1.234',
  '1,234',
  '1.234,56',
  '1,234.56',
  '12.5',
  '12,5',
  '(3,25)',
  '7,10-',
  '=1+1',
  'abc',
  '1e5',
  '0,1234567',
  '99999999999999999999',
  '₺5,00',
  '5,00 USD',
  '2,79E+15',
  'Toplam',
  '"',
  '"x',
  'a;b',
  'a,b',
  '31.12.2026',
  '13/25/2026',
  'NaN',
  '1 234,50',
  '١٢',
  '\u00a0',
  "'12",
];

/** The independent reading: plain rules, written down once more, for bytes that are known to be text of this sort. */
function plainAmounts(bytes: Buffer, made: Made): Map<number, bigint | null> {
  const rows = plainRows(decodePlainly(bytes, made.encoding), made.delimiter);
  const style = provenStyle(
    rows.flatMap(({ cells }) => cells[2] ?? []),
    made.style,
  );
  return new Map(
    rows.map(({ line, cells: [, , cell] }) => [line, cell === undefined ? null : plainAmount(cell, style)]),
  );
}

/** A mutation may leave only cells that prove the other way of writing: then that is what the file says. */
function provenStyle(cells: readonly string[], made: Style): Style {
  const other: Style = made === 'comma' ? 'point' : 'comma';
  const proves = (style: Style, against: Style): boolean =>
    cells.some((cell) => plainAmount(cell, style) !== null && plainAmount(cell, against) === null);
  return !proves(made, other) && proves(other, made) ? other : made;
}

function decodePlainly(bytes: Buffer, encoding: Made['encoding']): string {
  if (encoding === 'utf16') return bytes.subarray(2).toString('utf16le');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1254').decode(bytes);
  }
}

/** A row at a time, a sign at a time. */
function plainRows(text: string, delimiter: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let began = 1;
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  const endRow = (): void => {
    rows.push({ line: began, cells: [...cells, cell] });
    cells = [];
    cell = '';
    state = 'start';
    began = line;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (state === 'quoted') {
      if (sign === '\n') line += 1;
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else state = 'closed';
    } else if (sign === delimiter) {
      cells.push(cell);
      cell = '';
      state = 'start';
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[at + 1] === '\n') at += 1;
      line += 1;
      endRow();
    } else if (sign === '"' && state === 'start') {
      state = 'quoted';
    } else {
      cell += sign;
      if (state === 'start') state = 'plain';
    }
  }
  if (cells.length > 0 || cell !== '') endRow();
  return rows;
}

function plainAmount(cell: string, style: Style): bigint | null {
  let text = cell.trim().replace(/\u00a0/g, ' ');
  let sign = 1n;
  if (/^\(.*\)$/.test(text)) {
    sign = -1n;
    text = text.slice(1, -1).trim();
  }
  const beside = /^([₺$€£]|TL|TRY|USD|EUR|GBP)\s*|\s*([₺$€£]|TL|TRY|USD|EUR|GBP)$/gi;
  text = text.replace(beside, '').trim();
  if (/^[-−]/.test(text)) {
    sign = -1n;
    text = text.slice(1).trim();
  } else if (/[-−]$/.test(text)) {
    sign = -1n;
    text = text.slice(0, -1).trim();
  } else if (/^\+|\+$/.test(text)) {
    text = text.replace(/^\+|\+$/, '').trim();
  }
  text = text.replace(beside, '').trim();
  const [group, decimal] = style === 'comma' ? ['.', ','] : [',', '.'];
  const escaped = (sign_: string): string => (sign_ === '.' ? '\\.' : sign_);
  const number = new RegExp(
    `^(\\d*|[1-9]\\d{0,2}(?:${escaped(group)}\\d{3})+|\\d{1,3}(?:[ '’]\\d{3})+)(?:${escaped(decimal)}(\\d{1,6})0*)?$`,
  ).exec(text);
  if (number === null || text === '') return null;
  const whole = (number[1] ?? '').replaceAll(group, '').replace(/[ '’]/g, '');
  if (whole === '' && number[2] === undefined) return null;
  return sign * BigInt(whole + (number[2] ?? '').padEnd(6, '0'));
}

function make(random: () => number): Made {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const style = pick<Style>(['comma', 'point']);
  const delimiter = style === 'comma' ? pick([';', '\t', '|']) : pick([',', ';', '\t']);
  const [group, decimal] = style === 'comma' ? ['.', ','] : [',', '.'];
  const rows = Array.from({ length: 12 + Math.floor(random() * 12) }, (_, n) => {
    const whole = String(Math.floor(random() ** 3 * 1e6));
    const shown = random() < 0.5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group);
    const amount = `${random() < 0.1 ? '-' : ''}${shown}${decimal}${String(Math.floor(random() * 100)).padStart(2, '0')}`;
    const day = `${String(1 + Math.floor(random() * 28)).padStart(2, '0')}.03.2026`;
    return [`${1_000_000 + n}${Math.floor(random() * 1e6)}`, day, amount, `Satış ${n}`];
  });
  return { style, delimiter, encoding: pick(['utf8', 'bom', 'utf16', '1254'] as const), rows };
}

/** Changes cells, then writes the file. Cells that need quotes get them, except where the quotes are the mutation. */
function write({ delimiter, encoding, rows }: Made, random: () => number): Buffer {
  const cells = rows.map((row) => [...row]);
  for (let times = Math.floor(random() * 3); times > 0; times -= 1) {
    const row = cells[Math.floor(random() * cells.length)];
    if (row !== undefined) row[Math.floor(random() * row.length)] = NASTY[Math.floor(random() * NASTY.length)] ?? '';
  }
  const quoted = (cell: string): string =>
    cell.includes(delimiter) || (cell.includes('"') && random() < 0.7) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const end = random() < 0.5 ? '\r\n' : '\n';
  const head = ['Sipariş No', 'Tarih', 'Tutar', 'Açıklama'];
  const text = [head, ...cells].map((row) => row.map(quoted).join(delimiter)).join(end) + (random() < 0.5 ? end : '');
  if (encoding === 'utf16') return Buffer.from(`\ufeff${text}`, 'utf16le');
  return encoding === '1254'
    ? windows1254(text.replaceAll('₺', ''))
    : Buffer.from((encoding === 'bom' ? '\ufeff' : '') + text);
}

/** Changes bytes behind the headings: flips, cuts, doubles. */
function mutate(bytes: Buffer, random: () => number): Buffer {
  let changed = Buffer.from(bytes);
  const from = changed.indexOf('\n') + 2;
  for (let times = Math.floor(random() * 4); times > 0 && changed.length > from + 4; times -= 1) {
    const at = from + Math.floor(random() * (changed.length - from));
    const size = 1 + Math.floor(random() * 6);
    const way = random();
    if (way < 0.4) changed[at] = random() < 0.7 ? 32 + Math.floor(random() * 95) : Math.floor(random() * 256);
    else if (way < 0.6) changed = Buffer.concat([changed.subarray(0, at), changed.subarray(at + size)]);
    else if (way < 0.8) changed = Buffer.concat([changed.subarray(0, at + size), changed.subarray(at)]);
    else if (way < 0.95)
      changed = Buffer.concat([changed.subarray(0, at), Buffer.from(';"\n,.\t|'.slice(size)), changed.subarray(at)]);
    else changed = changed.subarray(0, at);
  }
  return changed;
}

/** A place to import into again and again: what is stored is read straight from the file and taken out of force. */
function importer() {
  const folder = withEmptyStore(tempFolder());
  const files = { ...openWriterFiles(folder), author: { who: 'test', host: 'test', profile: null } };
  files.local.pragma('synchronous = OFF');
  let made = 0;
  const stored = files.local
    .prepare<[number], { line: bigint; amount: bigint }>(
      'SELECT line, amount FROM statement_rows WHERE statement_id = ?',
    )
    .safeIntegers();
  const rejected = files.local
    .prepare<[number], number>('SELECT line FROM rejected_rows WHERE statement_id = ?')
    .pluck();
  const counts = files.local.prepare<[], string>(
    `SELECT (SELECT count(*) FROM statements) || ' ' || (SELECT count(*) FROM statement_rows) || ' ' ||
       (SELECT count(*) FROM rejected_rows)`,
  );
  const withdraw = files.local.prepare('UPDATE statements SET withdrawn_ms = 1 WHERE id = ?');
  return {
    close: files.close,
    counts: () => counts.pluck().get(),
    async import(bytes: Buffer) {
      made += 1;
      // A new name each time: file systems make sure of a file that is written over, which takes longer than reading it.
      const path = join(folder, `statement-${made}.csv`);
      writeFileSync(path, bytes);
      const request = { path, kind: 'erp', dryRun: false, nowMs: NOW_MS, timeZone: ISTANBUL } as const;
      const result = await importStatement(files, request, undefined);
      const statement = result.statement ?? 0;
      withdraw.run(statement);
      const amounts = new Map(stored.all(statement).map(({ line, amount }) => [Number(line), amount]));
      // Where nothing could be taken nothing is stored, and the answer alone tells why.
      const told = (result.problems ?? []).map(({ line }) => line);
      return { result, amounts, rejected: result.statement === null ? told : rejected.all(statement) };
    },
  };
}

test('5,000 mutated files: a clear error, or exactly the amounts of an independent reading', async () => {
  const seed = testSeed();
  const random = seededRandom(seed);
  let into = importer();
  closeAfterTest({ close: () => into.close() });
  const used: Awaited<ReturnType<typeof usedMemory>>[] = [];
  let imported = 0;
  let refused = 0;
  for (let n = 0; n < FILES; n += 1) {
    const about = `seed ${seed}, file ${n}`;
    if (n % FILES_A_STORE === 0) {
      into.close();
      if (n % FILES_A_LOOK === 0) used.push(await usedMemory());
      into = importer();
    }
    const isWorkbook = n % 10 === 9;
    const made = make(random);
    const bytes = isWorkbook ? null : mutate(write(made, random), random);
    const { file, expected } =
      bytes === null ? mutatedWorkbook(made, random) : { file: bytes, expected: plainAmounts(bytes, made) };
    const before = into.counts();
    let outcome: Awaited<ReturnType<typeof into.import>>;
    try {
      outcome = await into.import(file);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw new Error(about, { cause: thrown });
      expect(thrown.code, about).toMatch(/^STATEMENT_/);
      expect(into.counts(), about).toBe(before);
      refused += 1;
      continue;
    }
    imported += 1;
    const { result, amounts, rejected } = outcome;
    expect(result.accepted + result.rejected + result.duplicates, about).toBe(result.rows);
    if (result.statement === null) expect(into.counts(), about).toBe(before);
    if (isHeldBack(result)) continue;
    expect(amounts.size, about).toBe(result.accepted);
    for (const [line, amount] of amounts) {
      if (expected.get(line) !== amount) {
        throw new Error(
          `${about}: line ${line} was stored as ${amount}, it reads ${expected.get(line)}:\n${file.toString('latin1')}`,
        );
      }
    }
    // Nothing is left out silently: what reads as an amount of a row is stored or rejected.
    const known = new Set([...amounts.keys(), ...rejected]);
    const lost = [...expected].filter(
      ([line, amount]) => amount !== null && !known.has(line) && !isTotal(file, made, line),
    );
    expect(lost, about).toEqual([]);
  }
  expectNoGrowth(used, seed);
  // Most mutations leave a file that can be read, and some do not: both happen.
  expect(imported, `seed ${seed}`).toBeGreaterThan(FILES / 2);
  expect(refused, `seed ${seed}`).toBeGreaterThan(FILES / 50);
}, 300_000);

/** Whatever a file was like, nothing of it is held once it is done. The first look is before the first file. */
function expectNoGrowth(used: readonly { held: number; process: number }[], seed: number): void {
  const third = Math.floor(used.length / 3);
  for (const kind of ['held', 'process'] as const) {
    const [first, last] = [used.slice(1, 1 + third), used.slice(-third)].map((some) =>
      Math.max(...some.map((each) => each[kind])),
    );
    const grown = (last ?? 0) - (first ?? 0);
    expect(grown, `${kind}, seed ${seed}`).toBeLessThan(MOST_GROWN[kind]);
  }
}

/** A total that the file prints and that is not its sum: nothing is stored before a person has looked. */
function isHeldBack({ statement, printed = null, sum = null }: ImportResult): boolean {
  return statement === null && printed !== null && printed !== sum;
}

/** A row whose first cell announces a total is none of the table's own. */
function isTotal(file: Buffer, made: Made, line: number): boolean {
  const row = plainRows(decodePlainly(file, made.encoding), made.delimiter).find((each) => each.line === line);
  return row?.cells.find((cell) => cell.trim() !== '')?.trim() === 'Toplam';
}

function mutatedWorkbook(made: Made, random: () => number): { file: Buffer; expected: Map<number, bigint | null> } {
  const texts = new Map<number, string>();
  const expected = new Map<number, bigint | null>();
  const rows: TestCell[][] = made.rows.map((row, at) => {
    const [order = '', day = '', amount = ''] = row;
    if (random() < 0.6) {
      const plain = plainAmount(amount, made.style);
      expected.set(at + 2, plain);
      const cents = Number(plain ?? 0n) / 1e6;
      return [order, day, { n: random() < 0.5 ? String(cents) : cents.toPrecision(17) }];
    }
    const text = random() < 0.1 ? (NASTY[Math.floor(random() * NASTY.length)] ?? '') : amount;
    texts.set(at + 2, text);
    return [order, day, text];
  });
  // A number is one in any way of writing; only the texts prove one.
  const style = provenStyle([...texts.values()], made.style);
  for (const [line, text] of texts) expected.set(line, plainAmount(text, style));
  const file = xlsxOf([['Sipariş No', 'Tarih', 'Tutar'], ...rows], { inline: random() < 0.5 });
  if (random() < 0.4) {
    const at = Math.floor(random() * file.length);
    file[at] = (file[at] ?? 0) ^ (1 + Math.floor(random() * 255));
  }
  return { file, expected };
}
