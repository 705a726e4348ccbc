import { expect, test } from 'vitest';
import { type ChainedColumns, type ChainHead, EMPTY_HEAD, entryDigest, GENESIS } from '../../src/main/audit/chain.ts';
import type { AuditKey } from '../../src/main/audit/keys.ts';
import { verifyChain } from '../../src/main/audit/verify.ts';
import type { SqliteFile } from '../../src/main/database/open.ts';
import { addEntries, dropGuards, KEY, OTHER_KEY, openTrail } from '../support/audit-trail.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const EDITS = 1_000;
const CONTENT = [
  'at_ms',
  'who',
  'host',
  'profile',
  'action',
  'subject',
  'before',
  'after',
  'reason',
  'undoes',
] as const;
const ADDED = ['key_id', 'digest', 'mac'] as const;
const COLUMNS = ['id', ...CONTENT, ...ADDED] as const;
const NUMBERS: readonly string[] = ['id', 'at_ms', 'undoes'];
const NOT_NULL: readonly string[] = ['id', 'at_ms', 'who', 'host', 'action', 'subject'];
const MIXED = Array.from({ length: 24 }, (_, place) => [null, KEY, KEY, OTHER_KEY][place % 4] ?? null);
const KEYED = Array.from({ length: 24 }, () => KEY);

type Row = ChainedColumns & { digest: string | null; mac: string | null };
type Random = () => number;

const seed = testSeed();

/** A trail in memory, one entry under each of these keys. */
function trailOf(keys: readonly (AuditKey | null)[]): SqliteFile {
  const { local } = openTrail();
  addEntries(local, keys);
  return local;
}

const never = (): never => {
  throw new Error('the trail is empty');
};
const headOf = (file: SqliteFile): ChainHead =>
  file.prepare<[], ChainHead>('SELECT entries, digest, key_id, mac FROM audit_head').get() ?? never();
const rowsOf = (file: SqliteFile): Row[] => file.prepare<[], Row>('SELECT * FROM journal ORDER BY id').all();
function pick<T>(random: Random, from: readonly T[]): T {
  const found = from[Math.floor(random() * from.length)];
  return found === undefined ? never() : found;
}
const whole = (random: Random, below: number): number => Math.floor(random() * below);

/** Another value for a column: nothing, somebody else's, or its own with one thing changed. */
function otherValue(random: Random, column: string, value: string | number | null): string | number | null {
  const nothing = random() < 0.2 && !NOT_NULL.includes(column);
  if (nothing && value !== null) return null;
  if (NUMBERS.includes(column)) return Number(value ?? 0) + 1_000 + whole(random, 1_000);
  if (typeof value !== 'string' || value === '') return pick(random, ['x', '0'.repeat(64), KEY.id]);
  const at = whole(random, value.length);
  const sign = value[at] === 'a' ? 'b' : 'a';
  return pick(random, [
    `${value.slice(0, at)}${sign}${value.slice(at + 1)}`,
    `${value} `,
    value.slice(0, -1),
    value.toUpperCase() === value ? `${value}x` : value.toUpperCase(),
  ]);
}

/** Makes room for, or closes the gap of, one entry: every later one is numbered anew. */
function renumber(file: SqliteFile, after: number, by: 1 | -1): void {
  file.prepare('UPDATE journal SET id = -id - ? WHERE id > ?').run(by, after);
  file.exec('UPDATE journal SET id = -id WHERE id < 0');
}

function insertRow(file: SqliteFile, row: Row): void {
  file
    .prepare(`INSERT INTO journal (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((name) => `:${name}`).join(', ')})`)
    .run(row);
}

/** One edit of the table, said in words. Afterwards something in it is different. */
function edit(random: Random, file: SqliteFile): string {
  const rows = rowsOf(file);
  const row = pick(random, rows);
  const kind = pick(random, ['change', 'change', 'remove', 'insert', 'swap'] as const);
  if (kind === 'change') {
    const column = pick(random, COLUMNS);
    const value = otherValue(random, column, row[column]);
    file.prepare(`UPDATE journal SET ${column} = ? WHERE id = ?`).run(value, row.id);
    return `${column} of entry ${row.id} becomes ${value}`;
  }
  if (kind === 'remove') {
    const gone = random() < 0.3 ? rows.length : row.id;
    const closes = random() < 0.5;
    file.prepare('DELETE FROM journal WHERE id = ?').run(gone);
    if (closes) renumber(file, gone, -1);
    return `entry ${gone} is removed${closes ? ', the gap closed' : ''}`;
  }
  if (kind === 'insert') {
    const id = pick(random, [rows.length + 1, row.id, 0, -7, rows.length + 9]);
    if (id === row.id) renumber(file, id - 1, 1);
    const chained = { ...row, id, undoes: null };
    const digest = pick(random, [null, row.digest, entryDigest(rows.at(-1)?.digest ?? GENESIS, chained)]);
    insertRow(file, { ...chained, digest });
    return `a copy of entry ${row.id} is inserted as ${id}`;
  }
  const other = pick(
    random,
    rows.filter(({ id }) => id !== row.id),
  );
  const columns = random() < 0.5 ? CONTENT : [...CONTENT, ...ADDED];
  const set = file.prepare(
    `UPDATE journal SET ${columns.map((name) => `${name} = :${name}`).join(', ')} WHERE id = :id`,
  );
  const values = (from: Row) => Object.fromEntries(columns.map((name) => [name, from[name]]));
  set.run({ ...values(other), id: row.id });
  set.run({ ...values(row), id: other.id });
  return `entries ${row.id} and ${other.id} are swapped${columns === CONTENT ? ' but for their digests' : ''}`;
}

