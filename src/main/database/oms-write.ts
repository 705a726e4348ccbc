import { isSuspiciousLoss } from '../../shared/sync.ts';
import type { PageOutcome, PassOutcome, RowOutcome } from '../engine/services.ts';
import type { OmsList } from '../omnitron/oms-client.ts';
import type { BadOmsRow, OmsPage, ParsedOms } from '../omnitron/parse-oms.ts';
import { type OmsMark, type OmsRows, prepareOmsInvoices, prepareOmsOrders } from './oms-rows.ts';
import type { SqliteFile } from './open.ts';

export interface OmsPageArgs {
  passId: number;
  /** The first pass of this reading: an order counts once in all of its passes. */
  sincePass: number;
  page: number;
  nowMs: number;
}

export interface OmsStore {
  /** Begins a pass over a list, always from its beginning; an interrupted one is given up. */
  begin(args: { list: OmsList; nowMs: number }): { passId: number };
  /** Stores a page in one transaction. */
  applyPage(args: OmsPageArgs, parsed: ParsedOms): PageOutcome;
  /** Ends a pass. A complete one marks the rows that it did not meet as vanished, or leaves them in question. */
  finish(args: { list: OmsList; passId: number; complete: boolean; nowMs: number }): PassOutcome;
  /** Forgets everything that is held of OMS. */
  forget(): void;
}

interface Place extends OmsMark {
  list: OmsList;
  /** Stands for the row where it has no id. */
  key: string;
}

/**
 * Between which keys of `oms_quarantine` a row stands that was put aside: its own, like `row 7`, or with the order that an
 * invoice names behind it, `row 7 of 901`, which checks read (reconcile/oms-sql.ts), and lists (quarantine-read.ts). A colon
 * sorts behind every digit.
 */
const keysOf = (key: string): [string, string] => [key, `${key} of :`];

