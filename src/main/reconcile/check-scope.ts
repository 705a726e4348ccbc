import type { SqliteFile } from '../database/open.ts';
import type { CheckRules } from '../engine/services.ts';
import type { Check } from './check.ts';
import { CATALOGUE_VERSION, CHECKS } from './checks/catalogue.ts';
import { prepared } from './prepared.ts';

/** Which orders and rows a run of the checks judges. */
export interface CheckScopeOfRun {
  /** Everything; otherwise what stands in `temp.touched_now` and `temp.touched_rows_now`. */
  all: boolean;
  /** Whether derived tables are made anew: where it is not known what changed since they were, or it is much. */
  rebuilds: boolean;
  /** Whether this check judges everything, also where the run does not. */
  fully(check: Check): boolean;
  /** Whether the orders that checks could not judge are counted anew, which takes a walk over all of them. */
  counts: boolean;
  /** Findings held before the run; null where that is not known. */
  before: number | null;
  /** Notes that the run has judged what was touched, and how many findings are held now; within its transaction. */
  done(rulesVersion: number, findings: number): void;
}

interface LastRun {
  now_ms: number;
  erp_hours: number;
  time_zone: string;
  rules_version: number;
  catalogue: string;
  full_ms: number;
  findings: number;
}

/** All orders are walked again when they last were longer ago than this: what hangs on the time is judged, and counts. */
const TIMED_MS = 3_600_000;
/** Fewer orders than this are walked in every run: that takes some 15 ms. */
const FEW = 5_000;
/** From so many touched orders on, and a quarter of those held, walking over all of them is faster. */
const MANY = 1_000;

/** The table of the orders that an incremental run judges. */
export const TOUCHED = 'temp.touched_now';

/**
 * The orders to judge: those `among` a table with their ids as `order_id`; null = all. `+` lets these ids lead: a
 * condition like `o.id IN (SELECT …)` would otherwise be walked through and looked up among them.
 */
export function orderSource(among: string | null): string {
  return among === null
    ? '(SELECT * FROM main.orders WHERE vanished_ms IS NULL)'
    : `(SELECT h.* FROM ${among} t CROSS JOIN main.orders h ON h.id = +t.order_id WHERE h.vanished_ms IS NULL)`;
}

/** The statement rows to judge. */
export function rowSource(all: boolean): string {
  const rows = 'JOIN local.statements s ON s.id = w.statement_id WHERE s.withdrawn_ms IS NULL';
  return all
    ? `(SELECT w.*, s.kind FROM local.statement_rows w ${rows})`
    : `(SELECT w.*, s.kind FROM temp.touched_rows_now t CROSS JOIN local.statement_rows w ON w.id = +t.row_id ${rows})`;
}

