import type { BatchRow, BatchState } from '../../../shared/batches.ts';
import { type CorrectionState, correctionField, correctionState } from '../../../shared/corrections.ts';
import { formatAmount } from '../../../shared/money.ts';
import { isReversible } from '../../../shared/reversibility.ts';
import { readFieldValue } from '../../database/corrections-read.ts';
import { exactSum, sumSql } from '../../database/exact-sum.ts';
import type { SqliteFile } from '../../database/open.ts';
import { readControl } from '../../users/control.ts';
import { numberOf, type Place, type RawBatch, readBatch } from './batch-store.ts';

export interface BatchReads {
  /** Newest first; an empty list of states means every state. */
  list(states: readonly BatchState[], window: { offset: number; limit: number }): { total: number; rows: BatchRow[] };
  /** @throws AppError BATCH_UNKNOWN */
  one(id: number): BatchRow;
  rows(batches: readonly RawBatch[]): BatchRow[];
}

/**
 * Batches as they are shown. `place` is where `file` has `local.db`; the orders come from `cache.db`, which a writer has
 * attached to it and a reader has as its own file.
 */
export function prepareBatchReads(file: SqliteFile, place: Place): BatchReads {
  const orders = place === 'main' ? 'cache.orders' : 'main.orders';
  const given = '(SELECT value FROM json_each(?))';
  const states = file.prepare<[string], { batch_id: number; state: string; n: number }>(
    `SELECT batch_id, state, count(*) AS n FROM ${place}.corrections WHERE batch_id IN ${given} GROUP BY batch_id, state`,
  );
  const totals = file.prepare<[string], { batch_id: number; currency: string; orders: number; amount: string | null }>(
    `SELECT c.batch_id, o.currency, count(*) AS orders, ${sumSql('o.amount')} AS amount
     FROM (SELECT DISTINCT batch_id, order_id FROM ${place}.corrections
           WHERE batch_id IN ${given} AND state <> 'withdrawn') c
     JOIN ${orders} o ON o.id = c.order_id GROUP BY c.batch_id, o.currency ORDER BY c.batch_id, count(*) DESC, o.currency`,
  );
  const cancellations = file.prepare<[string], { batch_id: number; id: number }>(
    `SELECT batch_id, id FROM ${place}.corrections
     WHERE batch_id IN ${given} AND state <> 'withdrawn' AND kind = 'cancellation'`,
  );
  const fields = file.prepare<[string], { batch_id: number; id: number; field: string; base: string; target: string }>(
    `SELECT c.batch_id, c.id, f.field, f.base, f.target FROM ${place}.corrections c
     JOIN ${place}.correction_fields f ON f.correction_id = c.id
     WHERE c.batch_id IN ${given} AND c.state <> 'withdrawn'`,
  );
  const numbers = file.prepare<[string], { id: number; year: number; seq: number }>(
    `SELECT id, year, seq FROM ${place}.batches WHERE id IN ${given}`,
  );
  const reversals = file.prepare<[string], { reverses: number; year: number; seq: number }>(
    `SELECT b.reverses, b.year, b.seq FROM ${place}.batches b WHERE b.reverses IN ${given} AND b.state <> 'discarded'
       AND EXISTS (SELECT 1 FROM ${place}.corrections c WHERE c.batch_id = b.id AND c.state <> 'withdrawn') ORDER BY b.id`,
  );
  const inStates = `(? = '[]' OR state IN ${given})`;
  const page = file.prepare<[string, string, number, number], RawBatch>(
    `SELECT * FROM ${place}.batches WHERE ${inStates} ORDER BY id DESC LIMIT ? OFFSET ?`,
  );
  const count = file
    .prepare<[string, string], number>(`SELECT count(*) FROM ${place}.batches WHERE ${inStates}`)
    .pluck();

  /** Corrections that cannot be taken back, per batch: a cancellation, or one with a field that is one-way. */
  function oneWay(ids: string): Map<number, Set<number>> {
    const control = readControl(file, place).rules;
    const found = new Map<number, Set<number>>();
    const add = (batch: number, id: number): void => void found.set(batch, (found.get(batch) ?? new Set()).add(id));
    for (const { batch_id, id } of cancellations.iterate(ids)) add(batch_id, id);
    for (const { batch_id, id, field, base, target } of fields.iterate(ids)) {
      const change = {
        field: correctionField.parse(field),
        base: readFieldValue(base),
        target: readFieldValue(target),
      };
      if (!isReversible(change, control)) add(batch_id, id);
    }
    return found;
  }

  function statesOf(ids: string): Map<number, BatchRow['states']> {
    const found = new Map<number, Partial<Record<CorrectionState, number>>>();
    for (const { batch_id, state, n } of states.all(ids)) {
      const counts = found.get(batch_id) ?? {};
      counts[correctionState.parse(state)] = n;
      found.set(batch_id, counts);
    }
    return found;
  }

  function totalsOf(ids: string): Map<number, BatchRow['totals']> {
    const found = new Map<number, BatchRow['totals']>();
    for (const { batch_id, currency, orders: n, amount } of totals.all(ids)) {
      const list = found.get(batch_id) ?? [];
      list.push({ currency, orders: n, amount: formatAmount(exactSum(amount) ?? 0n, currency) });
      found.set(batch_id, list);
    }
    return found;
  }

  function rows(batches: readonly RawBatch[]): BatchRow[] {
    const ids = JSON.stringify(batches.map(({ id }) => id));
    const reversed = JSON.stringify(batches.flatMap(({ reverses }) => reverses ?? []));
    const numberById = new Map(numbers.all(reversed).map((each) => [each.id, numberOf(each)]));
    const reversedBy = new Map(reversals.all(ids).map((each) => [each.reverses, numberOf(each)]));
    const parts = { states: statesOf(ids), totals: totalsOf(ids), oneWay: oneWay(ids) };
    return batches.map((batch) => {
      const counts = parts.states.get(batch.id) ?? {};
      return {
        id: batch.id,
        number: numberOf(batch),
        state: batch.state,
        kind: batch.kind,
        reverses: batch.reverses === null ? null : (numberById.get(batch.reverses) ?? null),
        reversedBy: reversedBy.get(batch.id) ?? null,
        maker: batch.maker,
        approver: batch.approver,
        reason: batch.reason,
        createdAt: new Date(batch.created_ms).toISOString(),
        submittedAt: instant(batch.submitted_ms),
        approvedAt: instant(batch.approved_ms),
        pushedAt: instant(batch.pushed_ms),
        finishedAt: instant(batch.finished_ms),
        count: Object.entries(counts).reduce((sum, [state, n]) => (state === 'withdrawn' ? sum : sum + n), 0),
        states: counts,
        totals: parts.totals.get(batch.id) ?? [],
        oneWay: parts.oneWay.get(batch.id)?.size ?? 0,
      };
    });
  }

  return {
    list(wanted, { offset, limit }) {
      const list = JSON.stringify(wanted);
      return { total: count.get(list, list) ?? 0, rows: rows(page.all(list, list, limit, offset)) };
    },
    one(id) {
      const [row] = rows([readBatch(file, place, id)]);
      if (row === undefined) throw new Error('a batch that was read has a row');
      return row;
    },
    rows,
  };
}

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
