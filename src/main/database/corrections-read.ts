import {
  type CorrectionRow,
  type CorrectionState,
  correctionField,
  correctionState,
  type FieldValue,
  fieldValue,
} from '../../shared/corrections.ts';
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
}

interface RawField {
  correction_id: number;
  field: string;
  base: string;
  target: string;
  server: string | null;
}

export interface CorrectionReads {
  /** Newest first; an empty list of states means every state. */
  list(
    states: readonly CorrectionState[],
    window: { offset: number; limit: number },
  ): { total: number; rows: CorrectionRow[] };
  ofOrder(orderId: number): CorrectionRow[];
  /** The given ones, in the order of their ids. */
  byIds(ids: readonly number[]): CorrectionRow[];
  counts(): Partial<Record<CorrectionState, number>>;
}

const COLUMNS = 'id, order_id, order_number, line_id, state, created_ms, updated_ms, problem_code, problem_message';

/** Reads a stored field value; the column holds JSON. */
export function readFieldValue(json: string): FieldValue {
  return fieldValue.parse(JSON.parse(json));
}

/** `schema` is `local` on a reader, where local.db is attached, and `main` on the writer's own file. */
export function prepareCorrectionReads(file: SqliteFile, schema: 'local' | 'main'): CorrectionReads {
  const table = `${schema}.corrections`;
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
    }));
  }

  const inStates = `(? = '[]' OR state IN (SELECT value FROM json_each(?)))`;
  const page = file.prepare<unknown[], RawCorrection>(
    `SELECT ${COLUMNS} FROM ${table} WHERE ${inStates} ORDER BY id DESC LIMIT ? OFFSET ?`,
  );
  const count = file.prepare<[string, string], number>(`SELECT count(*) FROM ${table} WHERE ${inStates}`).pluck();
  const ofOrder = file.prepare<[number], RawCorrection>(
    `SELECT ${COLUMNS} FROM ${table} WHERE order_id = ? ORDER BY id DESC`,
  );
  const byIds = file.prepare<[string], RawCorrection>(
    `SELECT ${COLUMNS} FROM ${table} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  );
  const counts = file.prepare<[], { state: string; n: number }>(
    `SELECT state, count(*) AS n FROM ${table} GROUP BY state`,
  );

  return {
    list(states, { offset, limit }) {
      const list = JSON.stringify(states);
      return { total: count.get(list, list) ?? 0, rows: complete(page.all(list, list, limit, offset)) };
    },
    ofOrder: (orderId) => complete(ofOrder.all(orderId)),
    byIds: (ids) => complete(byIds.all(JSON.stringify(ids))),
    counts() {
      const found: Partial<Record<CorrectionState, number>> = {};
      for (const row of counts.all()) found[correctionState.parse(row.state)] = row.n;
      return found;
    },
  };
}
