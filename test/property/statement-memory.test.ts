import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/engine.ts';
import { seededRandom, testSeed } from '../support/random.ts';
import { type TestCell, xlsxOf } from '../support/statement-files.ts';

const ROWS = 20_000;
const HEAD = ['Sipariş No', 'Tarih', 'Tutar', 'Açıklama'];
/** Three thousand letters, so that few rows make a large file. */
const TEXT = 'Satış, beyaz eşya '.repeat(170).slice(0, 3_000);
/**
 * Most that an import may let the process grow, megabytes. It is 12 to 18, of text and of a workbook, and 49 was seen where
 * the collector had to wait for a busy computer; the bytes of these files and their text come to 200.
 */
const MOST_GROWN_MB = 90;

/** Rows of which some have been damaged, and how many of those cannot be read. */
function mutatedRows(random: () => number, first: number): { rows: string[][]; unreadable: number } {
  let unreadable = 0;
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const amount = `${Math.floor(random() * 9_000)},${String(at % 100).padStart(2, '0')}`;
    const row = [String(first + at), '05.03.2026', amount, TEXT];
    if (random() > 0.02) return row;
    unreadable += 1;
    // No amount, or no day.
    return random() < 0.5 ? row.with(2, `${amount}x`) : row.with(1, '13/25/2026');
  });
  return { rows, unreadable };
}

/** What becomes of files in a process of its own whose young objects have little room, so that what is held shows. */
async function imported(paths: readonly string[]): Promise<{ accepted: number; rejected: number; grownMb: number }[]> {
  const script = join(import.meta.dirname, '../support/import-child.ts');
  const args = ['--max-semi-space-size=2', script, join(tempFolder(), 'store'), ...paths];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('a mutated file of 60 MB is imported in a fraction of the memory that holding it would take', async () => {
  const seed = testSeed();
  const random = seededRandom(seed);
  const [text, book] = [mutatedRows(random, 1_000_000), mutatedRows(random, 2_000_000)];
  const folder = tempFolder();
  const [csv, xlsx] = [join(folder, 'large.csv'), join(folder, 'large.xlsx')];
  writeFileSync(csv, [HEAD, ...text.rows].map((row) => row.join(';')).join('\r\n'));
  writeFileSync(xlsx, xlsxOf([HEAD, ...book.rows] satisfies TestCell[][], { inline: true }));
  const made = [text, book].map(({ unreadable }) => ({ accepted: ROWS - unreadable, rejected: unreadable }));
  const found = await imported([csv, xlsx]);
  expect(found, `seed ${seed}`).toMatchObject(made);
  for (const { grownMb } of found) expect(grownMb, `seed ${seed}`).toBeLessThan(MOST_GROWN_MB);
});
