import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import type { WriterService } from '../../src/main/engine/services.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, orderFilter, tempFolder } from './engine.ts';
import { wireLine, wireOrder, wirePage } from './wire-orders.ts';

export const FILES = [
  'cache.db',
  'cache.db-wal',
  'cache.db.commits',
  'local.db',
  'local.db-wal',
  'local.db.commits',
] as const;
export type ImageFile = (typeof FILES)[number];
/** The files of a connection folder at one moment, byte for byte. */
export type Image = Partial<Record<ImageFile, Buffer>>;

/** The files of a folder as they are now. A writer may have them open, as after a crash. */
export function imageOf(folder: string): Image {
  const present = FILES.filter((file) => existsSync(join(folder, file)));
  return Object.fromEntries(present.map((file) => [file, readFileSync(join(folder, file))]));
}

/** Writes an image into a new folder below `parent`. */
export function restore(image: Image, parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'image-'));
  for (const [name, bytes] of Object.entries(image)) writeFileSync(join(folder, name), bytes);
  return folder;
}

/**
 * The file is what it was, byte for byte; undefined = there is none. Compared at once: `toEqual` looks at each byte as at
 * a property, which takes longer than everything else that is done with a damaged file.
 */
export function expectBytes(path: string, bytes: Buffer | undefined): void {
  const now = statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : undefined;
  expect(now?.length, path).toBe(bytes?.length);
  expect(now === bytes || (now !== undefined && bytes !== undefined && now.equals(bytes)), path).toBe(true);
}

/** Every row of every table of a file as one hash: equal for the same content, and for no other. */
export function contentOf(file: SqliteFile, schema: 'main' | 'local' = 'main'): string {
  const hash = createHash('sha256');
  const tables = file.prepare<[], string>(
    `SELECT name FROM ${schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%' ORDER BY name`,
  );
  for (const table of tables.pluck().all()) {
    hash.update(`\n${table}\n`);
    const columns = file.prepare('SELECT name FROM pragma_table_info(?, ?)').pluck().all(table, schema);
    const order = columns.map((_, index) => index + 1).join(', ');
    const rows = file.prepare(`SELECT * FROM ${schema}."${table}" ORDER BY ${order}`).raw().safeIntegers();
    for (const row of rows.iterate())
      hash.update(`${JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? `${value}` : value))}\n`);
  }
  return hash.digest('hex');
}

/** The picture in which a reader keeps SQLite from copying every commit of the WAL to the file. */
export const PARTLY = 'partly copied to the file';

const PAGES = 7;
const ORDERS_A_PAGE = 12;

/** Page `page` as the server answers it in a round; in the second, half the orders have another amount and other lines. */
function bodyOf(page: number, round: number): Uint8Array {
  const ids = Array.from({ length: ORDERS_A_PAGE }, (_, place) => (page - 1) * ORDERS_A_PAGE + place + 1);
  const orders = ids.map((id) => {
    const changed = round === 2 && id % 2 === 0;
    const lines = [1, 2, 3].map((line) => wireLine(id * 10 + line, { order: id, price: changed ? '11.00' : '10.00' }));
    return wireOrder(id, { is_send: false, amount: changed ? '40.00' : '37.00', orderitem_set: lines });
  });
  return wirePage(orders, { count: (PAGES + round - 1) * ORDERS_A_PAGE, next: 'next' });
}

/** One pull from the first page on. `committed` is called after every commit, with the page where it was one. */
function pull(writer: WriterService, round: number, committed: (page: number | null) => void): void {
  const nowMs = NOW_MS + round * 1_000;
  const plan = { kind: 'full' as const, resumes: false, steps: [], requests: 0 };
  const { runId, firstReading } = writer.beginRun({ kind: 'full', cause: 'manual', plan, nowMs });
  committed(null);
  const { passId } = writer.beginPass({ runId, limit: ORDERS_A_PAGE, direction: 'up', nowMs });
  committed(null);
  const pages = PAGES + round - 1;
  for (let page = 1; page <= pages; page += 1) {
    const place = { page, nextPage: page === pages ? 0 : page + 1, pageSize: ORDERS_A_PAGE };
    const body = bodyOf(page, round);
    writer.applyPage({ passId, ...place, reading: firstReading + page, nowMs, body });
    committed(page);
  }
  writer.finishPass({ passId, complete: true, remoteCount: pages * ORDERS_A_PAGE, nowMs });
  committed(null);
}

/** Pictures of a store that was never closed, and the content that either of its files had after every commit. */
export interface Pictures {
  images: { name: string; image: Image }[];
  cache: Set<string>;
  local: Set<string>;
}

/**
 * Pulls a small store twice, and takes pictures during the second pull: with every commit in the WAL alone, with a part
 * of them copied to the file (a reader holds up the rest), with all copied, and with the WAL begun anew after that. Each
 * page of the second pull is followed by corrections.
 */
export function takePictures(): Pictures {
  const folder = tempFolder();
  const before = createWriter(folder);
  pull(before, 1, () => undefined);
  before.close();

  const writer = closeAfterTest(createWriter(folder));
  const read = (name: string): SqliteFile => closeAfterTest(openSqlite(join(folder, name), { readonly: true }));
  const [cache, local, held, heldLocal] = [read('cache.db'), read('local.db'), read('cache.db'), read('local.db')];
  const pictures: Pictures = { images: [], cache: new Set(), local: new Set() };
  const note = (): void => {
    pictures.cache.add(contentOf(cache));
    pictures.local.add(contentOf(local));
  };
  const picture = (name: string): unknown => pictures.images.push({ name, image: imageOf(folder) });
  const copyToFiles = (): void => {
    for (const name of ['cache.db', 'local.db']) {
      const file = openSqlite(join(folder, name), { readonly: false });
      file.pragma('wal_checkpoint(PASSIVE)');
      file.close();
    }
  };
  const steps: Record<number, () => void> = {
    2() {
      for (const file of [held, heldLocal]) file.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    },
    4() {
      picture('in the WAL alone');
      copyToFiles();
    },
    5() {
      picture(PARTLY);
      for (const file of [held, heldLocal]) file.exec('COMMIT');
    },
    7() {
      copyToFiles();
      picture('all copied to the file');
    },
  };
  note();
  pull(writer, 2, (page) => {
    note();
    if (page === null) return;
    const filter = orderFilter({ text: `N${page}` });
    writer.markSent({ filter, selection: { mode: 'all', except: [] }, timeZone: ISTANBUL, nowMs: NOW_MS + page });
    note();
    steps[page]?.();
  });
  picture('in a WAL begun anew');
  return pictures;
}
