import type { CorrectionField, CorrectionState, FieldValue } from '../../shared/corrections.ts';
import type { SqliteFile } from './open.ts';

/** A correction to be queued, in the draft `batchId`. */
export interface NewEntry {
  orderId: number;
  orderNumber: string;
  lineId: number | null;
  fields: { field: CorrectionField; base: FieldValue; target: FieldValue }[];
  batchId: number;
  /** Who proposes it: the person signed in here, otherwise the user of the operating system. */
  maker: string;
  /** The person signed in with a PIN; null = nobody is. */
  profile: string | null;
  /** The correction that it takes back; null = none. */
  reverses: number | null;
  /** A call that starts a cancellation has no fields. */
  kind?: 'fields' | 'cancellation';
}

export interface CorrectionWrites {
  insert(entry: NewEntry, nowMs: number): number;
  setState(id: number, state: CorrectionState, nowMs: number, problem?: { code: string; message: string } | null): void;
  /** Records what Omnitron said, per field; undefined leaves the field as it was. */
  setServer(id: number, values: Partial<Record<CorrectionField, FieldValue>>): void;
  /** Withdraws a correction; `successor` is the one that takes its place, null = none does. */
  replace(id: number, successor: number | null, nowMs: number): void;
  /** Order ids among `orderIds` that have a correction of the order itself in one of these states. */
  ordersWith(orderIds: readonly number[], states: readonly CorrectionState[]): Set<number>;
}

/** Prepares the outbox's writes on `local.db`. Callers hold the transaction. */
export function prepareCorrectionWrites(local: SqliteFile): CorrectionWrites {
  const insert = local.prepare(
    `INSERT INTO main.corrections (order_id, order_number, line_id, state, created_ms, updated_ms, kind, batch_id, maker,
       profile, reverses)
     VALUES (@orderId, @orderNumber, @lineId, 'queued', @nowMs, @nowMs, @kind, @batchId, @maker, @profile, @reverses)`,
  );
  const insertField = local.prepare(
    'INSERT INTO correction_fields (correction_id, field, base, target) VALUES (?, ?, ?, ?)',
  );
  const setState = local.prepare(
    'UPDATE corrections SET state = ?, updated_ms = ?, problem_code = ?, problem_message = ? WHERE id = ?',
  );
  const setSuccessor = local.prepare('UPDATE main.corrections SET successor = ? WHERE id = ?');
  const setServer = local.prepare('UPDATE correction_fields SET server = ? WHERE correction_id = ? AND field = ?');
  const ordersWith = local
    .prepare<unknown[], number>(
      `SELECT DISTINCT order_id FROM corrections WHERE line_id IS NULL AND kind = 'fields'
       AND order_id IN (SELECT value FROM json_each(?)) AND state IN (SELECT value FROM json_each(?))`,
    )
    .pluck();

  return {
    insert(entry, nowMs) {
      const { fields, kind = 'fields', ...row } = entry;
      const id = Number(insert.run({ ...row, kind, nowMs }).lastInsertRowid);
      for (const { field, base, target } of fields) {
        insertField.run(id, field, JSON.stringify(base), JSON.stringify(target));
      }
      return id;
    },
    replace(id, successor, nowMs) {
      setState.run('withdrawn', nowMs, null, null, id);
      if (successor !== null) setSuccessor.run(successor, id);
    },
    setState(id, state, nowMs, problem = null) {
      setState.run(state, nowMs, problem?.code ?? null, problem?.message ?? null, id);
    },
    setServer(id, values) {
      for (const [field, value] of Object.entries(values)) {
        if (value !== undefined) setServer.run(JSON.stringify(value), id, field);
      }
    },
    ordersWith: (orderIds, states) => new Set(ordersWith.all(JSON.stringify(orderIds), JSON.stringify(states))),
  };
}
