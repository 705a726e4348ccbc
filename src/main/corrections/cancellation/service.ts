import { AppError } from '../../../shared/errors.ts';
import type { AuthoredFiles } from '../../audit/journal.ts';
import { prepareCorrectionReads } from '../../database/corrections-read.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { MappedOrder } from '../../omnitron/mapped-order.ts';
import { readRules } from '../../reconcile/rules.ts';
import type { CorrectionReader, CorrectionWriter } from '../service.ts';
import { orderToCancel, proposeCancellation } from './propose.ts';
import { type CancellationRecorder, createCancellationRecorder } from './record-cancellation.ts';
import { workOut } from './work-out.ts';

/** Proposing and pushing cancellations, in the writer thread. */
export function createCancellationWriter(
  files: AuthoredFiles,
  storeOrder: (order: MappedOrder, nowMs: number) => void,
): Pick<CorrectionWriter, 'addCancellation'> & CancellationRecorder {
  const reads = prepareCorrectionReads(files.local, 'main');
  const propose = files.local.transaction(proposeCancellation);
  return {
    ...createCancellationRecorder(files, storeOrder),
    addCancellation(args) {
      const [row] = reads.byIds([propose.immediate(files, args)]);
      if (row === undefined) throw new AppError('INTERNAL', 'The cancellation was not stored.');
      return row;
    },
  };
}

/** The reader's part; `file` is `cache.db`, read-only, with `local.db` attached as `local`. */
export function createCancellationReader(file: SqliteFile): Pick<CorrectionReader, 'cancellationAmount'> {
  return {
    cancellationAmount({ orderId, ...choice }) {
      const { amount, currency } = workOut(
        orderToCancel(file, orderId),
        choice,
        readRules(file, 'local').rules.formula,
      );
      return { amount, currency };
    },
  };
}
