import { AppError } from '../../../shared/errors.ts';
import type { MatchChange } from '../../../shared/matches.ts';
import type { AuthoredFiles } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import { act, regroup, unknown } from './decision-act.ts';
import { ROWS_IN_FORCE } from './run-tables.ts';
import type { MatchAct } from './service.ts';

/** Most pairs that a person matches at once. */
const MOST_BY_HAND = 10_000;

/** See `MatchWriter.matchAccept`. */
export function acceptMatches(
  files: AuthoredFiles,
  { rowIds, orderId, ...given }: { rowIds: number[]; orderId: number | null } & MatchAct,
): MatchChange {
  const { local } = files;
  return act(files, { ...given, action: 'match.accept' }, rowIds, () => {
    const open = local.prepare<[number], { state: string; order_id: number }>(
      `SELECT state, order_id FROM main.matches WHERE row_id = ? AND state <> 'confirmed'`,
    );
    for (const row of rowIds) {
      const pairs = open.all(row);
      if (pairs.length === 0 || (orderId !== null && !pairs.some(({ order_id }) => order_id === orderId)))
        throw unknown();
      if (orderId === null && pairs.some(({ state }) => state === 'ambiguous')) {
        throw new AppError('MATCH_STATE', 'Several orders fit this row equally well. Say which one it belongs to.');
      }
    }
    const confirm = `UPDATE main.matches SET state = 'confirmed', by_person = 1`;
    if (orderId === null) {
      local.exec(`${confirm} WHERE row_id IN (SELECT row_id FROM temp.chosen) AND state = 'suggested'`);
      return;
    }
    for (const row of rowIds) {
      local.prepare(`DELETE FROM main.matches WHERE row_id = ? AND order_id <> ?`).run(row, orderId);
      local.prepare(`${confirm} WHERE row_id = ? AND order_id = ?`).run(row, orderId);
    }
    regroup(local, rowIds, true);
  });
}

/** See `MatchWriter.matchReject`. */
export function rejectMatches(
  files: AuthoredFiles,
  { rowIds, orderId, ...given }: { rowIds: number[]; orderId: number | null } & MatchAct,
): MatchChange {
  const { local } = files;
  return act(files, { ...given, action: 'match.reject' }, rowIds, () => {
    // One order is rejected for the named rows only; without one, whole groups are.
    const which =
      orderId === null ? 'row_id IN (SELECT row_id FROM temp.chosen)' : 'row_id = :row AND order_id = :order';
    const reject = local.prepare(
      `INSERT OR IGNORE INTO main.match_rejections SELECT row_id, order_id FROM main.matches WHERE ${which}`,
    );
    const remove = local.prepare(`DELETE FROM main.matches WHERE ${which}`);
    for (const values of orderId === null ? [{}] : rowIds.map((row) => ({ row, order: orderId }))) {
      if (reject.run(values).changes === 0) throw unknown();
      remove.run(values);
    }
    if (orderId !== null) regroup(local, rowIds);
  });
}

/** See `MatchWriter.matchByHand`. */
export function matchByHand(
  files: AuthoredFiles,
  { rowIds, orderIds, ...given }: { rowIds: number[]; orderIds: number[] } & MatchAct,
): MatchChange {
  const { local } = files;
  const rows = [...new Set(rowIds)];
  const orders = [...new Set(orderIds)];
  if (rows.length === 0 || orders.length === 0 || rows.length * orders.length > MOST_BY_HAND) {
    throw new AppError('VALUE_INVALID', `Choose rows and orders that make at most ${MOST_BY_HAND} pairs.`);
  }
  return act(files, { ...given, action: 'match.hand' }, rows, () => {
    assertMatchable(local, rows, orders);
    const first = Math.min(...rows);
    const remove = local.prepare('DELETE FROM main.matches WHERE row_id = ?');
    const allow = local.prepare('DELETE FROM main.match_rejections WHERE row_id = ? AND order_id = ?');
    const insert = local.prepare(
      `INSERT INTO main.matches (row_id, order_id, group_id, run_id, rule, state, by_person) VALUES (?, ?, ?, NULL, 'hand', 'confirmed', 1)`,
    );
    for (const row of rows) {
      remove.run(row);
      for (const order of orders) {
        allow.run(row, order);
        insert.run(row, order, first);
      }
    }
    regroup(local, rows, true);
  });
}

function assertMatchable(local: SqliteFile, rows: readonly number[], orders: readonly number[]): void {
  const kindOf = local.prepare<[number], string>(`SELECT s.kind FROM ${ROWS_IN_FORCE} WHERE r.id = ?`).pluck();
  const confirmed = local
    .prepare(`SELECT EXISTS (SELECT 1 FROM main.matches WHERE row_id = ? AND state = 'confirmed')`)
    .pluck();
  const kinds = new Set<string>();
  for (const row of rows) {
    const kind = kindOf.get(row);
    if (kind === undefined) throw unknown();
    kinds.add(kind);
    if (confirmed.get(row) === 1) {
      throw new AppError('MATCH_STATE', `Row ${row} is matched already. Undo that match first.`);
    }
  }
  if (kinds.size > 1) throw new AppError('VALUE_INVALID', 'Choose rows of one kind of statement.');
  const known = local.prepare('SELECT EXISTS (SELECT 1 FROM cache.orders WHERE id = ?)').pluck();
  for (const order of orders) {
    if (known.get(order) !== 1) throw new AppError('ORDER_UNKNOWN', `There is no order with the id ${order} here.`);
  }
}
