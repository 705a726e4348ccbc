import type { CorrectionField, CorrectionState, FieldValue } from '../../shared/corrections.ts';
import type { SqliteFile } from './open.ts';

/** A correction to be queued. */
export interface NewEntry {
  orderId: number;
  orderNumber: string;
  lineId: number | null;
  fields: { field: CorrectionField; base: FieldValue; target: FieldValue }[];
}

export interface CorrectionWrites {
  insert(entry: NewEntry, nowMs: number): number;
  setState(id: number, state: CorrectionState, nowMs: number, problem?: { code: string; message: string } | null): void;
  /** Records what Omnitron said, per field; undefined leaves the field as it was. */
  setServer(id: number, values: Partial<Record<CorrectionField, FieldValue>>): void;
  /** The server's last values become the base. */
  rebase(id: number): void;
  receipt(
    id: number,
    step: 'read' | 'write' | 'read-back',
    httpStatus: number | null,
    reading: object | null,
    nowMs: number,
  ): void;
  /** Ids of corrections of the same order or line that are in one of these states, oldest first. */
  idsOf(target: { orderId: number; lineId: number | null }, states: readonly CorrectionState[]): number[];
  /** Order ids among `orderIds` that have a correction of the order itself in one of these states. */
  ordersWith(orderIds: readonly number[], states: readonly CorrectionState[]): Set<number>;
}

/** Prepares the outbox's writes on `local.db`. Callers hold the transaction. */
export function prepareCorrectionWrites(local: SqliteFile): CorrectionWrites {
  const insert = local.prepare(
    `INSERT INTO corrections (order_id, order_number, line_id, state, created_ms, updated_ms) VALUES (?, ?, ?, 'queued', ?, ?)`,
  );
  const insertField = local.prepare(
    'INSERT INTO correction_fields (correction_id, field, base, target) VALUES (?, ?, ?, ?)',
  );
  const setState = local.prepare(
    'UPDATE corrections SET state = ?, updated_ms = ?, problem_code = ?, problem_message = ? WHERE id = ?',
  );
  const setServer = local.prepare('UPDATE correction_fields SET server = ? WHERE correction_id = ? AND field = ?');
  const rebase = local.prepare(
    'UPDATE correction_fields SET base = server WHERE correction_id = ? AND server IS NOT NULL',
  );
  const receipt = local.prepare(
    'INSERT INTO receipts (correction_id, at_ms, step, http_status, reading) VALUES (?, ?, ?, ?, ?)',
  );
  const idsOf = local
    .prepare<unknown[], number>(
      `SELECT id FROM corrections WHERE order_id = ? AND line_id IS ? AND state IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .pluck();
  const ordersWith = local
    .prepare<unknown[], number>(
      `SELECT DISTINCT order_id FROM corrections WHERE line_id IS NULL
       AND order_id IN (SELECT value FROM json_each(?)) AND state IN (SELECT value FROM json_each(?))`,
    )
    .pluck();

  return {
    insert(entry, nowMs) {
      const id = Number(insert.run(entry.orderId, entry.orderNumber, entry.lineId, nowMs, nowMs).lastInsertRowid);
      for (const { field, base, target } of entry.fields) {
        insertField.run(id, field, JSON.stringify(base), JSON.stringify(target));
      }
      return id;
    },
    setState(id, state, nowMs, problem = null) {
      setState.run(state, nowMs, problem?.code ?? null, problem?.message ?? null, id);
    },
    setServer(id, values) {
      for (const [field, value] of Object.entries(values)) {
        if (value !== undefined) setServer.run(JSON.stringify(value), id, field);
      }
    },
    rebase: (id) => {
      rebase.run(id);
    },
    receipt(id, step, httpStatus, reading, nowMs) {
      receipt.run(id, nowMs, step, httpStatus, reading === null ? null : JSON.stringify(reading));
    },
    idsOf: ({ orderId, lineId }, states) => idsOf.all(orderId, lineId, JSON.stringify(states)),
    ordersWith: (orderIds, states) => new Set(ordersWith.all(JSON.stringify(orderIds), JSON.stringify(states))),
  };
}
