import type { BatchRow, OpenedBatchFile } from '../../shared/batches.ts';
import type { User } from '../../shared/users.ts';
import type { ReaderService, Remote, WriterService } from '../engine/services.ts';
import type { Clock } from './ports.ts';
import { assertNoOwnFile } from './report-target.ts';
import { readSmallText, writeSmallText } from './small-files.ts';

/** A batch file as it was opened, with the very text that was checked: that one is approved, whatever the file becomes. */
export interface BatchFileInHand {
  opened: OpenedBatchFile;
  text: string;
}

/**
 * Approval across workstations: batches, approvals and identities as files.
 * Reading throws AppError FILE_NOT_READABLE and FILE_REFUSED, writing FILE_NOT_WRITABLE, also where the program keeps its
 * own files.
 */
export interface ApprovalWork {
  /** Saves a submitted batch as a signed file. @throws AppError as the writer's `batchFile` does */
  exportBatch(args: { id: number; path: string }): Promise<{ path: string }>;
  openBatchFile(path: string): Promise<BatchFileInHand>;
  /** Approves a batch file and saves the signed approval. @throws AppError as the writer's `approveBatchFile` does */
  approveBatchFile(args: { text: string; path: string }): Promise<{ path: string }>;
  /** @throws AppError as the writer's `importApproval` does */
  importApproval(path: string): Promise<BatchRow>;
  /** @throws AppError USER_UNKNOWN */
  exportIdentity(args: { name: string; path: string }): Promise<{ path: string }>;
  /** @throws AppError as the writer's `importIdentity` does */
  importIdentity(path: string): Promise<User>;
}

interface ApprovalWorkParts {
  /** What names the connection in files: the name and, of an Omnitron, the host's root. */
  connection: { name: string; baseUrl: string };
  /** @throws AppError DATA_LOCKED when the connection was opened for reading only. */
  writer(): Remote<WriterService>;
  reader: Remote<ReaderService>;
  dataDir: string;
  clock: Clock;
}

export function createApprovalWork({ connection, writer, reader, dataDir, clock }: ApprovalWorkParts): ApprovalWork {
  const { baseUrl } = connection;

  async function save(path: string, text: string): Promise<{ path: string }> {
    await writeSmallText(path, text);
    return { path };
  }

  return {
    async exportBatch({ id, path }) {
      assertNoOwnFile(path, dataDir);
      return save(path, (await writer().batchFile({ id, connection, nowMs: clock.now() })).text);
    },
    async openBatchFile(path) {
      const text = await readSmallText(path);
      return { opened: await reader.openBatchFile({ text, path }), text };
    },
    async approveBatchFile({ text, path }) {
      assertNoOwnFile(path, dataDir);
      return save(path, (await writer().approveBatchFile({ text, baseUrl, nowMs: clock.now() })).text);
    },
    async importApproval(path) {
      const text = await readSmallText(path);
      return writer().importApproval({ text, baseUrl, nowMs: clock.now() });
    },
    async exportIdentity({ name, path }) {
      assertNoOwnFile(path, dataDir);
      return save(path, (await writer().identityFile({ name })).text);
    },
    async importIdentity(path) {
      const text = await readSmallText(path);
      return writer().importIdentity({ text, nowMs: clock.now() });
    },
  };
}
