import { AppError } from '../../shared/errors.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import type { SqliteFile } from '../database/open.ts';
import type { CorrectionReader } from './service.ts';
import { prepareWarnings } from './warnings.ts';

/** What the reader thread shows of corrections and their receipts. */
export function createOutboxReader(
  file: SqliteFile,
  reads: CorrectionReads,
): Pick<CorrectionReader, 'correctionsList' | 'receipts'> {
  const warned = prepareWarnings(file, { cache: 'main', local: 'local' });
  return {
    correctionsList({ states, batch, offset, limit, moment }) {
      const { total, rows } = reads.list({ states, batch }, { offset, limit });
      return { total, offset, rows: moment === undefined ? rows : warned(rows, moment), counts: reads.counts() };
    },
    receipts({ id }) {
      if (reads.byIds([id]).length === 0) {
        throw new AppError('CORRECTION_UNKNOWN', `Correction ${id} does not exist. List the corrections again.`);
      }
      return reads.receipts(id);
    },
  };
}
