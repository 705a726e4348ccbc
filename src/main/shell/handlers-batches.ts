import { AppError } from '../../shared/errors.ts';
import type { BatchFileInHand } from '../connections/approval-work.ts';
import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type BatchCalls = Pick<
  CallHandlers,
  | 'batches.list'
  | 'batches.get'
  | 'batches.submit'
  | 'batches.approve'
  | 'batches.sendBack'
  | 'batches.export'
  | 'batches.openFile'
  | 'batches.approveFile'
  | 'batches.importApproval'
>;

/** Batches as documents: submitting, approving, and approval across workstations by files that dialogs choose. */
export function batchHandlers(parts: HandlerParts): BatchCalls {
  const { opened, desktop, written, clock } = parts;
  let inHand: BatchFileInHand | null = null;

  async function announced<T>(change: Promise<T>): Promise<T> {
    const outcome = await change;
    await opened.announce();
    return outcome;
  }

  /** Asks where to save, then writes; null when the person closed the dialog. */
  async function saved(name: string, write: (path: string) => Promise<{ path: string }>) {
    const path = await desktop.askWhereToSave(name, 'json');
    if (path === null) return null;
    const outcome = await write(path);
    written.add(outcome.path);
    return outcome;
  }

  return {
    'batches.list': (request) => opened.require().reader.batchesList(request),
    'batches.get': (request) => opened.require().reader.batch(request),
    'batches.submit': (request) => announced(opened.require().writer.submitBatch({ ...request, nowMs: clock.now() })),
    'batches.approve': (request) =>
      announced(opened.require().writer.approveBatches({ ...request, nowMs: clock.now() })),
    'batches.sendBack': (request) =>
      announced(opened.require().writer.sendBackBatch({ ...request, nowMs: clock.now() })),
    'batches.export': async ({ id }) => {
      const { approvals, reader } = opened.require();
      const { number } = await reader.batch({ id });
      return saved(`Mutabakat_batch_${number}.json`, (path) => approvals.exportBatch({ id, path }));
    },
    'batches.openFile': async () => {
      const { approvals } = opened.require();
      const path = await desktop.askWhichSignedFile();
      if (path === null) return null;
      inHand = await approvals.openBatchFile(path);
      return inHand.opened;
    },
    'batches.approveFile': async ({ path: shown }) => {
      const { approvals } = opened.require();
      const file = inHand;
      if (file === null || file.opened.path !== shown) {
        throw new AppError('IPC_REFUSED', 'Only the batch file that was opened last can be approved.');
      }
      return saved(`Mutabakat_approval_${file.opened.number}.json`, (path) =>
        approvals.approveBatchFile({ text: file.text, path }),
      );
    },
    'batches.importApproval': async () => {
      const { approvals } = opened.require();
      const path = await desktop.askWhichSignedFile();
      return path === null ? null : announced(approvals.importApproval(path));
    },
  };
}
