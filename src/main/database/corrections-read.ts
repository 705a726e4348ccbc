import { batchNumberOf } from '../../shared/batches.ts';
import { cancellationCall } from '../../shared/cancellations.ts';
import {
  type CorrectionRow,
  type CorrectionState,
  correctionField,
  correctionState,
  type FieldValue,
  fieldValue,
  type ReceiptStep,
  receiptStep,
} from '../../shared/corrections.ts';
import { formatAmount } from '../../shared/money.ts';
import type { SqliteFile } from './open.ts';

interface RawCorrection {
  id: number;
  order_id: number;
  order_number: string;
  line_id: number | null;
  state: string;
  created_ms: number;
  updated_ms: number;
  problem_code: string | null;
  problem_message: string | null;
  batch_id: number | null;
  batch_year: number | null;
  batch_seq: number | null;
  maker: string;
  reverses: number | null;
  successor: number | null;
  call_body: string | null;
  call_amount: string | null;
  call_currency: string | null;
}

interface RawField {
  correction_id: number;
  field: string;
  base: string;
  target: string;
  server: string | null;
}

interface RawReceipt {
  at_ms: number;
  step: string;
  http_status: number | null;
  reading: string | null;
  sent: string | null;
}

export interface CorrectionReads {
  /** Newest first; an empty list of states means every state, no batch means those of all. */
  list(
    wanted: { states: readonly CorrectionState[]; batch: number | null },
    window: { offset: number; limit: number },
  ): { total: number; rows: CorrectionRow[] };
  ofOrder(orderId: number): CorrectionRow[];
  /** The given ones, in the order of their ids. */
  byIds(ids: readonly number[]): CorrectionRow[];
  /** Ids of a batch's corrections in one of these states, oldest first. */
  idsOfBatch(batch: number, states: readonly CorrectionState[]): number[];
  counts(): Partial<Record<CorrectionState, number>>;
  /** What was asked and sent for a correction, in its order: the newest, where there is a great deal. */
  receipts(id: number): ReceiptStep[];
}

const COLUMNS = `c.id, c.order_id, c.order_number, c.line_id, c.state, c.created_ms, c.updated_ms, c.problem_code,
  c.problem_message, c.batch_id, b.year AS batch_year, b.seq AS batch_seq, c.maker, c.reverses, c.successor,
  k.body AS call_body, CAST(k.amount AS TEXT) AS call_amount, k.currency AS call_currency`;

/** As many steps as are shown of one correction. */
const MOST_RECEIPTS = 200;

const WANTED = `(@states = '[]' OR c.state IN (SELECT value FROM json_each(@states)))
  AND (@batch IS NULL OR c.batch_id = @batch)`;

/** Reads a stored field value; the column holds JSON. */
export function readFieldValue(json: string): FieldValue {
  return fieldValue.parse(JSON.parse(json));
}

