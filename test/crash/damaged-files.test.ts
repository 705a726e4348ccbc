import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { judgeDamage, openReaderFile, openWriterFiles } from '../../src/main/database/connection-files.ts';
import { damagedCopy } from '../../src/main/database/damaged-cache.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { AppError } from '../../src/shared/errors.ts';
import { ISTANBUL, NOW_MS, orderFilter, storeOrders, tempFolder } from '../support/engine.ts';
import { contentOf, expectBytes, type Image, imageOf, restore } from '../support/store-images.ts';
import { wireOrder } from '../support/wire-orders.ts';

const PAGE = 4096;
type Name = 'cache.db' | 'local.db';

/** A store with 60 orders, as many corrections and a complete run: as its writer closed it, and as a crash leaves it. */
const store = { closed: {} as Image, broken: {} as Image, cache: '', local: '' };

beforeAll(() => {
  const folder = tempFolder();
  const writer = createWriter(folder);
  storeOrders(
    writer,
    Array.from({ length: 60 }, (_, place) => wireOrder(place + 1, { is_send: false })),
  );
  writer.markSent({
    filter: orderFilter(),
    selection: { mode: 'all', except: [] },
    timeZone: ISTANBUL,
    nowMs: NOW_MS,
  });
  store.broken = imageOf(folder);
  writer.close();
  store.closed = imageOf(folder);
  const reader = openReaderFile(folder);
  Object.assign(store, { cache: contentOf(reader), local: contentOf(reader, 'local') });
  reader.close();
});

type Damage = (path: string) => void;
const bytes =
  (change: (content: Buffer) => unknown): Damage =>
  (path) => {
    const content = readFileSync(path);
    change(content);
    writeFileSync(path, content);
  };
const headerByte = (at: number, flip = 0xff): Damage =>
  bytes((content) => {
    content[at] = (content[at] ?? 0) ^ flip;
  });
const cutTo =
  (size: (whole: number) => number): Damage =>
  (path) =>
    truncateSync(path, size(statSync(path).size));
const drop =
  (...suffixes: string[]): Damage =>
  (path) => {
    for (const suffix of suffixes) rmSync(`${path}${suffix}`);
  };

/** What a reader is told, and what becomes of opening for writing. */
type Reading = 'all' | 'DATA_DAMAGED' | 'DATA_TOO_NEW';
type Writing = 'all' | 'begun anew' | 'put aside' | 'DATA_DAMAGED' | 'DATA_TOO_NEW' | 'DATA_NOT_WRITABLE';

interface Case {
  name: Name;
  what: string;
  damage: Damage;
  reader: Reading;
  writer: Writing;
  /** The image that is damaged; `broken` has its commits in the WAL. */
  of?: 'closed' | 'broken';
}

/** Both files in the same way: the cache is put aside, what cannot be fetched again is refused. */
function either(what: string, damage: Damage, of: 'closed' | 'broken' = 'closed'): Case[] {
  return [
    { name: 'cache.db', what, damage, of, reader: 'DATA_DAMAGED', writer: 'put aside' },
    { name: 'local.db', what, damage, of, reader: 'DATA_DAMAGED', writer: 'DATA_DAMAGED' },
  ];
}

const foreign = (path: string): void => {
  const file = openSqlite(`${path}.foreign`, { readonly: false });
  file.exec('CREATE TABLE orders (something TEXT) STRICT; CREATE TABLE corrections (something TEXT) STRICT');
  file.close();
  copyFileSync(`${path}.foreign`, path);
  rmSync(`${path}.foreign`);
};

