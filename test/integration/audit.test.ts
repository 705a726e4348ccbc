import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JournalAction } from '../../src/main/audit/journal.ts';
import { MOST_SHOWN } from '../../src/main/audit/read.ts';
import { createAuditReader } from '../../src/main/audit/service.ts';
import { writeProfile } from '../../src/main/connections/profile.ts';
import { openReaderFile } from '../../src/main/database/connection-files.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { type AuditEntry, type AuditFilter, type AuditVerdict, auditEntry } from '../../src/shared/audit.ts';
import { foldForSearch } from '../../src/shared/text.ts';
import { dropGuards, KEY } from '../support/audit-trail.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, startEngine, storeOrders, tempFolder } from '../support/engine.ts';
import { runCliHere } from '../support/run-cli-here.ts';
import { startSmallSandbox } from '../support/sandbox.ts';
import { wireOrder } from '../support/wire-orders.ts';
import { openConnectionTo } from '../support/workspace.ts';

const ANYTHING: AuditFilter = { text: '', groups: [], period: { from: null, to: null } };
const HOUR = 3_600_000;

describe('the entries of the trail', () => {
  const filled = () => {
    const engine = startEngine();
    const record = (action: JournalAction, subject: string, nowMs: number, reason: string | null = null, after = {}) =>
      engine.writer.recordAction({ action, subject, before: null, after, reason, nowMs });
    record('settings.change', 'settings company', Date.parse('2026-03-31T20:59:59Z'), 'Yeni ünvan', {
      company: 'IŞIK',
    });
    record('report.export', 'report reconciliation', Date.parse('2026-03-31T21:00:00Z'), null, { format: 'xlsx' });
    record('connection.change', 'connection shop', Date.parse('2026-04-30T20:00:00Z'));
    const reader = engine.reader();
    const found = (filter: Partial<AuditFilter>, offset = 0, limit = 10): number[] =>
      reader
        .auditWindow({ filter: { ...ANYTHING, ...filter }, timeZone: ISTANBUL, offset, limit })
        .rows.map(({ id }) => id);
    return { ...engine, reader, record, found };
  };

  test('come newest first, in windows', () => {
    const { reader, found } = filled();
    expect(found({})).toEqual([3, 2, 1]);
    expect(found({}, 1, 1)).toEqual([2]);
    expect(reader.auditWindow({ filter: ANYTHING, timeZone: ISTANBUL, offset: 2, limit: 5 })).toMatchObject({
      total: 3,
      offset: 2,
      rows: [{ id: 1, at: '2026-03-31T20:59:59.000Z', after: '{"company":"IŞIK"}', before: null, keyed: false }],
    });
  });

  test('are found by all the words, whoever types them', () => {
    const { found } = filled();
    expect(found({ text: 'YENI isik' })).toEqual([1]);
    expect(found({ text: 'ünvan shop' })).toEqual([]);
    expect(found({ text: 'EXPORT xlsx' })).toEqual([2]);
    expect(found({ text: '%' })).toEqual([]);
    const names = { 'report.export': 'Rapor yazıldı' };
    expect([found({ text: 'RAPOR', names }), found({ text: 'rapor' })]).toEqual([[2], []]);
  });

  test('are looked for once for all windows of a list, and anew when there is another entry', () => {
    const { folder, record } = filled();
    const file = closeAfterTest(openReaderFile(folder));
    let looked = 0;
    file.function('search_fold', (text) => {
      looked += 1;
      return foldForSearch(String(text));
    });
    const { auditWindow } = createAuditReader(file, folder);
    const found = (text: string, offset: number) =>
      auditWindow({ filter: { ...ANYTHING, text }, timeZone: ISTANBUL, offset, limit: 1 }).rows.map(({ id }) => id);
    expect([found('shop', 0), found('shop', 1)]).toEqual([[3], []]);
    expect(looked).toBe(3);
    record('connection.change', 'connection shop', NOW_MS);
    expect([found('shop', 0), found('shop', 1), found('xlsx', 0)]).toEqual([[4], [3], [2]]);
    expect(looked).toBe(3 + 4 + 4);
  });

  test('are narrowed by group and by days of the business time zone', () => {
    const { found } = filled();
    expect(found({ groups: ['settings', 'connection'] })).toEqual([3, 1]);
    expect(found({ period: { from: null, to: '2026-03-31' } })).toEqual([1]);
    expect(found({ period: { from: '2026-04-01', to: '2026-04-30' } })).toEqual([3, 2]);
  });

  test('say that there is more than is shown', () => {
    const { record, reader } = filled();
    record('settings.change', 'settings company', NOW_MS, null, { company: 'ş'.repeat(2 * MOST_SHOWN) });
    const [newest] = reader.auditWindow({ filter: ANYTHING, timeZone: ISTANBUL, offset: 0, limit: 1 }).rows;
    expect(newest?.after).toMatch(/ş …$/);
    expect(newest?.after?.length).toBe(MOST_SHOWN + 2);
    expect(reader.auditVerify({ keys: [] })).toMatchObject({ ok: true, entries: 4 });
  });

  test('are shown whatever somebody did to one of them', () => {
    const { reader, folder } = filled();
    const file = closeAfterTest(openSqlite(join(folder, 'local.db'), { readonly: false }));
    dropGuards(file);
    file.exec(`UPDATE journal SET at_ms = 9223372036854775807, undoes = -1 WHERE id = 2;
               UPDATE journal SET at_ms = -9007199254740993, id = -3 WHERE id = 3`);
    const { rows } = reader.auditWindow({ filter: ANYTHING, timeZone: ISTANBUL, offset: 0, limit: 5 });
    expect(rows.map(({ id, at }) => [id, at.slice(0, 4)])).toEqual([
      [2, '9999'],
      [1, '2026'],
      [-3, '1970'],
    ]);
    for (const row of rows) expect(auditEntry.safeParse(row).success).toBe(true);
  });

  test('also hold that somebody accepted that orders have vanished', () => {
    const { writer, found, reader } = filled();
    storeOrders(
      writer,
      Array.from({ length: 200 }, (_, place) => wireOrder(place + 1)),
    );
    storeOrders(writer, [wireOrder(1)], { nowMs: NOW_MS + HOUR });
    expect(writer.acceptVanished({ nowMs: NOW_MS + 2 * HOUR })).toEqual({ vanished: 199 });
    expect(writer.acceptVanished({ nowMs: NOW_MS + 3 * HOUR })).toEqual({ vanished: 0 });
    expect(found({ groups: ['orders'] })).toEqual([4]);
    expect(reader.auditWindow({ filter: ANYTHING, timeZone: ISTANBUL, offset: 0, limit: 1 }).rows).toMatchObject([
      { action: 'orders.accept-vanished', after: '{"vanished":199}' },
    ]);
  });
});

