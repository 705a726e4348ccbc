import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import type { Connection } from '../../src/main/connections/connection.ts';
import { closeAfterTest, NOW_MS, tempFolder } from '../support/engine.ts';
import { startSmallSandbox } from '../support/sandbox.ts';
import { openConnectionTo } from '../support/workspace.ts';

async function connected(dataDir: string): Promise<Connection> {
  return openConnectionTo(closeAfterTest(await startSmallSandbox({ orders: 1 })), { dataDir });
}

const report = (connection: Connection, path: string) =>
  connection.report(
    { kind: 'reconciliation', format: 'csv', period: { from: null, to: null }, language: 'en' },
    { path, nowMs: NOW_MS, signal: new AbortController().signal, onProgress: () => undefined },
  );

/** Every file below a folder with its bytes' hash; the databases' side files change while they are open. */
function contents(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name))
    .map((entry): [string, string] => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

test.each([
  'connections/shop/local.db',
  'connections/shop/report.csv',
  'connections/report.csv',
  'connections/shop/../../settings.json',
  'settings.json',
  'secrets.json',
  'link/local.db',
  'away/settings.json',
])('a report to %s in the data folder is refused, nothing is touched', async (place) => {
  const folder = tempFolder();
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  symlinkSync(join(dataDir, 'connections', 'shop'), join(dataDir, 'link'));
  symlinkSync(dataDir, join(dataDir, 'away'));
  for (const name of ['settings.json', 'secrets.json']) writeFileSync(join(dataDir, name), '{"version":1}');
  const connection = await connected(dataDir);
  const before = contents(folder);
  await expect(report(connection, `${dataDir}/${place}`)).rejects.toMatchObject({
    code: 'FILE_NOT_WRITABLE',
    message: expect.stringContaining('cannot be written: Mutabakat keeps its own data there; choose another folder.'),
  });
  expect(contents(folder)).toEqual(before);
});

test('a data folder that is reached by a link is the same folder; beside its own files there is room', async () => {
  const folder = tempFolder();
  const dataDir = join(folder, 'data');
  mkdirSync(join(folder, 'real'));
  symlinkSync(join(folder, 'real'), dataDir);
  const connection = await connected(dataDir);
  const refused = { code: 'FILE_NOT_WRITABLE' };
  await expect(report(connection, join(folder, 'real', 'connections', 'r.csv'))).rejects.toMatchObject(refused);
  await expect(report(connection, join(folder, 'real', 'settings.json'))).rejects.toMatchObject(refused);
  for (const path of [join(dataDir, 'report.csv'), join(folder, 'settings.json'), join(folder, 'connections')]) {
    expect((await report(connection, path)).path).toBe(path);
  }
});