/** Works out what a run must judge; within the run's transaction. */
export function whatToCheck(
  file: SqliteFile,
  run: CheckRules,
  { all: asked, walkBelow = FEW, rulesVersion }: { all: boolean; walkBelow?: number | undefined; rulesVersion: number },
): CheckScopeOfRun {
  const last = prepared(file, 'SELECT * FROM main.check_run').get() as LastRun | undefined;
  const sameRules =
    last !== undefined &&
    last.erp_hours === run.erpHours &&
    last.time_zone === run.timeZone &&
    last.rules_version === rulesVersion &&
    last.catalogue === CATALOGUE_VERSION;
  const rebuilds = last?.catalogue !== CATALOGUE_VERSION || touchesMany(file);
  const all = asked || !sameRules || rebuilds;
  const [statements, oms] = [touchedStatements(file), touchedOms(file)];
  // Time may have moved either way: the command line can be told what now is.
  const isDue = last === undefined || Math.abs(run.nowMs - last.full_ms) >= TIMED_MS;
  const walks = all || isDue || statements || oms || !holdsOrders(file, walkBelow);
  if (!rebuilds) beginTouched(file);

  return {
    all,
    rebuilds,
    fully: ({ source, timed: depends, scope }) =>
      all ||
      scope === 'data' ||
      (depends === true && walks) ||
      (oms && source === 'oms') ||
      (statements && (source === 'erp' || source === 'statements')),
    counts: walks,
    before: last?.findings ?? null,
    done(version, findings) {
      prepared(
        file,
        `INSERT OR REPLACE INTO main.check_run (id, now_ms, erp_hours, time_zone, rules_version, catalogue, full_ms, findings)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        run.nowMs,
        run.erpHours,
        run.timeZone,
        version,
        CATALOGUE_VERSION,
        walks ? run.nowMs : last.full_ms,
        findings,
      );
      prepared(file, 'DELETE FROM main.touched_orders').run();
      prepared(file, 'DELETE FROM main.touched_sources').run();
    },
  };
}

function touchesMany(file: SqliteFile): boolean {
  const touched = countOf(file, 'main.touched_orders');
  return touched > MANY && touched * 4 > countOf(file, 'main.orders');
}

/** Whether at least so many orders are held. */
export function holdsOrders(file: SqliteFile, count: number): boolean {
  return isThere(file, `SELECT 1 FROM main.orders LIMIT 1 OFFSET ${count - 1}`);
}

/** A statement came, went or was matched as a whole, so that any row and order may be concerned. */
function touchedStatements(file: SqliteFile): boolean {
  return isThere(file, `SELECT 1 FROM local.touched WHERE kind IN ('statements', 'rules')`);
}

/** OMS was read to its end or given up: then orders are concerned too that it does not have. */
function touchedOms(file: SqliteFile): boolean {
  return isThere(file, `SELECT 1 FROM main.touched_sources WHERE source = 'oms'`);
}

function isThere(file: SqliteFile, select: string): boolean {
  return prepared(file, select).get() !== undefined;
}

/** How many rows a table has. */
export function countOf(file: SqliteFile, table: string): number {
  return (prepared(file, `SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
}

/** Notes what is touched in `touched_now` and `touched_rows_now`, and orders that depend on it as things were in `touched_related`. */
function beginTouched(file: SqliteFile): void {
  file.exec(`CREATE TEMP TABLE IF NOT EXISTS touched_now (order_id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE IF NOT EXISTS touched_related (order_id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE IF NOT EXISTS touched_rows_now (row_id INTEGER PRIMARY KEY);
    DELETE FROM temp.touched_now; DELETE FROM temp.touched_related; DELETE FROM temp.touched_rows_now`);
  prepared(
    file,
    `INSERT INTO temp.touched_now SELECT order_id FROM main.touched_orders
     UNION SELECT subject FROM local.touched WHERE kind = 'order'`,
  ).run();
  prepared(
    file,
    `INSERT OR IGNORE INTO temp.touched_rows_now SELECT subject FROM local.touched WHERE kind = 'row'`,
  ).run();
  addRelated(file);
}

/**
 * Notes the orders that depend on the touched orders and rows. Asked before and after derived tables change: what an order
 * had in common with others before counts as what it has now.
 */
function addRelated(file: SqliteFile): void {
  for (const { related } of CHECKS) {
    if (related !== undefined) prepared(file, `INSERT OR IGNORE INTO temp.touched_related ${related}`).run();
  }
}

/** Completes what a run judges, once derived tables follow the touched orders: related orders and matched rows. */
export function settleTouched(file: SqliteFile): void {
  addRelated(file);
  prepared(file, 'INSERT OR IGNORE INTO temp.touched_now SELECT order_id FROM temp.touched_related').run();
  prepared(
    file,
    `INSERT OR IGNORE INTO temp.touched_rows_now
     SELECT m.row_id FROM temp.touched_now t CROSS JOIN local.matches m ON m.order_id = t.order_id`,
  ).run();
  for (const { relatedRows } of CHECKS) {
    if (relatedRows !== undefined) prepared(file, `INSERT OR IGNORE INTO temp.touched_rows_now ${relatedRows}`).run();
  }
}
