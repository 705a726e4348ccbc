import { type Capabilities, capabilities as capabilitiesSchema } from '../../shared/sync.ts';
import type { HeldOrders, InterruptedPass, ListFacts, SyncFacts, SyncStateChange } from '../engine/services.ts';
import type { ParsedPage } from '../omnitron/mapped-order.ts';
import { sqlList } from '../reconcile/check.ts';
import type { SqliteFile } from './open.ts';
import { allOf, type Condition, periodCondition } from './order-filter.ts';
import { RESUMABLE } from './passes.ts';
import { readQuantityKeys } from './quantity-key.ts';

/** Delivered, cancelled and refunded: what comes after is told by the sent flag, a cancellation or the rolling reading. */
const FINAL_STATUSES = ['100', '550', '600'] as const;
const SETTLED_CANCELLATIONS = ['', 'completed', 'rejected'] as const;

interface StateRow {
  capabilities: string | null;
  probed_ms: number | null;
  changes_since_ms: number | null;
  plans_since_ms: number | null;
  rolling_after: number;
  rolling_ms: number | null;
}

export interface SyncStateStore {
  facts(): SyncFacts;
  storeCapabilities(capabilities: Capabilities | null, nowMs: number): void;
  store(change: SyncStateChange): void;
  pagesOfHeld(passId: number, held: HeldOrders, pageSize: number): { pages: number[] };
  notMet(passId: number, held: HeldOrders): { id: number; number: string }[];
  heldAround(id: number): { upTo: number; next: number | null };
}

/** What a page of orders says of its list. */
export function listFacts({ count, hasNext, rows }: ParsedPage): ListFacts {
  return {
    count,
    hasNext,
    rows: rows.length,
    ids: rows.flatMap((row) => (row.ok ? [row.order.id] : row.bad.id === null ? [] : [row.bad.id])),
    statuses: rows.flatMap((row) => (row.ok ? [row.order.status] : [])),
  };
}

