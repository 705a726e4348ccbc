import { createHash, createHmac } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HEAD_FILE, keepingHead, readHeadFile } from '../../src/main/audit/head.ts';
import { appendJournal } from '../../src/main/audit/journal.ts';
import { chainOldEntries, setAuditKey } from '../../src/main/audit/trail.ts';
import { verifyChain } from '../../src/main/audit/verify.ts';
import { migrate } from '../../src/main/database/migrate.ts';
import { LOCAL_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import { auditVerdict } from '../../src/shared/audit.ts';
import { addEntries, dropGuards, KEY, newEntry, OTHER_KEY, openTrail } from '../support/audit-trail.ts';
import { closeAfterTest, NOW_MS } from '../support/engine.ts';

const verdict = (file: SqliteFile, keys = [KEY], folder: string | null = null) =>
  verifyChain(file, 'main', { keys, outside: folder === null ? null : readHeadFile(folder) });

describe('the chain', () => {
  test('an auditor can recompute it with other tools', () => {
    const { local } = openTrail();
    setAuditKey(local, KEY);
    appendJournal(local, newEntry({ reason: 'çünkü "öyle"', profile: 'Ali' }));
    const keyId = createHash('sha256').update(KEY.bytes).digest('hex').slice(0, 16);
    const json =
      '{"action":"settings.change","after":"{\\"erpHours\\":48}","at_ms":1793523600000,"before":"{\\"erpHours\\":24}",' +
      `"host":"desk-1","id":1,"key_id":"${keyId}","profile":"Ali","reason":"çünkü \\"öyle\\"",` +
      '"subject":"settings erpHours","undoes":null,"who":"ayse"}';
    const digest = createHash('sha256')
      .update(`${'0'.repeat(64)}${json}`)
      .digest('hex');
    const hmac = (text: string): string => createHmac('sha256', KEY.bytes).update(text).digest('hex');
    expect(local.prepare('SELECT digest, key_id, mac FROM journal').get()).toEqual({
      digest,
      key_id: keyId,
      mac: hmac(digest),
    });
    expect(local.prepare('SELECT entries, digest, key_id, mac FROM audit_head').get()).toEqual({
      entries: 1,
      digest,
      key_id: keyId,
      mac: hmac(`1:${digest}`),
    });
    expect(verdict(local)).toEqual({
      ok: true,
      entries: 1,
      keyed: 1,
      uncheckedKeyed: 0,
      plain: 0,
      head: digest,
      outside: false,
      bad: null,
    });
  });

  test('text that SQLite cannot store as it is does not accuse anybody', () => {
    const { local } = openTrail();
    appendJournal(local, newEntry({ reason: 'half \ud83d', who: '\ude00', before: { text: '\ud800 \u0000' } }));
    appendJournal(local, newEntry({ reason: 'zero \u0000 within', subject: 'ı İ \u{1f600}' }));
    expect(verdict(local)).toMatchObject({ ok: true, entries: 2, plain: 2 });
  });

  test('what is rolled back leaves no trace, and no gap', () => {
    const { local } = openTrail();
    addEntries(local, [KEY]);
    const failing = local.transaction(() => {
      addEntries(local, [KEY, KEY]);
      throw new Error('the work failed');
    });
    expect(failing).toThrow('the work failed');
    addEntries(local, [KEY]);
    expect(verdict(local)).toMatchObject({ ok: true, entries: 2, keyed: 2 });
  });

  test('entries with and without a key may mix; it says how many were checked', () => {
    const { local } = openTrail();
    addEntries(local, [null, KEY, OTHER_KEY, null, KEY]);
    const counts = { ok: true, entries: 5, plain: 2 };
    expect(verdict(local, [KEY, OTHER_KEY])).toMatchObject({ ...counts, keyed: 3, uncheckedKeyed: 0 });
    expect(verdict(local, [KEY])).toMatchObject({ ...counts, keyed: 2, uncheckedKeyed: 1 });
    expect(verdict(local, [])).toMatchObject({ ...counts, keyed: 0, uncheckedKeyed: 3 });
  });

  test('the program itself cannot change or remove an entry', () => {
    const { local } = openTrail();
    addEntries(local, [null]);
    expect(() => local.exec(`UPDATE journal SET reason = 'x'`)).toThrow('never changed');
    expect(() => local.exec('UPDATE journal SET digest = NULL')).toThrow('never changed');
    expect(() => local.exec('DELETE FROM journal')).toThrow('never removed');
    expect(verdict(local)).toMatchObject({ ok: true, entries: 1 });
  });
});

describe('entries from before there was a chain', () => {
  /** A `local.db` of the version before, with entries in it. */
  function oldFile(entries: number): SqliteFile {
    const file = closeAfterTest(openSqlite(':memory:', { readonly: false }));
    migrate(file, LOCAL_MIGRATIONS.slice(0, 2));
    const insert = file.prepare(
      `INSERT INTO journal (at_ms, who, host, action, subject, before, after, reason, undoes)
       VALUES (?, 'ayse', 'desk-1', 'rules.choose', ?, NULL, '{}', 'why', NULL)`,
    );
    for (let each = 1; each <= entries; each++) insert.run(NOW_MS + each, `rules ${each}`);
    migrate(file, LOCAL_MIGRATIONS);
    return file;
  }

  test('are chained once, plain, and later ones go on from there', () => {
    const file = oldFile(3);
    expect(verdict(file)).toMatchObject({ ok: false, bad: { entry: 1, kind: 'changed' } });
    chainOldEntries(file);
    expect(verdict(file)).toMatchObject({ ok: true, entries: 3, plain: 3 });
    addEntries(file, [KEY]);
    expect(verdict(file)).toMatchObject({ ok: true, entries: 4, plain: 3, keyed: 1 });
  });

  test('a head that somebody took away is not made anew, and work goes on', () => {
    const { local } = openTrail();
    addEntries(local, [KEY, KEY]);
    local.exec('DELETE FROM audit_head');
    chainOldEntries(local);
    expect(verdict(local)).toMatchObject({ ok: false, bad: { entry: 2, kind: 'head' } });
    addEntries(local, [KEY]);
    expect(verdict(local)).toMatchObject({ ok: false, bad: { entry: 3, kind: 'changed' } });
  });

  test('an entry that somebody puts in later is not chained with them', () => {
    const file = oldFile(0);
    chainOldEntries(file);
    file.exec(
      `INSERT INTO journal (at_ms, who, host, action, subject) VALUES (1, 'x', 'x', 'rules.choose', 'rules 1')`,
    );
    chainOldEntries(file);
    expect(verdict(file)).toMatchObject({ ok: false, entries: 1, bad: { entry: 1, kind: 'changed' } });
  });
});

describe('what verifying says', () => {
  const broken = (edit: string, keys = [KEY]) => {
    const { local } = openTrail();
    addEntries(local, [KEY, KEY, KEY, null]);
    dropGuards(local);
    local.exec(edit);
    return verdict(local, keys);
  };
  test.each([
    ['a changed reason', `UPDATE journal SET reason = 'other' WHERE id = 2`, { entry: 2, kind: 'changed' }],
    ['an entry removed within', 'DELETE FROM journal WHERE id = 2', { entry: 3, kind: 'missing' }],
    ['the first removed', 'DELETE FROM journal WHERE id = 1', { entry: 2, kind: 'missing' }],
    ['the last removed', 'DELETE FROM journal WHERE id = 4', { entry: 4, kind: 'head' }],
    ['all removed', 'DELETE FROM journal', { entry: 1, kind: 'head' }],
    [
      'a forged authentication',
      `UPDATE journal SET mac = replace(mac, 'a', 'b') WHERE id = 3`,
      { entry: 3, kind: 'mac' },
    ],
    ['a removed authentication', 'UPDATE journal SET mac = NULL WHERE id = 3', { entry: 3, kind: 'mac' }],
    ['an unknown key', `UPDATE journal SET key_id = '0123456789abcdef' WHERE id = 3`, { entry: 3, kind: 'changed' }],
    [
      'a time beyond every clock',
      'UPDATE journal SET at_ms = 9007199254740993 WHERE id = 1',
      { entry: 1, kind: 'changed' },
    ],
    [
      'a number that no entry can have',
      'UPDATE journal SET id = 9223372036854775807 WHERE id = 4',
      { entry: 4, kind: 'missing' },
    ],
    ['a number below the first', 'UPDATE journal SET id = -5 WHERE id = 3', { entry: 1, kind: 'missing' }],
    ['no head', 'DELETE FROM audit_head', { entry: 4, kind: 'head' }],
    ['no table of the head', 'DROP TABLE audit_head', { entry: 4, kind: 'head' }],
    ['a head below nothing', 'UPDATE audit_head SET entries = -5', { entry: 1, kind: 'head' }],
    ['a head of another count', 'UPDATE audit_head SET entries = 3', { entry: 4, kind: 'head' }],
    ['a head of another digest', `UPDATE audit_head SET digest = 'x'`, { entry: 4, kind: 'head' }],
  ] as const)('%s', (_name, edit, bad) => {
    const said = broken(edit);
    expect(said).toMatchObject({ ok: false, bad });
    expect(auditVerdict.safeParse(said).success).toBe(true);
  });

  test('nothing is said against an empty trail', () => {
    expect(verdict(openTrail().local)).toMatchObject({ ok: true, entries: 0, head: null });
  });
});

describe('the head outside the table', () => {
  const start = () => {
    const trail = openTrail();
    const service = keepingHead(
      { add: (keys: (typeof KEY | null)[]) => addEntries(trail.local, keys) },
      trail.folder,
      trail.local,
    );
    return { ...trail, service };
  };

  test('follows every call that adds entries', () => {
    const { folder, local, service } = start();
    expect(readHeadFile(folder)).toMatchObject({ entries: 0 });
    service.add([KEY, KEY]);
    const { head } = verdict(local);
    expect(readHeadFile(folder)).toMatchObject({ entries: 2, digest: head, key_id: KEY.id });
    expect(verdict(local, [KEY], folder)).toMatchObject({ ok: true, outside: true });
  });

  test('may lag behind after a crash', () => {
    const { folder, local, service } = start();
    service.add([KEY]);
    addEntries(local, [KEY, null]);
    expect(readHeadFile(folder)).toMatchObject({ entries: 1 });
    expect(verdict(local, [KEY], folder)).toMatchObject({ ok: true, entries: 3 });
    // The next start brings it up to date.
    keepingHead({}, folder, local);
    expect(readHeadFile(folder)).toMatchObject({ entries: 3 });
  });

  test('finds a whole table that was put back to an earlier one, also after more work', () => {
    const { folder, local, service } = start();
    service.add([KEY]);
    const before = local.prepare('SELECT entries, digest, key_id, mac FROM audit_head').get();
    service.add([KEY, KEY]);
    const file = readFileSync(join(folder, HEAD_FILE), 'utf8');
    dropGuards(local);
    local.exec('DELETE FROM journal WHERE id > 1');
    local
      .prepare('UPDATE audit_head SET entries = :entries, digest = :digest, key_id = :key_id, mac = :mac')
      .run(before);
    expect(verdict(local, [KEY])).toMatchObject({ ok: true, entries: 1 });
    expect(verdict(local, [KEY], folder)).toMatchObject({ ok: false, bad: { entry: 2, kind: 'head' } });
    const again = keepingHead({ add: (keys: (typeof KEY)[]) => addEntries(local, keys) }, folder, local);
    again.add([KEY, KEY, KEY]);
    expect(readFileSync(join(folder, HEAD_FILE), 'utf8')).toBe(file);
    expect(verdict(local, [KEY], folder)).toMatchObject({ ok: false });
  });

  test('that was forged without the key is found', () => {
    const { folder, local, service } = start();
    service.add([KEY]);
    const head = readHeadFile(folder);
    writeFileSync(join(folder, HEAD_FILE), JSON.stringify({ ...head, mac: '0'.repeat(64) }));
    expect(verdict(local, [KEY], folder)).toMatchObject({ ok: false, bad: { entry: 1, kind: 'head' } });
  });

  test.each(['', '{', '[]'])('that cannot be read (%j) accuses nobody, and it is said', (content) => {
    const { folder, local, service } = start();
    service.add([KEY]);
    writeFileSync(join(folder, HEAD_FILE), content);
    expect(verdict(local, [KEY], folder)).toMatchObject({ ok: true, outside: false });
    rmSync(join(folder, HEAD_FILE));
    expect(verdict(local, [KEY], folder)).toMatchObject({ ok: true, outside: false });
    expect(existsSync(join(folder, HEAD_FILE))).toBe(false);
  });
});
