import type { AuthoredFiles } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { Session } from '../../users/session.ts';
import type { BatchReader, BatchWriter } from '../service.ts';
import { approveBatches, sendBackBatch } from './approve.ts';
import { approveBatchFile, batchFile, importApproval, openBatchFile } from './batch-file.ts';
import { prepareBatchReads } from './batch-row.ts';
import { batchesIn, idOfNumber } from './batch-store.ts';
import { beginPushing, endPushing } from './push-states.ts';
import { submitBatch, submitEverything } from './submit.ts';

/** What this part does of {@link BatchWriter}; reversing and dry runs belong to pushing. */
type BatchDocuments = Pick<
  BatchWriter,
  | 'submitBatch'
  | 'submitEverything'
  | 'approveBatches'
  | 'sendBackBatch'
  | 'batchFile'
  | 'approveBatchFile'
  | 'importApproval'
  | 'batchesToPush'
  | 'beginPushing'
  | 'endPushing'
>;

/** The writer's part; `session` says who is signed in. */
export function createBatchWriter(files: AuthoredFiles, session: Session): BatchDocuments {
  const reads = prepareBatchReads(files.local, 'main');
  return {
    submitBatch: (args) => reads.one(submitBatch(files, session, args)),
    submitEverything: (args) => {
      const id = submitEverything(files, args);
      return id === null ? null : reads.one(id);
    },
    approveBatches: (args) => {
      approveBatches(files, session, args);
      return args.ids.map((id) => reads.one(id));
    },
    sendBackBatch: (args) => {
      sendBackBatch(files, session, args);
      return reads.one(args.id);
    },
    batchFile: (args) => batchFile(files, session, args),
    approveBatchFile: (args) => approveBatchFile(files, session, args),
    importApproval: (args) => reads.one(importApproval(files, args)),
    batchesToPush: () => reads.rows(batchesIn(files.local, ['approved', 'pushing'])),
    beginPushing: (args) => {
      beginPushing(files, args);
      return reads.one(args.id);
    },
    endPushing: (args) => {
      endPushing(files, args);
      return reads.one(args.id);
    },
  };
}

/** The reader's part; `file` is `cache.db`, read-only, with `local.db` attached as `local`. */
export function createBatchReader(file: SqliteFile): BatchReader {
  const reads = prepareBatchReads(file, 'local');
  return {
    batchesList: ({ states, ...window }) => reads.list(states, window),
    batch: ({ id }) => reads.one(id),
    batchOfNumber: ({ number }) => idOfNumber(file, 'local', number),
    openBatchFile: (args) => openBatchFile(file, args),
  };
}