const CASES: Case[] = [
  ...either(
    'garbage from the first byte on',
    bytes((content) => content.fill('x')),
  ),
  ...either(
    'zeros from the first byte on',
    bytes((content) => content.fill(0)),
  ),
  ...either(
    'cut within the header',
    cutTo(() => 50),
  ),
  ...either(
    'cut to one page',
    cutTo(() => PAGE),
  ),
  ...either(
    'cut to two pages',
    cutTo(() => 2 * PAGE),
  ),
  ...either(
    'without its last page',
    cutTo((whole) => whole - PAGE),
  ),
  ...either(
    'without its last 100 bytes',
    cutTo((whole) => whole - 100),
  ),
  ...either('first letter of the format name', headerByte(0)),
  ...either('page size', headerByte(16)),
  ...either('version needed for reading', headerByte(19)),
  ...either('share of a page', headerByte(21)),
  ...either('number of pages', headerByte(28)),
  ...either('text encoding', headerByte(59, 3)),
  ...either('schema version 0 over tables', headerByte(63, 0)).map((each) => ({
    ...each,
    damage: bytes((content) => content.fill(0, 60, 64)),
  })),
  ...either('count of commits', headerByte(68)),
  ...either('kind of the first page', headerByte(100)),
  ...either('a database of something else', foreign),
  ...either('the WAL is missing after a crash', drop('-wal'), 'broken'),
  {
    name: 'cache.db',
    what: 'empty',
    damage: cutTo(() => 0),
    reader: 'DATA_DAMAGED',
    writer: 'begun anew',
  },
  {
    name: 'cache.db',
    what: 'empty beside a full WAL',
    damage: cutTo(() => 0),
    of: 'broken',
    reader: 'DATA_DAMAGED',
    writer: 'put aside',
  },
  { name: 'cache.db', what: 'missing', damage: drop(''), reader: 'DATA_DAMAGED', writer: 'begun anew' },
  { name: 'local.db', what: 'empty', damage: cutTo(() => 0), reader: 'DATA_DAMAGED', writer: 'DATA_DAMAGED' },
  {
    name: 'local.db',
    what: 'empty beside a full WAL',
    damage: cutTo(() => 0),
    of: 'broken',
    reader: 'DATA_DAMAGED',
    writer: 'DATA_DAMAGED',
  },
  { name: 'local.db', what: 'missing', damage: drop(''), reader: 'DATA_DAMAGED', writer: 'DATA_DAMAGED' },
  ...(['cache.db', 'local.db'] as const).flatMap((name): Case[] => [
    {
      name,
      what: 'of a newer program',
      damage: headerByte(62),
      reader: 'DATA_TOO_NEW',
      writer: 'DATA_TOO_NEW',
    },
    {
      name,
      what: 'the note of commits is missing after a crash',
      damage: drop('.commits'),
      of: 'broken',
      reader: 'all',
      writer: 'all',
    },
    { name, what: 'version needed for writing', damage: headerByte(18), reader: 'all', writer: 'DATA_NOT_WRITABLE' },
    { name, what: 'nothing, after a crash', damage: () => undefined, of: 'broken', reader: 'all', writer: 'all' },
  ]),
  {
    name: 'cache.db',
    what: 'a folder in its place',
    damage(path) {
      rmSync(path);
      mkdirSync(path);
    },
    reader: 'DATA_DAMAGED',
    writer: 'DATA_NOT_WRITABLE',
  },
  {
    name: 'local.db',
    what: 'a folder in its place',
    damage(path) {
      rmSync(path);
      mkdirSync(path);
    },
    reader: 'DATA_DAMAGED',
    writer: 'DATA_DAMAGED',
  },
];

/** The code of the error that `work` throws, which must be one of the program's; else null. */
function codeOf(work: () => void): AppError | null {
  try {
    work();
    return null;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return thrown;
  }
}

const asideIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /damaged-\d{8}T\d{6}Z(-\d)?$/.test(name));

describe('a damaged file of a connection', () => {
  test.each(CASES)('$name: $what: read $reader, write $writer', ({ name, damage, reader, writer, of = 'closed' }) => {
    const folder = restore(store[of], tempFolder());
    const path = join(folder, name);
    damage(path);
    const spoilt = imageOfFiles(folder);

    const reading = codeOf(() => {
      const file = openReaderFile(folder);
      expect([contentOf(file), contentOf(file, 'local')]).toEqual([store.cache, store.local]);
      file.close();
    });
    expect(reading?.code ?? 'all').toBe(reader);
    if (reading?.code === 'DATA_DAMAGED') expect(reading.message).toContain(name);
    expectBytes(path, spoilt[name]);

    const writing = codeOf(() => {
      const files = openWriterFiles(folder);
      const kept = damagedCopy(folder, files.cache);
      const [cache, local] = [contentOf(files.cache), contentOf(files.local)];
      const orders = files.cache.prepare('SELECT count(*) FROM orders').pluck().get();
      files.close();
      expect(local).toBe(store.local);
      expect([kept !== null, orders]).toEqual([writer === 'put aside', writer === 'all' ? 60 : 0]);
      if (writer === 'all') expect(cache).toBe(store.cache);
      if (kept !== null) expectBytes(join(folder, kept), spoilt['cache.db']);
    });
    if (writing === null) return;
    expect(writing.code).toBe(writer);
    if (writer === 'DATA_DAMAGED') expect(writing.message).toMatch(/local\.db.*backup/);
    // What cannot be opened is kept as it is, and nothing took its place.
    expectBytes(path, spoilt[name]);
    expect(asideIn(folder)).toEqual([]);
  });
});

/** The two files without what SQLite keeps beside them. */
function imageOfFiles(folder: string): Partial<Record<Name, Buffer>> {
  const found: Partial<Record<Name, Buffer>> = {};
  for (const name of ['cache.db', 'local.db'] as const) {
    if (statSync(join(folder, name), { throwIfNoEntry: false })?.isFile())
      found[name] = readFileSync(join(folder, name));
  }
  return found;
}

