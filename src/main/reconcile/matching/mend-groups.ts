import type { SqliteFile } from '../../database/open.ts';
import type { Pair } from './pairs.ts';

/** A pair with what its row carries. */
interface KeyedPair extends Pair {
  invoice_key: string | null;
  transaction_key: string | null;
  batch_key: string | null;
}

/**
 * A pair `m` of another row than the one that its group is named after, whose order that row does not have with the same
 * state: most pairs of a group have it, so that few groups are looked at more closely.
 */
const ASTRAY = `m.group_id <> m.row_id AND NOT EXISTS (SELECT 1 FROM main.matches f
  WHERE f.row_id = m.group_id AND f.order_id = m.order_id AND f.group_id = m.group_id AND f.state = m.state
    AND (f.rule = 'hand') = (m.rule = 'hand'))`;

/**
 * Makes every group one of rows that belong together, with one state, named after its first row; where all are, nothing
 * is written. Groups break where their first row is set aside, put back or undone without the others, or were stored by a
 * version that named them after rows which were not in them. Within the caller's transaction.
 * @param among SQL for the `group_id` of those to look at; null for all
 */
export function mendGroups(local: SqliteFile, among: string | null): void {
  const groups = groupsAstray(local, among);
  if (groups.length === 0) return;
  const of = (
    which: string,
  ): string => `SELECT m.*, r.invoice_key, r.transaction_key, r.batch_key FROM json_each(:groups) g
    CROSS JOIN main.matches m ON m.group_id = g.value AND ${which} CROSS JOIN main.statement_rows r ON r.id = m.row_id`;
  const pairs = local
    .prepare<[{ groups: string }], KeyedPair>(
      `${of('m.row_id = g.value')} UNION ALL ${of('m.group_id <> m.row_id')} ORDER BY row_id, order_id`,
    )
    .all({ groups: JSON.stringify(groups) });
  const rename = local.prepare('UPDATE main.matches SET group_id = ? WHERE row_id = ? AND order_id = ?');
  const touch = local.prepare('INSERT INTO main.touched (kind, subject) VALUES (?, ?)');
  const nameOf = namesOf(pairs);
  for (const { row_id, order_id, group_id } of pairs) {
    const name = nameOf(row_id);
    if (name === group_id) continue;
    rename.run(name, row_id, order_id);
    // What several orders of a group differ by is found per group.
    touch.run('row', row_id);
    touch.run('order', order_id);
  }
}

/** The groups of {@link ASTRAY} pairs, found by the index that only pairs of other rows than the first are in. */
function groupsAstray(local: SqliteFile, among: string | null): number[] {
  const pairs =
    among === null
      ? `main.matches m INDEXED BY matches_group WHERE ${ASTRAY}`
      : `(SELECT DISTINCT group_id FROM (${among})) u CROSS JOIN main.matches m INDEXED BY matches_group ON m.group_id = u.group_id WHERE ${ASTRAY}`;
  return local.prepare<[], number>(`SELECT DISTINCT m.group_id FROM ${pairs}`).pluck().all();
}

/** What makes rows of one group belong together: an order, or the key that several orders share. */
function tiesOf({ group_id, order_id, state, rule, ...keys }: KeyedPair): string[] {
  const within = `${group_id} ${state} ${rule === 'hand'}`;
  const shared = rule === 'invoice' || rule === 'transaction' || rule === 'batch' ? keys[`${rule}_key`] : null;
  return [`${within} order ${order_id}`, ...(shared === null ? [] : [`${within} ${rule} ${shared}`])];
}

/** The first row of those that belong together with a row, through others too. `pairs` are in the order of their rows. */
function namesOf(pairs: readonly KeyedPair[]): (row: number) => number {
  const before = new Map<number, number>();
  const firstOf = (row: number): number => {
    let first = row;
    for (let next = before.get(first); next !== undefined; next = before.get(first)) first = next;
    return first;
  };
  const tied = new Map<string, number>();
  for (const pair of pairs) {
    for (const tie of tiesOf(pair)) {
      const [one, other] = [firstOf(tied.get(tie) ?? pair.row_id), firstOf(pair.row_id)];
      if (one !== other) before.set(Math.max(one, other), Math.min(one, other));
      tied.set(tie, one);
    }
  }
  return firstOf;
}
