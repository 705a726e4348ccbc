import { AppError } from '../../shared/errors.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import type { CorrectionReader } from './service.ts';

/** What the reader thread shows of corrections and their receipts. */
export function createOutboxReader(reads: CorrectionReads): Pick<CorrectionReader, 'correctionsList' | 'receipts'> {
  return {
    correctionsList: ({ states, batch, offset, limit }) => ({
      ...reads.list({ states, batch }, { offset, limit }),
      offset,
      counts: reads.counts(),
    }),
    receipts({ id }) {
      if (reads.byIds([id]).length === 0) {
        throw new AppError('CORRECTION_UNKNOWN', `Correction ${id} does not exist. List the corrections again.`);
      }
      return reads.receipts(id);
    },
  };
}
