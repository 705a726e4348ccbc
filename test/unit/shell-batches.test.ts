import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createApprovalWork } from '../../src/main/connections/approval-work.ts';
import type { ReaderService, Remote, WriterService } from '../../src/main/engine/services.ts';
import type { HandlerParts } from '../../src/main/shell/handler-parts.ts';
import { batchHandlers } from '../../src/main/shell/handlers-batches.ts';
import { userHandlers } from '../../src/main/shell/handlers-users.ts';
import { type CallHandlers, dispatchCall } from '../../src/main/shell/ipc-dispatch.ts';

const NOW = 5;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutabakat-shell-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Handlers over a writer and a reader that only say what they were asked. */
function setUp() {
  const writer = {
    batchFile: vi.fn(async () => ({ name: 'proposed.json', text: 'signed batch' })),
    approveBatchFile: vi.fn(async () => ({ name: 'proposed.json', text: 'signed approval' })),
    importApproval: vi.fn(async () => ({ id: 7 })),
    importIdentity: vi.fn(async () => ({ name: 'Ben' })),
    identityFile: vi.fn(async () => ({ name: 'proposed.json', text: 'identity' })),
    addUser: vi.fn(async () => ({ name: 'Ada' })),
    signedIn: vi.fn(async () => 'Ada'),
    submitBatch: vi.fn(async () => ({ id: 7 })),
  };
  const reader = {
    batch: vi.fn(async () => ({ id: 7, number: '2026-0007' })),
    openBatchFile: vi.fn(async ({ path }: { path: string }) => ({ path, number: '2026-0007' })),
    users: vi.fn(async () => []),
  };
  const connection = { name: 'shop', baseUrl: 'https://shop.example' };
  const approvals = createApprovalWork({
    connection,
    writer: () => writer as unknown as Remote<WriterService>,
    reader: reader as unknown as Remote<ReaderService>,
    dataDir: join(folder, 'data'),
    clock: { now: () => NOW, elapsed: () => 0, sleep: () => Promise.resolve() },
  });
  const where = vi.fn((): Promise<string | null> => Promise.resolve(join(folder, 'out.json')));
  const which = vi.fn((): Promise<string | null> => Promise.resolve(join(folder, 'in.json')));
  const announce = vi.fn(async () => undefined);
  const written = { add: vi.fn() };
  const parts = {
    opened: { require: () => ({ writer, reader, approvals }), announce },
    desktop: { askWhereToSave: where, askWhichSignedFile: which },
    written,
    clock: { now: () => NOW },
  } as unknown as HandlerParts;
  return { writer, reader, where, which, announce, written, ...batchHandlers(parts), ...userHandlers(parts) };
}

const inFile = (text: string): void => writeFileSync(join(folder, 'in.json'), text);
const outFile = (): string => readFileSync(join(folder, 'out.json'), 'utf8');

describe('batch files', () => {
  test('are saved where the person says, under the batch’s number; closing the dialog signs nothing', async () => {
    const shell = setUp();
    shell.where.mockResolvedValueOnce(null);
    expect(await shell['batches.export']({ id: 7 })).toBeNull();
    expect(shell.writer.batchFile).not.toHaveBeenCalled();
    expect(await shell['batches.export']({ id: 7 })).toEqual({ path: join(folder, 'out.json') });
    expect(shell.where).toHaveBeenCalledWith('Mutabakat_batch_2026-0007.json', 'json');
    const connection = { name: 'shop', baseUrl: 'https://shop.example' };
    expect(shell.writer.batchFile).toHaveBeenCalledWith({ id: 7, connection, nowMs: NOW });
    expect(outFile()).toBe('signed batch');
    expect(shell.written.add).toHaveBeenCalledWith(join(folder, 'out.json'));
  });

  test('what was opened is what is approved, whatever the file becomes meanwhile', async () => {
    const shell = setUp();
    const path = join(folder, 'in.json');
    await expect(shell['batches.approveFile']({ path })).rejects.toMatchObject({ code: 'IPC_REFUSED' });
    shell.which.mockResolvedValueOnce(null);
    expect(await shell['batches.openFile'](undefined)).toBeNull();
    inFile('as it was shown');
    expect(await shell['batches.openFile'](undefined)).toMatchObject({ path });
    inFile('something else');
    await expect(shell['batches.approveFile']({ path: `${path}x` })).rejects.toMatchObject({ code: 'IPC_REFUSED' });
    expect(await shell['batches.approveFile']({ path })).toEqual({ path: join(folder, 'out.json') });
    expect(shell.writer.approveBatchFile).toHaveBeenCalledWith({
      text: 'as it was shown',
      baseUrl: 'https://shop.example',
      nowMs: NOW,
    });
    expect(outFile()).toBe('signed approval');
  });

  test('an approval and an identity are read from the chosen file, and the lists are told', async () => {
    const shell = setUp();
    inFile('text');
    expect(await shell['batches.importApproval'](undefined)).toEqual({ id: 7 });
    expect(await shell['users.importIdentity'](undefined)).toEqual({ name: 'Ben' });
    expect(shell.announce).toHaveBeenCalledTimes(2);
    expect(await shell['users.exportIdentity']({ name: 'Ada B' })).toEqual({ path: join(folder, 'out.json') });
    expect(shell.where).toHaveBeenCalledWith('Mutabakat_identity_Ada_B.json', 'json');
    shell.which.mockResolvedValue(null);
    expect(await shell['batches.importApproval'](undefined)).toBeNull();
    expect(await shell['users.importIdentity'](undefined)).toBeNull();
  });

  test('a file that is none, is no text or lies among the program’s own is refused with words', async () => {
    const shell = setUp();
    const opening = () => Promise.resolve(shell['batches.openFile'](undefined));
    await expect(opening()).rejects.toMatchObject({
      code: 'FILE_NOT_READABLE',
      message: expect.stringContaining('in.json'),
    });
    writeFileSync(join(folder, 'in.json'), Buffer.from([0xff, 0xfe, 0x00]));
    await expect(opening()).rejects.toMatchObject({ code: 'FILE_REFUSED' });
    shell.which.mockResolvedValueOnce(folder);
    await expect(opening()).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
    mkdirSync(join(folder, 'data', 'connections'), { recursive: true });
    shell.where.mockResolvedValueOnce(join(folder, 'data', 'connections', 'x.json'));
    await expect(shell['batches.export']({ id: 7 })).rejects.toMatchObject({ code: 'FILE_NOT_WRITABLE' });
    expect(shell.writer.batchFile).not.toHaveBeenCalled();
  });
});

test('a refused request does not repeat the PIN', async () => {
  const shell = setUp();
  const handlers = shell as unknown as CallHandlers;
  const request = { name: '', pin: 'gizli-4711', more: 'gizli-4711' };
  const answer = await dispatchCall('users.add', true, [request], handlers);
  expect(answer).toMatchObject({ ok: false, error: { code: 'IPC_REFUSED' } });
  expect(JSON.stringify(answer)).not.toContain('gizli');
  expect(shell.writer.addUser).not.toHaveBeenCalled();
  expect(await shell['users.list'](undefined)).toEqual({ users: [], signedIn: 'Ada' });
});
