import type { AuthoredFiles } from '../audit/journal.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import type { CorrectionWrites } from '../database/corrections-write.ts';
import type { PushWriter } from '../engine/push-service.ts';
import type { MappedOrder } from '../omnitron/mapped-order.ts';
import { createDryRunWriter } from './dry-run-lines.ts';
import { createPushRecorder } from './record-push.ts';
import { createResolving } from './resolve.ts';
import { createReversalWriter } from './reversal.ts';
import type { BatchWriter, CorrectionWriter } from './service.ts';

/** What the writer thread does for pushes, dry runs, conflicts and reversals. `storeOrder` puts an order into the cache. */
export function createPushWriter(
  files: AuthoredFiles,
  reads: CorrectionReads,
  writes: CorrectionWrites,
  storeOrder: (order: MappedOrder, nowMs: number) => void,
): PushWriter &
  Pick<BatchWriter, 'dryRunCompare' | 'reverseBatch'> &
  Pick<CorrectionWriter, 'requeueCorrections' | 'resolveConflicts'> {
  return {
    ...createPushRecorder(files, reads, writes, storeOrder),
    ...createDryRunWriter(files, reads, storeOrder),
    ...createReversalWriter(files, reads, writes),
    ...createResolving(files, reads, writes),
  };
}