/** Prepares the statements that mirror OMS. */
export function prepareOmsStore(cache: SqliteFile): OmsStore {
  const rows = { orders: prepareOmsOrders(cache), invoices: prepareOmsInvoices(cache) };
  const giveUp = cache.prepare("DELETE FROM oms_passes WHERE list = ? AND state <> 'complete'");
  const insert = cache.prepare("INSERT INTO oms_passes (list, state, started_ms) VALUES (?, 'running', ?)");
  const end = cache.prepare('UPDATE oms_passes SET state = ?, finished_ms = ?, in_question = ? WHERE id = ?');
  const questionedBefore = cache
    .prepare<[string], number>("SELECT max(in_question) FROM oms_passes WHERE list = ? AND state = 'complete'")
    .pluck();
  const dropEarlier = cache.prepare('DELETE FROM oms_passes WHERE list = ? AND id < ?');
  const setAsideBy = cache
    .prepare<[string, string, string], number | null>(
      'SELECT max(pass_id) FROM oms_quarantine WHERE list = ? AND row_key BETWEEN ? AND ?',
    )
    .pluck();
  const setAside = cache.prepare(
    'INSERT OR REPLACE INTO oms_quarantine (list, row_key, pass_id, path, code, seen_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const release = cache.prepare('DELETE FROM oms_quarantine WHERE list = ? AND row_key BETWEEN ? AND ?');
  const releaseOld = cache.prepare('DELETE FROM oms_quarantine WHERE list = ? AND pass_id < ?');
  const nameless = cache
    .prepare<[string, number], number>(
      "SELECT count(*) FROM oms_quarantine WHERE list = ? AND pass_id = ? AND row_key LIKE 'page %'",
    )
    .pluck();
  const quarantined = cache.prepare<[string], number>('SELECT count(*) FROM oms_quarantine WHERE list = ?').pluck();
  const met = {
    orders: cache.prepare<[number], number>('SELECT count(*) FROM oms_orders WHERE seen_pass = ?').pluck(),
    invoices: cache.prepare<[number], number>('SELECT count(*) FROM oms_invoices WHERE seen_pass = ?').pluck(),
  };
  const lines = cache
    .prepare<[], number>(
      'SELECT count(*) FROM oms_orders o JOIN oms_lines l ON l.order_id = o.id WHERE o.vanished_ms IS NULL',
    )
    .pluck();

  /** @returns the newest pass that met the row before. A held row keeps its last good reading. */
  function putAside(bad: BadOmsRow, place: Place): number {
    const { list, passId, nowMs } = place;
    const key = bad.id === null ? place.key : `row ${bad.id}`;
    const before = setAsideBy.get(list, ...keysOf(key)) ?? 0;
    const rowKey = bad.orderId === undefined ? key : `${key} of ${bad.orderId}`;
    setAside.run(list, rowKey, passId, bad.path, bad.code, nowMs);
    return Math.max(before, bad.id === null ? 0 : rows[list].markMet(bad.id, place));
  }

  function applyRow<T extends { id: number }>(
    held: OmsRows<T>,
    row: OmsPage<T>['rows'][number],
    place: Place,
  ): { outcome: RowOutcome; metBy: number } {
    if (!row.ok) return { outcome: 'quarantined', metBy: putAside(row.bad, place) };
    const { outcome, metBy } = held.store(row.row, place);
    const keys = keysOf(`row ${row.row.id}`);
    const badIn = setAsideBy.get(place.list, ...keys) ?? 0;
    if (badIn > 0) release.run(place.list, ...keys);
    return { outcome, metBy: Math.max(metBy, badIn) };
  }

  function applyRows<T extends { id: number }>(
    held: OmsRows<T>,
    parsed: OmsPage<T>,
    { passId, sincePass, page, nowMs, list }: OmsPageArgs & { list: OmsList },
  ): PageOutcome {
    const outcome = emptyOutcome(parsed);
    for (const [index, row] of parsed.rows.entries()) {
      const applied = applyRow(held, row, { list, passId, nowMs, key: `page ${page} row ${index}` });
      if (applied.metBy < passId) outcome.firstSeen += 1;
      if (applied.metBy < sincePass) outcome.newToRun += 1;
      if (applied.metBy < sincePass || applied.outcome === 'updated') outcome[applied.outcome] += 1;
    }
    return outcome;
  }

  // Also of a pass that breaks off later: a row counts as read since then, though nothing of it has changed.
  const touch = cache.prepare("INSERT OR IGNORE INTO touched_sources VALUES ('oms')");

  const applyPage = cache.transaction((args: OmsPageArgs, { list, page }: ParsedOms): PageOutcome => {
    touch.run();
    return list === 'orders'
      ? applyRows(rows.orders, page, { ...args, list })
      : applyRows(rows.invoices, page, { ...args, list });
  });

  /** Marks the rows that a complete pass did not meet; suspiciously many only when two passes in a row agree. */
  function settleUnmet(
    list: OmsList,
    passId: number,
    nowMs: number,
  ): Pick<PassOutcome, 'notSeen' | 'vanished' | 'inQuestion'> {
    const ids = rows[list].unmet(passId);
    const unmarked = { notSeen: ids.length, vanished: 0, inQuestion: 0 };
    // A row without an id may be any of those that were not met.
    if ((nameless.get(list, passId) ?? 0) > 0) return unmarked;
    const suspicious = isSuspiciousLoss(ids.length, rows[list].count());
    if (suspicious && (questionedBefore.get(list) ?? 0) === 0) return { ...unmarked, inQuestion: ids.length };
    for (const id of ids) rows[list].vanish(id, nowMs);
    return { ...unmarked, vanished: ids.length };
  }

  const finish = cache.transaction(
    ({ list, passId, complete, nowMs }: Parameters<OmsStore['finish']>[0]): PassOutcome => {
      const settled = complete ? settleUnmet(list, passId, nowMs) : { notSeen: 0, vanished: 0, inQuestion: 0 };
      end.run(complete ? 'complete' : 'incomplete', nowMs, settled.inQuestion, passId);
      if (complete) {
        dropEarlier.run(list, passId);
        releaseOld.run(list, passId);
      }
      return {
        orders: rows[list].count(),
        lines: lines.get() ?? 0,
        seen: met[list].get(passId) ?? 0,
        ...settled,
        quarantined: quarantined.get(list) ?? 0,
      };
    },
  );

  const begin = cache.transaction(({ list, nowMs }: { list: OmsList; nowMs: number }) => {
    giveUp.run(list);
    return { passId: Number(insert.run(list, nowMs).lastInsertRowid) };
  });

  const forget = cache.transaction(() => {
    for (const table of ['oms_lines', 'oms_orders', 'oms_invoices', 'oms_quarantine', 'oms_passes']) {
      cache.prepare(`DELETE FROM ${table}`).run();
    }
  });

  return {
    begin: (args) => begin.immediate(args),
    applyPage: (args, parsed) => applyPage.immediate(args, parsed),
    finish: (args) => finish.immediate(args),
    forget: () => forget.immediate(),
  };
}

function emptyOutcome<T extends { id: number }>({ rows, count, hasNext }: OmsPage<T>): PageOutcome {
  const ids = rows.flatMap((row) => (row.ok ? [row.row.id] : row.bad.id === null ? [] : [row.bad.id]));
  const [first, last] = [ids[0], ids.at(-1)];
  return {
    rows: rows.length,
    created: 0,
    updated: 0,
    unchanged: 0,
    quarantined: 0,
    firstSeen: 0,
    newToRun: 0,
    ids: first === undefined || last === undefined ? null : { first, last, ascending: isAscending(ids) },
    remoteCount: count,
    hasNext,
  };
}

function isAscending(ids: readonly number[]): boolean {
  return ids.every((id, place) => place === 0 || id > (ids[place - 1] ?? 0));
}
