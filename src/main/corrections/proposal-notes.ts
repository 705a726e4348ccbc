import { batchNumberOf } from '../../shared/batches.ts';
import type { JsonValue } from '../../shared/canonical-json.ts';
import { EXTRA_FIELD } from '../../shared/corrections.ts';
import { type AuthoredFiles, appendJournal } from '../audit/journal.ts';
import type { NewEntry } from '../database/corrections-write.ts';
import type { JudgedProposal } from './judge.ts';

/** So many corrections are written down one by one in an entry of the journal. */
const MOST_DETAILED = 500;
/** So many ids are listed. */
const MOST_IDS = 10_000;

/** Records what was proposed in one call, as one entry; nothing = none. Within the transaction of the proposals. */
export function noteProposals(
  { local, author }: AuthoredFiles,
  batchId: number,
  made: readonly { id: number; proposal: JudgedProposal }[],
  nowMs: number,
): void {
  if (made.length === 0) return;
  const replaced = made.flatMap(({ proposal }) => proposal.older.map(({ id }) => id));
  const ids = made.map(({ id }) => id);
  appendJournal(local, {
    ...author,
    atMs: nowMs,
    action: 'correction.propose',
    subject: subjectOf(ids),
    before: replaced.length === 0 ? null : { replaced: listOf(replaced) },
    after: { batch: numberOf(local, batchId), ...listOf(ids), ...whatOf(made) },
    reason: null,
    undoes: null,
  });
}

/** Records what was taken back in one call, as one entry; nothing = none. Within the transaction of the withdrawal. */
export function noteWithdrawal({ local, author }: AuthoredFiles, ids: readonly number[], nowMs: number): void {
  if (ids.length === 0) return;
  appendJournal(local, {
    ...author,
    atMs: nowMs,
    action: 'correction.withdraw',
    subject: subjectOf(ids),
    before: null,
    after: listOf(ids),
    reason: null,
    undoes: null,
  });
}

/** What an entry about these corrections is about. */
export function subjectOf(ids: readonly number[]): string {
  const [first] = ids;
  return ids.length === 1 && first !== undefined ? `correction ${first}` : `${ids.length} corrections`;
}

/** The ids, or where there are too many of them how many and the first and the last. */
export function listOf(ids: readonly number[]): { count: number } & Record<string, JsonValue> {
  const sorted = [...ids].sort((a, b) => a - b);
  const count = sorted.length;
  return count <= MOST_IDS ? { count, ids: sorted } : { count, first: sorted[0] ?? 0, last: sorted.at(-1) ?? 0 };
}

/** What each sets, where they are few; otherwise which fields are set how often. */
function whatOf(made: readonly { id: number; proposal: JudgedProposal }[]): Record<string, JsonValue> {
  if (made.length <= MOST_DETAILED) {
    return {
      corrections: made.map(({ id, proposal: { target, fields } }) => ({
        id,
        order: target.orderId,
        line: target.lineId,
        set: Object.fromEntries(fields.map((field) => [field.field, noted(field)])),
      })),
    };
  }
  const counts = new Map<string, number>();
  for (const { proposal } of made) {
    for (const { field } of proposal.fields) counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  return { fields: Object.fromEntries(counts) };
}

/**
 * From what to what a field is set. Of a link only its host is written down, because whoever has it can open the
 * invoice; of an `extra_field` only that it is set, because anything may stand in it.
 */
export function noted({ field, base, target }: NewEntry['fields'][number]): JsonValue {
  if (field.startsWith(EXTRA_FIELD)) return 'set';
  return field === 'e_archive_url' ? { from: hostOf(base), to: hostOf(target) } : { from: base, to: target };
}

function hostOf(value: JsonValue): string | null {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value).host : null;
}

function numberOf(local: AuthoredFiles['local'], batchId: number): string | null {
  const batch = local
    .prepare<[number], { year: number; seq: number }>('SELECT year, seq FROM main.batches WHERE id = ?')
    .get(batchId);
  return batch === undefined ? null : batchNumberOf(batch.year, batch.seq);
}