/** What an older program has learnt may lack something; then it counts as unknown. */
function storedCapabilities(text: string | null): Capabilities | null {
  if (text === null) return null;
  const parsed = capabilitiesSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

/** What was learnt about the server and when; null before the first probe. */
export function readCapabilities(file: SqliteFile): { capabilities: Capabilities | null; probedAt: string | null } {
  const state = file.prepare<[], StateRow>('SELECT * FROM sync_state WHERE id = 1').get();
  const probedMs = state?.probed_ms ?? null;
  return {
    capabilities: storedCapabilities(state?.capabilities ?? null),
    probedAt: probedMs === null ? null : new Date(probedMs).toISOString(),
  };
}

/** Orders whose state is not final: open, unsent, or with a cancellation under way. */
const UNSETTLED = `(o.status NOT IN (${sqlList(FINAL_STATUSES)}) OR o.sent = 0 OR o.id IN
  (SELECT order_id FROM lines WHERE ifnull(cancel_status, '') NOT IN (${sqlList(SETTLED_CANCELLATIONS)})))`;

/** The few that have vanished are counted by an index of their own; so the others need not be looked at one by one. */
const VANISHED = 'SELECT count(*) FROM orders v INDEXED BY orders_vanished WHERE v.vanished_ms IS NOT NULL';

/** Held orders that neither this pass nor a later one has met. */
function notMetCondition(passId: number, held: HeldOrders): Condition {
  return allOf([{ sql: 'o.seen_pass < ? AND o.vanished_ms IS NULL', values: [passId] }, heldCondition(held)]);
}

function heldCondition(held: HeldOrders): Condition {
  if (held.which === 'period') return periodCondition(held.period, held.timeZone);
  if (held.which === 'pass') return { sql: 'o.seen_pass >= ?', values: [held.passId] };
  if (held.which === 'unsettled') return { sql: UNSETTLED, values: [] };
  return { sql: 'o.id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(held.ids)] };
}

/** What is known about the tenant's list and how far each kind of reading has come. */
export function prepareSyncState(cache: SqliteFile): SyncStateStore {
  const row = cache.prepare<[], StateRow>('SELECT * FROM sync_state WHERE id = 1');
  const interrupted = cache.prepare<[string], InterruptedPass>(
    `SELECT started_ms AS startedMs, direction, next_page AS nextPage, page_size AS pageSize, remote_count AS remoteCount
     FROM passes WHERE ${RESUMABLE} AND quantity_key = ? ORDER BY id DESC LIMIT 1`,
  );
  const count = (sql: string): number => Number(cache.prepare(sql).pluck().get());
  const byStatus = (sql: string): { status: string; orders: number }[] =>
    cache.prepare<[], { status: string; orders: number }>(sql).all();

  function facts(): SyncFacts {
    const state = row.get();
    const { inForce, heldBy } = readQuantityKeys(cache);
    const lastFull = cache
      .prepare<[], { finishedMs: number; pageSize: number }>(
        `SELECT finished_ms AS finishedMs, ifnull(page_size, page_limit) AS pageSize FROM passes
         WHERE scope = 'all' AND state = 'complete' ORDER BY id DESC LIMIT 1`,
      )
      .get();
    return {
      held: count(`SELECT count(*) - (${VANISHED}) FROM orders`),
      setAside: count(
        'SELECT count(*) FROM quarantine q WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = q.order_id)',
      ),
      lastFull: lastFull ?? null,
      otherQuantityKey: heldBy !== inForce,
      interrupted: interrupted.get(inForce) ?? null,
      changesSinceMs: state?.changes_since_ms ?? null,
      plansSinceMs: state?.plans_since_ms ?? null,
      capabilities: storedCapabilities(state?.capabilities ?? null),
      probedMs: state?.probed_ms ?? null,
      open: byStatus(
        `SELECT status, orders FROM (
           SELECT status, count(*) - (${VANISHED} AND v.status = o.status) AS orders FROM orders o
           WHERE status NOT IN (${sqlList(FINAL_STATUSES)}) GROUP BY status) WHERE orders > 0 ORDER BY status`,
      ),
      unsent: count(`SELECT count(*) - (${VANISHED} AND v.sent = 0) FROM orders WHERE sent = 0`),
      cancellations: byStatus(
        `SELECT cancel_status AS status, count(DISTINCT order_id) AS orders FROM lines
         WHERE ifnull(cancel_status, '') NOT IN (${sqlList(SETTLED_CANCELLATIONS)})
           AND order_id NOT IN (SELECT id FROM orders INDEXED BY orders_vanished WHERE vanished_ms IS NOT NULL)
         GROUP BY 1 ORDER BY 1`,
      ),
      rolling: { after: state?.rolling_after ?? 0, ms: state?.rolling_ms ?? null },
    };
  }

  return {
    facts,
    storeCapabilities(known, nowMs) {
      cache
        .prepare('UPDATE sync_state SET capabilities = ?, probed_ms = ?')
        .run(known === null ? null : JSON.stringify(known), known === null ? null : nowMs);
    },
    store({ changesSinceMs, plansSinceMs, rolling }) {
      if (plansSinceMs !== undefined) cache.prepare('UPDATE sync_state SET plans_since_ms = ?').run(plansSinceMs);
      if (changesSinceMs !== undefined) cache.prepare('UPDATE sync_state SET changes_since_ms = ?').run(changesSinceMs);
      if (rolling !== undefined)
        cache.prepare('UPDATE sync_state SET rolling_after = ?, rolling_ms = ?').run(rolling.after, rolling.ms);
    },
    pagesOfHeld(passId, held, pageSize) {
      const wanted = notMetCondition(passId, held);
      if (cache.prepare(`SELECT 1 FROM orders o WHERE ${wanted.sql} LIMIT 1`).get(...wanted.values) === undefined) {
        return { pages: [] };
      }
      const pages = cache
        .prepare<unknown[], number>(
          `WITH placed AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM orders WHERE vanished_ms IS NULL)
           SELECT DISTINCT (p.place + ${pageSize - 1}) / ${pageSize} AS page
           FROM placed p JOIN orders o ON o.id = p.id WHERE ${wanted.sql} ORDER BY page DESC`,
        )
        .pluck()
        .all(...wanted.values);
      return { pages };
    },
    notMet(passId, held) {
      const wanted = notMetCondition(passId, held);
      return cache
        .prepare<unknown[], { id: number; number: string }>(
          `SELECT o.id, o.number FROM orders o WHERE ${wanted.sql} ORDER BY o.id`,
        )
        .all(...wanted.values);
    },
    heldAround: (id) => ({
      upTo: Number(cache.prepare('SELECT count(*) FROM orders WHERE id <= ? AND vanished_ms IS NULL').pluck().get(id)),
      next:
        cache
          .prepare<[number], number | null>('SELECT min(id) FROM orders WHERE id > ? AND vanished_ms IS NULL')
          .pluck()
          .get(id) ?? null,
    }),
  };
}