/** `schema` is `local` on a reader, where local.db is attached, and `main` on the writer's own file. */
export function prepareCorrectionReads(file: SqliteFile, schema: 'local' | 'main'): CorrectionReads {
  const table = `${schema}.corrections c`;
  const complemented = `${table} LEFT JOIN ${schema}.batches b ON b.id = c.batch_id
    LEFT JOIN ${schema}.cancellations k ON k.correction_id = c.id`;
  const fieldsOf = file.prepare<[string], RawField>(
    `SELECT correction_id, field, base, target, server FROM ${schema}.correction_fields
     WHERE correction_id IN (SELECT value FROM json_each(?)) ORDER BY correction_id, field`,
  );

  function complete(raws: readonly RawCorrection[]): CorrectionRow[] {
    const fields = new Map<number, CorrectionRow['fields']>();
    for (const raw of fieldsOf.all(JSON.stringify(raws.map((row) => row.id)))) {
      const list = fields.get(raw.correction_id) ?? [];
      list.push({
        field: correctionField.parse(raw.field),
        base: readFieldValue(raw.base),
        target: readFieldValue(raw.target),
        ...(raw.server === null ? {} : { server: readFieldValue(raw.server) }),
      });
      fields.set(raw.correction_id, list);
    }
    return raws.map((raw) => ({
      id: raw.id,
      state: correctionState.parse(raw.state),
      order: { id: raw.order_id, number: raw.order_number },
      lineId: raw.line_id,
      fields: fields.get(raw.id) ?? [],
      createdAt: new Date(raw.created_ms).toISOString(),
      updatedAt: new Date(raw.updated_ms).toISOString(),
      problem:
        raw.problem_code === null ? null : { code: raw.problem_code, message: raw.problem_message ?? raw.problem_code },
      batch: batchOf(raw),
      maker: raw.maker,
      reverses: raw.reverses,
      successor: raw.successor,
      cancellation: cancellationOf(raw),
    }));
  }

  const page = file.prepare<unknown[], RawCorrection>(
    `SELECT ${COLUMNS} FROM ${complemented} WHERE ${WANTED} ORDER BY c.id DESC LIMIT @limit OFFSET @offset`,
  );
  const count = file.prepare<unknown[], number>(`SELECT count(*) FROM ${table} WHERE ${WANTED}`).pluck();
  const ofOrder = file.prepare<[number], RawCorrection>(
    `SELECT ${COLUMNS} FROM ${complemented} WHERE c.order_id = ? ORDER BY c.id DESC`,
  );
  const byIds = file.prepare<[string], RawCorrection>(
    `SELECT ${COLUMNS} FROM ${complemented} WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id`,
  );
  const idsOfBatch = file
    .prepare<[number, string], number>(
      `SELECT c.id FROM ${table} WHERE c.batch_id = ? AND c.state IN (SELECT value FROM json_each(?)) ORDER BY c.id`,
    )
    .pluck();
  const counts = file.prepare<[], { state: string; n: number }>(
    `SELECT c.state, count(*) AS n FROM ${table} GROUP BY c.state`,
  );
  const receipts = file.prepare<[number], RawReceipt>(
    `SELECT at_ms, step, http_status, reading, sent FROM
       (SELECT * FROM ${schema}.receipts WHERE correction_id = ? ORDER BY id DESC LIMIT ${MOST_RECEIPTS}) ORDER BY id`,
  );

  return {
    list({ states, batch }, window) {
      const wanted = { states: JSON.stringify(states), batch };
      return { total: count.get(wanted) ?? 0, rows: complete(page.all({ ...wanted, ...window })) };
    },
    ofOrder: (orderId) => complete(ofOrder.all(orderId)),
    byIds: (ids) => complete(byIds.all(JSON.stringify(ids))),
    idsOfBatch: (batch, states) => idsOfBatch.all(batch, JSON.stringify(states)),
    counts() {
      const found: Partial<Record<CorrectionState, number>> = {};
      for (const row of counts.all()) found[correctionState.parse(row.state)] = row.n;
      return found;
    },
    receipts: (id) => receipts.all(id).map(toReceipt),
  };
}

function batchOf({ batch_id: id, batch_year: year, batch_seq: seq }: RawCorrection): CorrectionRow['batch'] {
  return id === null || year === null || seq === null ? null : { id, number: batchNumberOf(year, seq) };
}

/** A cancellation's call: the stored body with the amount that the person confirmed. */
function cancellationOf({ call_body, call_amount, call_currency }: RawCorrection): CorrectionRow['cancellation'] {
  if (call_body === null || call_amount === null || call_currency === null) return null;
  const amount = formatAmount(BigInt(call_amount), call_currency);
  return cancellationCall.parse({ ...JSON.parse(call_body), amount, currency: call_currency });
}

function toReceipt({ at_ms, step, http_status, reading, sent }: RawReceipt): ReceiptStep {
  return receiptStep.parse({
    at: new Date(at_ms).toISOString(),
    step,
    httpStatus: http_status,
    reading: reading === null ? null : JSON.parse(reading),
    sent: sent === null ? null : JSON.parse(sent),
  });
}
