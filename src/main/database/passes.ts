import { isSuspiciousLoss, RESUME_WITHIN_MS } from '../../shared/sync.ts';
import type { PageOutcome, PassOutcome, PassState, RowOutcome } from '../engine/services.ts';
import type { BadRow, MappedOrder, ParsedPage } from '../omnitron/mapped-order.ts';
import { prepareHeldCounts } from './held-counts.ts';
import type { SqliteFile } from './open.ts';
import type { OrderChanges } from './order-changes.ts';
import type { OrderStore } from './orders-write.ts';
import { keyInForce } from './quantity-key.ts';
import type { RunStore } from './runs.ts';

/** One page as it came, and where the pass goes on after it. */
export interface PageArgs {
  passId: number;
  page: number;
  /** The page to ask for next; 0 = the walk has reached its end. */
  nextPage: number;
  /** Rows a page that the server serves; null while unknown. */
  pageSize: number | null;
  reading: number;
  nowMs: number;
}

export interface PassStore {
  /** Goes on with an interrupted pass over all orders, or begins one; `anew` always begins one. */
  begin(args: { runId: number; limit: number; direction: 'up' | 'down'; anew?: boolean; nowMs: number }): PassState;
  /** A pass over some orders; it is never resumed and says nothing about orders that it does not meet. */
  beginPart(args: { runId: number | null; limit: number; nowMs: number }): { passId: number };
  /** One transaction: rows, quarantine, progress and the counts of the run together, or nothing. */
  applyPage(args: PageArgs, parsed: ParsedPage): PageOutcome;
  /** One order that was read by itself, in a transaction of its own. */
  applyOrder(
    args: Pick<PageArgs, 'passId' | 'reading' | 'nowMs'>,
    order: MappedOrder,
  ): { id: number; counts: RowOutcome | null };
  finish(args: { passId: number; complete: boolean; remoteCount: number; nowMs: number }): PassOutcome;
  /**
   * Marks orders as vanished that a pass over some orders has proven gone, unless they are suspiciously many or a row
   * without an id may be one of them.
   * @returns how many were marked: all or none
   */
  markGone(args: { passId: number; ids: readonly number[]; nowMs: number }): { vanished: number };
  /** Marks the orders that the newest complete pass left in question as vanished; its run is complete then. */
  acceptVanished(nowMs: number): { vanished: number };
}

interface PassRow {
  id: number;
  direction: 'up' | 'down';
  next_page: number;
  page_size: number | null;
  seen: number;
  count_at_start: number | null;
}

/**
 * SQL for a pass that can be gone on with. One that was broken off while it read the newest orders again cannot: what is
 * new stands below the orders that it has met there, and a later reading that begins with those would stop at them.
 */
export const RESUMABLE = `state = 'running' AND scope = 'all'
  AND NOT (direction = 'down' AND next_page = 0 AND page_size IS NOT NULL)`;

const NOTHING_STORED = { pages: 0, created: 0, updated: 0, unchanged: 0, quarantined: 0 };