/** One edit of the row that says where the chain ends. */
function editHead(random: Random, file: SqliteFile): string {
  const { mac, key_id } = headOf(file);
  const change = pick(random, [
    'entries = entries + 1',
    'entries = entries - 1',
    `digest = '${GENESIS}'`,
    `mac = '${GENESIS}'`,
    `key_id = '${'f'.repeat(16)}'`,
    ...(mac === null ? [] : ['mac = NULL']),
    ...(key_id === null ? [] : ['key_id = NULL']),
  ]);
  file.exec(`UPDATE audit_head SET ${change}`);
  return `head: ${change}`;
}

/** What somebody without the key can do beyond an edit: every digest and the head are made to fit again. */
function rechain(file: SqliteFile, strips: boolean): void {
  if (strips) file.exec('UPDATE journal SET key_id = NULL, mac = NULL');
  let { entries, digest } = EMPTY_HEAD;
  let last: Row | undefined;
  const set = file.prepare('UPDATE journal SET digest = ? WHERE id = ?');
  for (const row of rowsOf(file)) {
    digest = entryDigest(digest, row);
    entries += 1;
    set.run(digest, row.id);
    last = row;
  }
  file
    .prepare('UPDATE audit_head SET entries = ?, digest = ?, key_id = ?, mac = ?')
    .run(entries, digest, last?.key_id ?? null, null);
}

/** Does something to the trail and takes it back. */
function aside<T>(file: SqliteFile, work: () => T): T {
  file.exec('BEGIN');
  try {
    return work();
  } finally {
    file.exec('ROLLBACK');
  }
}

test(`each of ${EDITS} edits of a copied table is found`, () => {
  const random = seededRandom(seed);
  const file = trailOf(MIXED);
  const evidence = { keys: [KEY, OTHER_KEY], outside: null };
  expect(verifyChain(file, 'main', evidence).ok).toBe(true);
  dropGuards(file);
  for (let each = 0; each < EDITS; each += 1) {
    aside(file, () => {
      const done = random() < 0.1 ? editHead(random, file) : edit(random, file);
      const { ok, bad } = verifyChain(file, 'main', evidence);
      expect({ ok, named: bad !== null }, `seed ${seed}, edit ${each}: ${done}`).toEqual({ ok: false, named: true });
    });
  }
  expect(verifyChain(file, 'main', evidence).ok).toBe(true);
});

test(`each of ${EDITS} edits by somebody who makes every digest fit again is found where entries are keyed`, () => {
  const random = seededRandom(seed + 1);
  const file = trailOf(KEYED);
  const outside = headOf(file);
  dropGuards(file);
  for (let each = 0; each < EDITS; each += 1) {
    aside(file, () => {
      const done = edit(random, file);
      const strips = random() < 0.5;
      rechain(file, strips);
      const evidence = { keys: [KEY], outside: strips ? outside : null };
      const { ok } = verifyChain(file, 'main', evidence);
      expect(ok, `seed ${seed}, edit ${each}: ${done}${strips ? ', without authentication' : ''}`).toBe(false);
    });
  }
});

test('intact trails are never accused, whatever keys are at hand and however far the head outside lags', () => {
  const random = seededRandom(seed + 2);
  const file = trailOf([]);
  const heads: ChainHead[] = [EMPTY_HEAD];
  for (let each = 1; each <= 200; each += 1) {
    addEntries(file, [pick(random, [null, KEY, OTHER_KEY])]);
    heads.push(headOf(file));
    const keys = [KEY, OTHER_KEY].filter(() => random() < 0.5);
    const { ok, entries, bad } = verifyChain(file, 'main', { keys, outside: pick(random, [null, ...heads]) });
    expect({ ok, entries, bad }, `seed ${seed}, ${each} entries`).toEqual({ ok: true, entries: each, bad: null });
  }
});
