import type { DryRunLine } from '../../shared/batches.ts';
import type { CorrectionRow } from '../../shared/corrections.ts';
import { AppError } from '../../shared/errors.ts';
import { isReversible } from '../../shared/reversibility.ts';
import type { AuthoredFiles } from '../audit/journal.ts';
import { selectCancellation } from '../database/cancellations-read.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import type { PushWriter, ReadingShape } from '../engine/push-service.ts';
import type { MappedOrder } from '../omnitron/mapped-order.ts';
import { readRules } from '../reconcile/rules.ts';
import { readControl } from '../users/control.ts';
import { whyNotNow } from './cancellation/guard.ts';
import { readOrderNow } from './cancellation/reading.ts';
import { compareField, type FieldVerdict } from './compare.ts';
import { readInto, type ServerValues } from './server-values.ts';
import type { BatchWriter } from './service.ts';

/** The writer's half of a dry run: readings go to the cache, the corrections stay as they are. */
export function createDryRunWriter(
  files: AuthoredFiles,
  reads: CorrectionReads,
  storeOrder: (order: MappedOrder, nowMs: number) => void,
): Pick<BatchWriter, 'dryRunCompare'> & Pick<PushWriter, 'dryRunUnread'> {
  const { cache, local } = files;

  function entry(id: number): CorrectionRow {
    const [row] = reads.byIds([id]);
    if (row === undefined) throw new AppError('CORRECTION_UNKNOWN', `Correction ${id} does not exist.`);
    return row;
  }

  function lineOf(
    row: CorrectionRow,
    values: ServerValues | null,
    given: Pick<DryRunLine, 'problem'> & { outcome?: DryRunLine['outcome'] },
  ): DryRunLine {
    const control = readControl(local, 'main').rules;
    const fields = row.fields.map(({ field, base, target }) => {
      const server = values?.[field];
      return {
        field,
        base,
        target,
        ...(server === undefined ? {} : { server }),
        verdict: values === null ? null : compareField({ field, base, target, server }),
        reversible: isReversible({ field, base, target }, control),
      };
    });
    const outcome = given.outcome ?? outcomeOf(fields.flatMap(({ verdict }) => verdict ?? []));
    return { correction: row.id, order: row.order, lineId: row.lineId, outcome, fields, problem: given.problem };
  }

  /** A cancellation is called only where everything stands as it was seen; one that was called is not called again. */
  function cancellationLine(row: CorrectionRow, shape: ReadingShape, body: Uint8Array, nowMs: number): DryRunLine {
    const stored = selectCancellation(local, row.id);
    if (stored === undefined || shape !== 'order') {
      return lineOf(row, null, { outcome: 'unread', problem: { code: 'NOT_FOUND', message: UNREADABLE } });
    }
    const order = readOrderNow(cache, row.order.id, { shape, body });
    cache.transaction(() => storeOrder(order, nowMs)).immediate();
    const why = stored.called ? CALLED : whyNotNow(stored, order, readRules(local, 'main').rules.formula);
    return why === null
      ? lineOf(row, {}, { outcome: 'send', problem: null })
      : lineOf(row, {}, { outcome: 'conflict', problem: { code: 'CANCELLATION_STALE', message: why } });
  }

  return {
    dryRunCompare({ id, shape, body, nowMs }) {
      const row = entry(id);
      if (row.cancellation !== null) return cancellationLine(row, shape, body, nowMs);
      const values = readInto(cache, { row, shape, body }, (order) => storeOrder(order, nowMs));
      return lineOf(row, values, { problem: null });
    },
    dryRunUnread: ({ id, outcome, problem }) => lineOf(entry(id), null, { outcome, problem }),
  };
}

const UNREADABLE = 'The order cannot be read as a whole by its number, so nobody can say what its lines are now.';
const CALLED = 'The call went out once and may have been carried out; it is not sent again.';

function outcomeOf(verdicts: readonly FieldVerdict[]): DryRunLine['outcome'] {
  if (verdicts.includes('conflict')) return 'conflict';
  return verdicts.includes('send') ? 'send' : 'done';
}