/** Prepares the statements of passes, page progress, quarantine and disappearance. */
export function preparePassStore(
  cache: SqliteFile,
  orders: OrderStore,
  changes: OrderChanges,
  { noteStored }: Pick<RunStore, 'noteStored'>,
): PassStore {
  const running = cache.prepare<[number, number, string], PassRow>(
    `SELECT id, direction, next_page, page_size, seen, count_at_start FROM passes
     WHERE ${RESUMABLE} AND page_limit = ? AND started_ms >= ? AND quantity_key = ? ORDER BY id DESC LIMIT 1`,
  );
  const giveUp = cache.prepare(`UPDATE passes SET state = 'incomplete', finished_ms = ? WHERE state = 'running'`);
  const takeOver = cache.prepare('UPDATE passes SET run_id = ? WHERE id = ?');
  const insert = cache.prepare(
    `INSERT INTO passes (state, scope, page_limit, direction, next_page, seen, quarantined, run_id, started_ms, quantity_key)
     VALUES ('running', ?, ?, ?, ?, 0, 0, ?, ?, ?)`,
  );
  const progress = cache.prepare(
    `UPDATE passes SET next_page = ?, page_size = ifnull(?, page_size), seen = seen + ?, quarantined = quarantined + ?,
     remote_count = ?, count_at_start = ifnull(count_at_start, ?) WHERE id = ?`,
  );
  const firstOfRun = cache
    .prepare<[number], number>('SELECT min(id) FROM passes WHERE run_id = (SELECT run_id FROM passes WHERE id = ?)')
    .pluck();
  const quarantined = cache.prepare<[string], number>('SELECT pass_id FROM quarantine WHERE row_key = ?').pluck();
  const metBefore = cache.prepare<[number], number>('SELECT seen_pass FROM orders WHERE id = ?').pluck();
  const quarantine = cache.prepare(
    'INSERT OR REPLACE INTO quarantine (row_key, pass_id, order_id, page, path, code, seen_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const release = cache.prepare('DELETE FROM quarantine WHERE row_key = ?');
  const dropOldQuarantine = cache.prepare('DELETE FROM quarantine WHERE pass_id < ?');
  const end = cache.prepare(
    'UPDATE passes SET state = ?, remote_count = ?, finished_ms = ?, in_question = ? WHERE id = ?',
  );
  const readBy = cache.prepare('UPDATE sync_state SET quantity_key = (SELECT quantity_key FROM passes WHERE id = ?)');
  const pass = cache.prepare<[number], { seen: number; scope: string }>('SELECT seen, scope FROM passes WHERE id = ?');
  const unmet = cache
    .prepare<[number], number>('SELECT id FROM orders WHERE seen_pass < ? AND vanished_ms IS NULL ORDER BY id')
    .pluck();
  const vanish = cache.prepare('UPDATE orders SET vanished_ms = ? WHERE id = ?');
  const questioned = cache
    .prepare<[], number>(
      `SELECT id FROM passes WHERE in_question > 0
       AND id = (SELECT max(id) FROM passes WHERE scope = 'all' AND state = 'complete')`,
    )
    .pluck();
  const answered = cache.prepare('UPDATE passes SET in_question = 0 WHERE id = ?');
  const completed = cache.prepare(
    `UPDATE runs SET state = 'complete', problem_code = NULL, problem = NULL
     WHERE id = (SELECT run_id FROM passes WHERE id = ?) AND state = 'incomplete' AND problem_code = 'VANISHED_IN_QUESTION'`,
  );
  const stillUnmet = cache
    .prepare<[number, number], number>('SELECT id FROM orders WHERE id = ? AND seen_pass < ? AND vanished_ms IS NULL')
    .pluck();
  const held = prepareHeldCounts(cache);
  const countOf = (sql: string, ...values: number[]): number =>
    Number(
      cache
        .prepare(sql)
        .pluck()
        .get(...values) ?? 0,
    );

  /** A bad row's key: its id where it has one, else its place. */
  const keyOf = (bad: BadRow, page: number, index: number): string =>
    bad.id === null ? `page ${page} row ${index}` : `order ${bad.id}`;

  /** @returns the newest pass that met the bad row before. A stored order keeps its last good reading. */
  function putAside(bad: BadRow, { passId, page, nowMs }: PageArgs, index: number): number {
    const key = keyOf(bad, page, index);
    const metBy = Math.max(quarantined.get(key) ?? 0, bad.id === null ? 0 : (metBefore.get(bad.id) ?? 0));
    quarantine.run(key, passId, bad.id, page, bad.path, bad.code, nowMs);
    if (bad.id !== null) orders.markMet(bad.id, passId, nowMs);
    return metBy;
  }

  /** Stores one row, or puts it aside. `metBy` = the newest pass that met it before; 0 = none. */
  function applyRow(
    row: ParsedPage['rows'][number],
    args: PageArgs,
    index: number,
  ): { outcome: RowOutcome; metBy: number } {
    if (!row.ok) return { outcome: 'quarantined', metBy: putAside(row.bad, args, index) };
    const { outcome, metBy } = orders.store(row.order, args);
    if (outcome === 'foreign-line') {
      const bad = { id: row.order.id, path: 'orderitem_set', code: 'line_of_another_order' };
      return { outcome: 'quarantined', metBy: putAside(bad, args, index) };
    }
    const key = `order ${row.order.id}`;
    const badIn = quarantined.get(key) ?? 0;
    if (badIn > 0) release.run(key);
    return { outcome: outcome === 'older' ? 'unchanged' : outcome, metBy: Math.max(metBy, badIn) };
  }

  /** The first pass of the run that a pass belongs to. */
  const runBegan = (passId: number): number => firstOfRun.get(passId) ?? passId;

  /** One order is one count in a run, however often it is met, unless it has changed meanwhile. */
  const countsAs = ({ outcome, metBy }: { outcome: RowOutcome; metBy: number }, began: number): RowOutcome | null =>
    metBy < began || outcome === 'updated' ? outcome : null;

  const applyOrder = cache.transaction<PassStore['applyOrder']>((args, order) => {
    const applied = applyRow({ ok: true, order }, { ...args, page: 0, nextPage: 0, pageSize: null }, 0);
    const counts = countsAs(applied, runBegan(args.passId));
    noteStored(args.passId, counts === null ? NOTHING_STORED : { ...NOTHING_STORED, [counts]: 1 }, args.nowMs);
    return { id: order.id, counts };
  });

  const applyPage = cache.transaction((args: PageArgs, parsed: ParsedPage): PageOutcome => {
    const { passId } = args;
    const outcome: PageOutcome = {
      rows: parsed.rows.length,
      created: 0,
      updated: 0,
      unchanged: 0,
      quarantined: 0,
      firstSeen: 0,
      newToRun: 0,
      ids: idsOf(parsed),
      remoteCount: parsed.count,
      hasNext: parsed.hasNext,
    };
    const began = runBegan(passId);
    let setAside = 0;
    for (const [index, row] of parsed.rows.entries()) {
      const applied = applyRow(row, args, index);
      if (applied.metBy < passId) outcome.firstSeen += 1;
      if (applied.outcome === 'quarantined') setAside += 1;
      if (applied.metBy < began) outcome.newToRun += 1;
      const counts = countsAs(applied, began);
      if (counts !== null) outcome[counts] += 1;
    }
    progress.run(args.nextPage, args.pageSize, outcome.firstSeen, setAside, parsed.count, parsed.count, passId);
    noteStored(passId, { ...outcome, pages: 1 }, args.nowMs);
    return outcome;
  });

  const begin = cache.transaction(
    ({ runId, limit, direction, anew = false, nowMs }: Parameters<PassStore['begin']>[0]): PassState => {
      const quantityKey = keyInForce(cache);
      const found = anew ? undefined : running.get(limit, nowMs - RESUME_WITHIN_MS, quantityKey);
      if (found !== undefined) {
        takeOver.run(runId, found.id);
        return {
          passId: found.id,
          direction: found.direction,
          // Upwards one page of overlap: rows may have moved towards the start while nobody was looking.
          nextPage: found.direction === 'up' ? Math.max(1, found.next_page - 1) : found.next_page,
          pageSize: found.page_size,
          seen: found.seen,
          countAtStart: found.count_at_start,
        };
      }
      giveUp.run(nowMs);
      const first = direction === 'up' ? 1 : 0;
      const passId = Number(insert.run('all', limit, direction, first, runId, nowMs, quantityKey).lastInsertRowid);
      return { passId, direction, nextPage: first, pageSize: null, seen: 0, countAtStart: null };
    },
  );

  function markVanished(ids: readonly number[], nowMs: number): void {
    for (const id of ids) {
      vanish.run(nowMs, id);
      changes.noteField(id, 'vanished', null, nowMs, nowMs);
    }
  }

  /** Marks what a complete pass did not meet, unless that is suspiciously much. */
  function settleUnmet(passId: number, nowMs: number): Pick<PassOutcome, 'notSeen' | 'vanished' | 'inQuestion'> {
    const ids = unmet.all(passId);
    const unmarked = { notSeen: ids.length, vanished: 0, inQuestion: 0 };
    // A row without an id may be any of the orders that were not met.
    if (countOf('SELECT count(*) FROM quarantine WHERE order_id IS NULL AND pass_id = ?', passId) > 0) return unmarked;
    if (isSuspiciousLoss(ids.length, held().orders)) return { ...unmarked, inQuestion: ids.length };
    markVanished(ids, nowMs);
    return { ...unmarked, vanished: ids.length };
  }

  const markGone = cache.transaction(({ passId, ids, nowMs }: Parameters<PassStore['markGone']>[0]) => {
    const gone = ids.filter((id) => stillUnmet.get(id, passId) !== undefined);
    const nameless = countOf('SELECT count(*) FROM quarantine WHERE order_id IS NULL') > 0;
    if (nameless || isSuspiciousLoss(gone.length, held().orders)) return { vanished: 0 };
    markVanished(gone, nowMs);
    return { vanished: gone.length };
  });

  const finish = cache.transaction(
    ({ passId, complete, remoteCount, nowMs }: Parameters<PassStore['finish']>[0]): PassOutcome => {
      const { seen = 0, scope = 'some' } = pass.get(passId) ?? {};
      const whole = complete && scope === 'all';
      const settled = whole ? settleUnmet(passId, nowMs) : { notSeen: 0, vanished: 0, inQuestion: 0 };
      end.run(complete ? 'complete' : 'incomplete', remoteCount, nowMs, settled.inQuestion, passId);
      if (whole) {
        dropOldQuarantine.run(passId);
        readBy.run(passId);
      }
      const { orders: there, lines } = held();
      return {
        orders: there,
        lines,
        seen,
        ...settled,
        quarantined: countOf('SELECT count(*) FROM quarantine'),
      };
    },
  );

  const acceptVanished = cache.transaction((nowMs: number) => {
    const passId = questioned.get();
    if (passId === undefined) return { vanished: 0 };
    const ids = unmet.all(passId);
    markVanished(ids, nowMs);
    answered.run(passId);
    completed.run(passId);
    return { vanished: ids.length };
  });

  return {
    begin: (args) => begin.immediate(args),
    beginPart: ({ runId, limit, nowMs }) => ({
      passId: Number(insert.run('some', limit, 'up', 1, runId, nowMs, null).lastInsertRowid),
    }),
    applyPage: (args, parsed) => applyPage.immediate(args, parsed),
    applyOrder: (args, order) => applyOrder.immediate(args, order),
    finish: (args) => finish.immediate(args),
    markGone: (args) => markGone.immediate(args),
    acceptVanished: (nowMs) => acceptVanished.immediate(nowMs),
  };
}

function idsOf({ rows }: ParsedPage): PageOutcome['ids'] {
  const ids = rows.flatMap((row) => (row.ok ? [row.order.id] : row.bad.id === null ? [] : [row.bad.id]));
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { first, last, ascending: ids.every((id, place) => place === 0 || id > (ids[place - 1] ?? 0)) };
}
