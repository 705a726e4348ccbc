import type { BatchRow } from '../../../shared/batches.ts';
import { businessDay } from '../../../shared/period.ts';
import type { AuthoredFiles } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';

/** What a draft is begun for. */
export interface NewDraft {
  nowMs: number;
  /** The business time zone: a batch is numbered in the year in which it begins there. */
  timeZone: string;
  kind?: BatchRow['kind'];
  /** Id of the batch that it takes back. */
  reverses?: number;
}

/**
 * The draft that proposals of the present author go into: the newest one that the author has, else a new one. A reversal
 * is always a batch of its own. A new one gets the next number of its year; numbers have no gaps, because no batch is
 * ever removed. Within the transaction of what is proposed.
 * @returns the batch's id
 */
export function openDraft(
  { local, author }: AuthoredFiles,
  { nowMs, timeZone, kind = 'corrections', reverses }: NewDraft,
): number {
  const maker = author.profile ?? author.who;
  if (kind === 'corrections') {
    const open = local
      .prepare<[string, string | null], number>(
        `SELECT id FROM main.batches WHERE state = 'draft' AND kind = 'corrections' AND maker = ? AND maker_profile IS ?
         ORDER BY id DESC LIMIT 1`,
      )
      .pluck()
      .get(maker, author.profile);
    if (open !== undefined) return open;
  }
  const year = Number(businessDay(nowMs, timeZone).slice(0, 4));
  const { lastInsertRowid } = local
    .prepare(
      `INSERT INTO main.batches (year, seq, state, kind, reverses, maker, maker_profile, created_ms)
       VALUES (?, ?, 'draft', ?, ?, ?, ?, ?)`,
    )
    .run(year, nextSeq(local, year), kind, reverses ?? null, maker, author.profile, nowMs);
  return Number(lastInsertRowid);
}

function nextSeq(local: SqliteFile, year: number): number {
  const last = local.prepare('SELECT ifnull(max(seq), 0) FROM main.batches WHERE year = ?').pluck().get(year);
  return Number(last) + 1;
}