describe('damage that shows in the middle of the work', () => {
  /** Contradictions behind the schema: nothing shows while the file is opened. */
  function spoilRows(path: string): void {
    const file = openSqlite(path, { readonly: true });
    const table = path.endsWith('cache.db') ? 'orders' : 'corrections';
    const page = Number(file.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table));
    file.close();
    bytes((content) => content.fill('x', (page - 1) * PAGE, page * PAGE))(path);
  }

  test('of cache.db: the next writer reads it through, puts it aside, and asks no more', () => {
    const folder = restore(store.closed, tempFolder());
    spoilRows(join(folder, 'cache.db'));
    const spoilt = readFileSync(join(folder, 'cache.db'));
    openReaderFile(folder).close();
    expect(judgeDamage(folder)).toBe('cache.db');
    const files = openWriterFiles(folder);
    const kept = damagedCopy(folder, files.cache) ?? '';
    files.close();
    expectBytes(join(folder, kept), spoilt);
    expect(readdirSync(folder)).not.toContain('cache.db.suspect');
    openWriterFiles(folder).close();
    expect(asideIn(folder)).toEqual([kept]);
  });

  test('of local.db: it is named, and the cache is under no suspicion', () => {
    const folder = restore(store.closed, tempFolder());
    spoilRows(join(folder, 'local.db'));
    expect(judgeDamage(folder)).toBe('local.db');
    expect(readdirSync(folder)).not.toContain('cache.db.suspect');
    expect(codeOf(() => openWriterFiles(folder).close())).toMatchObject({ code: 'DATA_DAMAGED' });
  });

  test('a suspicion that nothing confirms costs one reading through and no data', () => {
    const folder = restore(store.closed, tempFolder());
    writeFileSync(join(folder, 'cache.db.suspect'), '');
    const files = openWriterFiles(folder);
    expect(contentOf(files.cache)).toBe(store.cache);
    files.close();
    expect(readdirSync(folder).sort()).toEqual(['cache.db', 'local.db', 'writer.lock']);
  });

  test('after a crash cache.db is read through', () => {
    const folder = restore(store.broken, tempFolder());
    const whole = openWriterFiles(folder);
    whole.close();
    const file = openSqlite(join(folder, 'cache.db'), { readonly: false });
    spoilRows(join(folder, 'cache.db'));
    writeFileSync(join(folder, 'cache.db-wal'), 'left behind');
    file.close();
    writeFileSync(join(folder, 'cache.db-wal'), 'left behind');
    const files = openWriterFiles(folder);
    expect(damagedCopy(folder, files.cache)).not.toBeNull();
    files.close();
  });

  test('each damaged copy is kept, and spoken of until a complete run has fetched the orders anew', () => {
    const folder = restore(store.closed, tempFolder());
    for (const copies of [1, 2, 3]) {
      writeFileSync(join(folder, 'cache.db'), `garbage ${copies}`.repeat(1_000));
      const writer = createWriter(folder);
      writer.close();
      expect(asideIn(folder)).toHaveLength(copies);
    }
    const texts = asideIn(folder).map((name) => readFileSync(join(folder, name), 'utf8').slice(0, 9));
    expect(texts.sort()).toEqual(['garbage 1', 'garbage 2', 'garbage 3']);
    const writer = createWriter(folder);
    const spokenOf = (): boolean => {
      const file = openReaderFile(folder);
      const kept = damagedCopy(folder, file);
      file.close();
      return kept !== null;
    };
    storeOrders(writer, [wireOrder(1)], { end: 'incomplete' });
    expect(spokenOf()).toBe(true);
    storeOrders(writer, [wireOrder(1)]);
    expect(spokenOf()).toBe(false);
    writer.close();
  });
});

/** Runs `work` as somebody who may not write what is write-protected; the system's administrator always may. */
function asOrdinaryUser(work: () => void): void {
  const { seteuid } = process;
  const isAdministrator = process.getuid?.() === 0;
  if (isAdministrator) seteuid?.(ORDINARY);
  try {
    work();
  } finally {
    if (isAdministrator) seteuid?.(0);
  }
}
const ORDINARY = 65_534;

describe('a write-protected file', () => {
  test.each(['cache.db', 'local.db'] as const)('%s: reading works, writing is refused at once and in words', (name) => {
    const folder = restore(store.closed, tempFolder());
    for (const path of [join(folder, '..'), folder, ...readdirSync(folder).map((each) => join(folder, each))]) {
      if (process.getuid?.() === 0) chownSync(path, ORDINARY, ORDINARY);
    }
    chmodSync(join(folder, name), 0o444);
    asOrdinaryUser(() => {
      const file = openReaderFile(folder);
      expect([contentOf(file), contentOf(file, 'local')]).toEqual([store.cache, store.local]);
      file.close();
      expect(codeOf(() => openWriterFiles(folder).close())).toMatchObject({ code: 'DATA_NOT_WRITABLE' });
    });
    expectBytes(join(folder, name), store.closed[name]);
    chmodSync(join(folder, name), 0o644);
  });
});
