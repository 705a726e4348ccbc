import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../src/main/database/migrate.ts';
import { CACHE_MIGRATIONS, LOCAL_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import { closeAfterTest, tempFolder } from '../support/engine.ts';
import { emptyAt, schemaOf } from '../support/old-stores.ts';

const FILES = [
  { name: 'cache.db', migrations: CACHE_MIGRATIONS },
  { name: 'local.db', migrations: LOCAL_MIGRATIONS },
];

/**
 * SHA-256 of the SQL of every released step. Somewhere there is a file that went through exactly that text: a released
 * step is never edited, a new one is added; with each release its steps are added here.
 */
const RELEASED: Record<string, readonly string[]> = {
  'cache.db': [
    'eab5e72d637f448e32c926a900dbb20ffab730cd15b8a509726fc881852db3e7',
    'e5d1a347b0bc033888f061a999da871c067373019c8ed05288e92e07711a70fa',
    'c50a337548008a39f2ca2792ef77d4c45174b8a498bfcdcbc52cfe63b62237de',
    '6a9a8d8f00bfb508f95521aa0973828bb63bd30f6b2ee5a524a3d62bb7ecc3a3',
    'd5865829cf3838d972deaad907fdfd1e2aec39590063da0beec0523a243c1052',
    '53f5c1f44945bf029aa3f1f00f0f1cffc85517067ea7dc08a06e652ab526c1ac',
    'fcf60a4ef19b5713336e75a61bd979e9ff6417a7e2099cd6948b89f6cb1c7fff',
    'f3cdcd25ce89e632489637f028c6b5138d741d12d5f742b03b688033168f7e7b',
    '347d473dd710a4874faed895cd69711eb4fbd46d41b25b885816aafc48fc5255',
    '7965913b09602dd598790e1fd9f81bccd10491a0d5598210facd4ba666d6ca28',
  ],
  'local.db': [
    'b75a5bf26c4f96783fc1b8a3bf533648bf28cb8973550dbaf26c759beec93797',
    'ce1d76038a17da1370fcc17cf4c5c20b96390cfff76e9d4b89c4e4058209c38e',
    '0cfc6e2f0aa80f30f6acd8eb1ad08d06b1f00c9bfd82b5e2d6a417226e11ae06',
    '4f47cc6ef00c61097e46e90614c032e53902b53e46d1251a5e95fae70259b7b7',
    'c50a6ab12f8984532b424c2b525a536d17e9fb37e1cd3154fb107862f293c6dc',
  ],
};

const path = (): string => join(tempFolder(), 'm.db');

describe.each(FILES)('the steps of $name', ({ name, migrations }) => {
  test('are numbered from 1 on, and the released ones are as they were released', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
    const released = RELEASED[name] ?? [];
    const hashes = migrations.map(({ sql }) => createHash('sha256').update(sql).digest('hex'));
    expect(hashes.slice(0, released.length)).toEqual(released);
  });

  test.each(migrations.map(({ version }) => version))('step %i by itself: sound, strict, numbered', (version) => {
    const file = closeAfterTest(emptyAt(path(), migrations, version - 1));
    const before = schemaOf(file);
    migrate(file, migrations.slice(0, version));
    expect(schemaVersion(file)).toBe(version);
    expect(schemaOf(file)).not.toEqual(before);
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(file.pragma('foreign_key_check')).toEqual([]);
    const loose = file.prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    );
    expect(loose.pluck().all()).toEqual([]);
    // A second time there is nothing to do.
    const after = schemaOf(file);
    migrate(file, migrations.slice(0, version));
    expect(schemaOf(file)).toEqual(after);
  });

  test.each(migrations.map((_, index) => index))(
    'from version %i, empty, to the newest: the schema of a new file',
    (version) => {
      const fresh = closeAfterTest(openSqlite(path(), { readonly: false }));
      migrate(fresh, migrations);
      const old = closeAfterTest(emptyAt(path(), migrations, version));
      migrate(old, migrations);
      expect(schemaVersion(old)).toBe(migrations.length);
      expect(schemaOf(old)).toEqual(schemaOf(fresh));
    },
  );
});
