import type { JsonValue } from '../../../shared/canonical-json.ts';
import type { SqliteFile } from '../../database/open.ts';

/** One row of `matches`: a row of a statement and an order. */
export interface Pair {
  row_id: number;
  order_id: number;
  group_id: number;
  run_id: number | null;
  rule: string;
  state: string;
  by_person: number;
}

type PairTuple = [number, number, number, number | null, string, string, number];

/** Pairs as the journal keeps them. */
export function imageOf(pairs: readonly Pair[]): JsonValue {
  return pairs.map(({ row_id, order_id, group_id, run_id, rule, state, by_person }) => [
    row_id,
    order_id,
    group_id,
    run_id,
    rule,
    state,
    by_person,
  ]);
}

/** Writes pairs as an image has them. */
export function insertImage(local: SqliteFile, image: JsonValue): void {
  const insert = local.prepare(
    `INSERT INTO main.matches (row_id, order_id, group_id, run_id, rule, state, by_person) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const pair of image as readonly PairTuple[]) insert.run(...pair);
}
