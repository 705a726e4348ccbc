import type { PageOutcome, PassOutcome, PassState } from '../engine/services.ts';
import type { BadRow, ParsedPage } from '../omnitron/mapped-order.ts';
import type { SqliteFile } from './open.ts';
import type { OrderStore } from './orders-write.ts';

export interface PassStore {
  begin(limit: number, nowMs: number): PassState;
  /** One transaction: rows, quarantine and progress together, or nothing. */
  applyPage(passId: number, page: number, parsed: ParsedPage, nowMs: number): PageOutcome;
  finish(passId: number, complete: boolean, remoteCount: number, nowMs: number): PassOutcome;
}

/** An interrupted pass older than this is not resumed: too much may have moved between its pages. */
const RESUME_WITHIN_MS = 24 * 3_600_000;

interface PassRow {
  id: number;
  next_page: number;
  seen: number;
  count_at_start: number | null;
}

/** Prepares the statements of passes, page progress and quarantine. */
export function preparePassStore(cache: SqliteFile, orders: OrderStore): PassStore {
  const running = cache.prepare<[number, number], PassRow>(
    `SELECT id, next_page, seen, count_at_start FROM passes
     WHERE state = 'running' AND page_limit = ? AND started_ms >= ? ORDER BY id DESC LIMIT 1`,
  );
  const giveUp = cache.prepare(`UPDATE passes SET state = 'incomplete', finished_ms = ? WHERE state = 'running'`);
  const insert = cache.prepare(
    `INSERT INTO passes (state, page_limit, next_page, seen, quarantined, started_ms) VALUES ('running', ?, 1, 0, 0, ?)`,
  );
  const progress = cache.prepare(
    `UPDATE passes SET next_page = ?, seen = seen + ?, quarantined = quarantined + ?, remote_count = ?,
     count_at_start = ifnull(count_at_start, ?) WHERE id = ?`,
  );
  const quarantined = cache.prepare<[string], { pass_id: number }>('SELECT pass_id FROM quarantine WHERE row_key = ?');
  const isSeen = cache.prepare<[number], { seen_pass: number }>('SELECT seen_pass FROM orders WHERE id = ?');
  const quarantine = cache.prepare(
    'INSERT OR REPLACE INTO quarantine (row_key, pass_id, order_id, page, path, code, seen_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const markSeen = cache.prepare('UPDATE orders SET seen_pass = ? WHERE id = ?');
  const release = cache.prepare('DELETE FROM quarantine WHERE row_key = ?');
  const dropOldQuarantine = cache.prepare('DELETE FROM quarantine WHERE pass_id <> ?');
  const end = cache.prepare('UPDATE passes SET state = ?, remote_count = ?, finished_ms = ? WHERE id = ?');
  const pass = cache.prepare<[number], { seen: number }>('SELECT seen FROM passes WHERE id = ?');
  const countOf = (sql: string, ...values: number[]): number =>
    Number(
      (cache
        .prepare(sql)
        .pluck()
        .get(...values) as number | undefined) ?? 0,
    );

  /** A bad row's key: its id where it has one, else its place. */
  const keyOf = (bad: BadRow, page: number, index: number): string =>
    bad.id === null ? `page ${page} row ${index}` : `order ${bad.id}`;

  /** Whether this pass meets the bad row for the first time. A stored order keeps its last good reading. */
  function putAside(bad: BadRow, passId: number, page: number, index: number, nowMs: number): boolean {
    const key = keyOf(bad, page, index);
    const before = quarantined.get(key)?.pass_id === passId;
    quarantine.run(key, passId, bad.id, page, bad.path, bad.code, nowMs);
    const seenAsOrder = bad.id !== null && isSeen.get(bad.id)?.seen_pass === passId;
    if (bad.id !== null) markSeen.run(passId, bad.id);
    return !before && !seenAsOrder;
  }

  const applyPage = cache.transaction(
    (passId: number, page: number, parsed: ParsedPage, nowMs: number): PageOutcome => {
      const outcome: PageOutcome = {
        rows: parsed.rows.length,
        created: 0,
        updated: 0,
        unchanged: 0,
        quarantined: 0,
        firstSeen: 0,
        remoteCount: parsed.count,
        hasNext: parsed.hasNext,
      };
      for (const [index, row] of parsed.rows.entries()) {
        if (!row.ok) {
          if (putAside(row.bad, passId, page, index, nowMs)) {
            outcome.quarantined += 1;
            outcome.firstSeen += 1;
          }
          continue;
        }
        const wasBad = quarantined.get(`order ${row.order.id}`);
        const stored = orders.store(row.order, passId, nowMs);
        if (stored.outcome !== 'repeat') outcome[stored.outcome] += 1;
        if (stored.firstSeen && wasBad?.pass_id !== passId) outcome.firstSeen += 1;
        if (wasBad !== undefined) release.run(`order ${row.order.id}`);
      }
      progress.run(page + 1, outcome.firstSeen, outcome.quarantined, parsed.count, parsed.count, passId);
      return outcome;
    },
  );

  const begin = cache.transaction((limit: number, nowMs: number): PassState => {
    const found = running.get(limit, nowMs - RESUME_WITHIN_MS);
    if (found !== undefined) {
      // One page of overlap: rows may have moved across the border while nobody was looking.
      const nextPage = Math.max(1, found.next_page - 1);
      return {
        passId: found.id,
        nextPage,
        resumed: found.next_page > 1,
        seen: found.seen,
        countAtStart: found.count_at_start,
      };
    }
    giveUp.run(nowMs);
    const passId = Number(insert.run(limit, nowMs).lastInsertRowid);
    return { passId, nextPage: 1, resumed: false, seen: 0, countAtStart: null };
  });

  const finish = cache.transaction(
    (passId: number, complete: boolean, remoteCount: number, nowMs: number): PassOutcome => {
      end.run(complete ? 'complete' : 'incomplete', remoteCount, nowMs, passId);
      if (complete) dropOldQuarantine.run(passId);
      return {
        orders: countOf('SELECT count(*) FROM orders'),
        lines: countOf('SELECT count(*) FROM lines'),
        seen: pass.get(passId)?.seen ?? 0,
        notSeen: complete ? countOf('SELECT count(*) FROM orders WHERE seen_pass <> ?', passId) : 0,
        quarantined: countOf('SELECT count(*) FROM quarantine'),
      };
    },
  );

  return {
    begin: (...a) => begin.immediate(...a),
    applyPage: (...a) => applyPage.immediate(...a),
    finish: (...a) => finish.immediate(...a),
  };
}