test('a connection records under its key how it was made and what it reads, never a token', async () => {
  const sandbox = closeAfterTest(await startSmallSandbox({ orders: 3 }));
  const connection = await openConnectionTo(sandbox, { dataDir: tempFolder(), auditKey: KEY.bytes });
  await connection.writer.recordAction({
    action: 'settings.change',
    subject: 'settings',
    before: null,
    after: null,
    reason: 'asked by muhasebe@example.com',
    nowMs: NOW_MS,
  });
  const { rows } = await connection.audit.window({ filter: ANYTHING, offset: 0, limit: 10 });
  expect(rows).toMatchObject([
    { id: 2, reason: 'asked by [e-mail]', keyed: true },
    { id: 1, action: 'connection.change', subject: 'connection shop', before: null, keyed: true },
  ]);
  expect(JSON.parse(rows[1]?.after ?? '')).toEqual({ baseUrl: sandbox.baseUrl, oms: null, credentials: 'given' });
  expect(JSON.stringify(rows)).not.toContain(sandbox.token);
  expect(await connection.audit.verify()).toMatchObject({ ok: true, keyed: 2, plain: 0, outside: true });
});

describe('the command line', () => {
  const start = () => {
    const dataDir = tempFolder();
    const folder = join(dataDir, 'connections', 'default');
    const writer = closeAfterTest(createWriter(folder));
    writeProfile(folder, { kind: 'omnitron', baseUrl: 'https://shop.example', demo: null, omsUrl: null });
    storeOrders(writer, [wireOrder(1)]);
    const env = { MUTABAKAT_AUDIT_KEY: Buffer.from(KEY.bytes).toString('hex') };
    const cli = (args: string[], given: Record<string, string> = env) =>
      runCliHere([...args, '--data-dir', dataDir], given);
    const verify = async (given?: Record<string, string>) => {
      const { code, stdout } = await cli(['audit', 'verify', '--json'], given);
      return { code, ...(JSON.parse(stdout) as AuditVerdict) };
    };
    const report = async () =>
      (
        await cli(['report', '--kind', 'reconciliation', '--format', 'csv', '--out', join(dataDir, 'a.csv'), '--json'])
      ).json();
    return { folder, writer, cli, verify, report };
  };

  test('records a report where nobody holds the files, and says where somebody does', async () => {
    const { writer, cli, report } = start();
    expect(await report()).toMatchObject({ audited: false });
    writer.close();
    const { sha256, audited } = await report();
    expect(audited).toBeUndefined();
    const { code, stdout } = await cli(['audit', 'list', '--group', 'report,push', '--text', 'CSV', '--json']);
    expect(code).toBe(0);
    const { total, entries } = JSON.parse(stdout) as { total: number; entries: AuditEntry[] };
    expect({ total, entries }).toMatchObject({ total: 1, entries: [{ id: 1, action: 'report.export', keyed: true }] });
    expect(JSON.parse(entries[0]?.after ?? '')).toMatchObject({ format: 'csv', sha256 });
    const words = await cli(['audit', 'list']);
    expect(words.stdout).toContain('report.export');
    expect((await cli(['audit', 'list', '--group', 'rabbits'])).code).toBe(2);
  });

  test('verifies the chain, prints its end, and ends with 1 where an entry was changed', async () => {
    const { folder, writer, cli, verify, report } = start();
    writer.recordAction({
      action: 'settings.change',
      subject: 'settings',
      before: null,
      after: null,
      reason: null,
      nowMs: NOW_MS,
    });
    writer.close();
    await report();
    const right = await verify();
    expect(right).toMatchObject({ code: 0, ok: true, entries: 2, keyed: 1, plain: 1, outside: true, bad: null });
    expect(await verify({})).toMatchObject({ code: 0, ok: true, keyed: 0, uncheckedKeyed: 1, plain: 1 });
    const words = await cli(['audit', 'verify']);
    expect(words.stdout).toContain(`End of the chain, to be written down: 2 ${right.head}`);
    expect(words.stdout).toContain('Chained without a key: 1.');
    const file = openSqlite(join(folder, 'local.db'), { readonly: false });
    dropGuards(file);
    file.exec(`UPDATE journal SET reason = 'month end' WHERE id = 1`);
    file.close();
    expect(await verify()).toMatchObject({ code: 1, ok: false, bad: { entry: 1, kind: 'changed' } });
    const accused = await cli(['audit', 'verify']);
    expect(accused).toMatchObject({ code: 1, stdout: expect.stringContaining('Entry 1 does not give its digest') });
  });
});
