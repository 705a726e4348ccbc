import type { BatchRow, BatchState } from '../../../shared/batches.ts';
import { batchNumberOf } from '../../../shared/batches.ts';
import { PUSHABLE_STATES } from '../../../shared/corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import type { SqliteFile } from '../../database/open.ts';

/** A batch as its table keeps it. */
export interface RawBatch {
  id: number;
  year: number;
  seq: number;
  state: BatchState;
  kind: BatchRow['kind'];
  reverses: number | null;
  maker: string;
  maker_profile: string | null;
  submitter_profile: string | null;
  reason: string;
  created_ms: number;
  submitted_ms: number | null;
  approved_ms: number | null;
  approver: string | null;
  approver_profile: string | null;
  /** The approval that its approver signed, as the text of an approval file; null = nobody had to sign. */
  approval: string | null;
  pushed_ms: number | null;
  finished_ms: number | null;
  content_hash: string | null;
  /** JSON list of the corrections that `content_hash` covers. */
  content_ids: string | null;
}

/** What of a batch changes on its way. */
type Changing = Omit<RawBatch, 'id' | 'year' | 'seq' | 'kind' | 'reverses' | 'maker' | 'maker_profile' | 'created_ms'>;

/** Under which name a connection has `local.db`: its own main file (writer), or attached (reader). */
export type Place = 'main' | 'local';

/** The number of a batch, as it is printed. */
export function numberOf({ year, seq }: Pick<RawBatch, 'year' | 'seq'>): string {
  return batchNumberOf(year, seq);
}

/** @throws AppError BATCH_UNKNOWN */
export function readBatch(file: SqliteFile, place: Place, id: number): RawBatch {
  const batch = file.prepare<[number], RawBatch>(`SELECT * FROM ${place}.batches WHERE id = ?`).get(id);
  if (batch === undefined) throw new AppError('BATCH_UNKNOWN', `Batch ${id} does not exist. List the batches again.`);
  return batch;
}

/** The id of the batch with this number, like `2026-0007`. @throws AppError BATCH_UNKNOWN */
export function idOfNumber(file: SqliteFile, place: Place, number: string): number {
  const [, year, seq] = /^(\d{4})-(\d{4,9})$/.exec(number) ?? [];
  const id =
    year === undefined
      ? undefined
      : file
          .prepare<[number, number], number>(`SELECT id FROM ${place}.batches WHERE year = ? AND seq = ?`)
          .pluck()
          .get(Number(year), Number(seq));
  if (id === undefined) {
    throw new AppError(
      'BATCH_UNKNOWN',
      `There is no batch ${number.slice(0, 40)}. List the batches for their numbers.`,
    );
  }
  return id;
}

/** Batches in these states, oldest first. */
export function batchesIn(local: SqliteFile, states: readonly BatchState[]): RawBatch[] {
  return local
    .prepare<[string], RawBatch>(
      'SELECT * FROM main.batches WHERE state IN (SELECT value FROM json_each(?)) ORDER BY id',
    )
    .all(JSON.stringify(states));
}

/** Writes what changed of a batch. The caller holds the transaction. */
export function changeBatch(local: SqliteFile, id: number, changes: Partial<Changing>): void {
  const names = Object.keys(changes);
  local
    .prepare(`UPDATE main.batches SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`)
    .run(...Object.values(changes), id);
}

/** The corrections of a batch that a push would take up, by id. */
export function pushableIds(local: SqliteFile, batch: number): number[] {
  return local
    .prepare<[number, string], number>(
      'SELECT id FROM main.corrections WHERE batch_id = ? AND state IN (SELECT value FROM json_each(?)) ORDER BY id',
    )
    .pluck()
    .all(batch, JSON.stringify(PUSHABLE_STATES));
}
