import type { AuthoredFiles } from '../audit/journal.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import type { CorrectionWrites } from '../database/corrections-write.ts';
import type { SqliteFile } from '../database/open.ts';
import { selectionCondition } from '../database/order-filter.ts';
import { createCorrecting } from '../reconcile/queue/service.ts';
import { createOutbox } from './outbox.ts';
import { preparePaste } from './paste/paste.ts';
import type { CorrectionReader, CorrectionWriter } from './service.ts';
import { prepareStatementOrders } from './statement-orders.ts';
import { prepareWarnings } from './warnings.ts';

/** The writer's part of proposing: each call is one transaction in `local.db` and one entry of the journal. */
export function createProposalWriter(
  files: AuthoredFiles,
  reads: CorrectionReads,
  writes: CorrectionWrites,
): Pick<CorrectionWriter, 'addCorrection' | 'markSent' | 'markSentOfStatement' | 'addPaste' | 'withdrawCorrections'> {
  const { cache, local } = files;
  const outbox = createOutbox(files, reads, writes);
  const correcting = createCorrecting(files);
  const readPaste = preparePaste(local, 'main');
  const warned = prepareWarnings(local, { cache: 'cache', local: 'main' });
  const ordersOf = prepareStatementOrders(local);

  function markAll(orders: readonly number[], moment: { nowMs: number; timeZone: string }) {
    return correcting(moment.nowMs, () => {
      const result = outbox.markSent(orders, moment);
      return { result, ids: result.ids };
    });
  }

  return {
    addCorrection: ({ correction, ...moment }) =>
      correcting(moment.nowMs, () => {
        const [row] = warned([outbox.add(correction, moment)], moment);
        if (row === undefined) throw new Error('no correction');
        return { result: row, ids: [row.id] };
      }),
    markSent({ filter, selection, ...moment }) {
      const condition = selectionCondition(filter, selection, moment.timeZone);
      const ids = cache
        .prepare<unknown[], number>(`SELECT o.id FROM orders o WHERE ${condition.sql} ORDER BY o.id`)
        .pluck()
        .all(...condition.values);
      return markAll(ids, moment);
    },
    markSentOfStatement: ({ statement, ...moment }) => markAll(ordersOf(statement), moment),
    addPaste: ({ text, ...moment }) =>
      correcting(moment.nowMs, () => {
        const { rows, proposals } = readPaste(text, moment);
        const ids = outbox.queue(proposals, moment);
        return { result: { queued: ids.length, refused: rows.filter(({ problem }) => problem !== null) }, ids };
      }),
    withdrawCorrections: ({ ids, nowMs }) => local.transaction(() => outbox.withdraw(ids, nowMs)).immediate(),
  };
}

/** The reader's part of proposing; `file` is `cache.db`, read-only, with `local.db` attached as `local`. */
export function createProposalReader(file: SqliteFile): Pick<CorrectionReader, 'previewPaste'> {
  const readPaste = preparePaste(file, 'local');
  return {
    previewPaste({ text, ...moment }) {
      const { rows, ignored } = readPaste(text, moment);
      const good = rows.filter(({ problem }) => problem === null).length;
      return { rows, good, bad: rows.length - good, ignored };
    },
  };
}
