import type { Rules, VersionedRules } from '../../shared/rules.ts';
import { giveBackMemory } from '../database/give-back.ts';
import type { SqliteFile } from '../database/open.ts';
import type { CheckRules } from '../engine/services.ts';
import type { Check } from './check.ts';
import {
  type CheckScopeOfRun,
  countOf,
  holdsOrders,
  orderSource,
  rowSource,
  settleTouched,
  TOUCHED,
  whatToCheck,
} from './check-scope.ts';
import { CHECKS } from './checks/catalogue.ts';
import { refreshDerived } from './derived.ts';
import { addLineComparison } from './oms-lines.ts';
import { prepared } from './prepared.ts';
import { completeFound } from './queue/complete-found.ts';
import { basisOf } from './queue/status-sql.ts';
import { readRules } from './rules.ts';
import { fillStatementSums } from './statement-sums.ts';
import { firstOpened, storeFindings } from './store-findings.ts';
import { type AskBeside, type Beside, beginWalks, suspectsOf } from './suspects.ts';

/** What a run of the checks found, and what it looked at. */
export interface ChecksOutcome {
  /** Findings held after the run. */
  findings: number;
  /** Orders that were judged again; null = every one. */
  judged: number | null;
}

/**
 * Runs the checks and brings the findings up to date, in one transaction: of all held orders, or only of those touched
 * since the last run where that is enough. An order that Omnitron no longer has is not judged, but for `data` checks:
 * there is nothing left to correct. `file` is `cache.db` with `local.db` attached as `local`.
 *
 * `otherThread` asks some of what a run over everything needs, from so many orders on (docs/adr/0014); null = there is none. It sees what is
 * committed, which is what this run began with: until it ends, nobody else can commit to either file.
 *
 * `walkBelow`: fewer orders than this are all walked in any case, so that what hangs on the time and the orders that could
 * not be judged are as of now.
 */
export function runChecks(
  file: SqliteFile,
  run: CheckRules,
  {
    all,
    otherThread = null,
    walkBelow,
  }: {
    all: boolean;
    otherThread?: { ask: AskBeside; fromOrders: number } | null;
    walkBelow?: number | undefined;
  },
): ChecksOutcome {
  return file
    .transaction(() => {
      const rules = readRules(file, 'local');
      const scope = whatToCheck(file, run, { all, walkBelow, rulesVersion: rules.version });
      refreshDerived(file, { all: scope.rebuilds, temporary: false });
      const made = scope.rebuilds || countOf(file, TOUCHED) > 0;
      if (!scope.all) settleTouched(file);
      const wanted = scope.counts && otherThread !== null && holdsOrders(file, otherThread.fromOrders);
      const lacking = fillFound(file, run, rules, scope, wanted ? { ask: otherThread.ask, made } : null);
      const more = storeFindings(file, scope, run.nowMs);
      if (scope.counts) storeSkipped(file, lacking, 'main');
      const findings = scope.all || scope.before === null ? countOf(file, 'main.findings') : scope.before + more;
      scope.done(rules.version, findings);
      if (scope.counts) giveBack(file);
      return { findings, judged: scope.all ? null : countOf(file, 'temp.touched_now') };
    })
    .immediate();
}

/**
 * Runs every check over all held orders into tables of this connection only, which hide the stored findings from its
 * later statements. For reading commands, which must neither wait for the writer nor show findings as of another instant.
 */
export function runChecksAside(file: SqliteFile, run: CheckRules): ChecksOutcome {
  return file.transaction(() => {
    const rules = readRules(file, 'local');
    refreshDerived(file, { all: true, temporary: true });
    const lacking = fillFound(file, run, rules, { fully: () => true, counts: true }, null);
    file.exec(`DROP TABLE IF EXISTS temp.findings;
      CREATE TEMP TABLE findings AS SELECT f.*,
        coalesce(h.opened_ms, ${firstOpened('f')}, ${run.nowMs}) AS opened_ms,
        ifnull(h.since_ms, ${run.nowMs}) AS since_ms, ifnull(h.changed_ms, ${run.nowMs}) AS changed_ms
      FROM temp.found f LEFT JOIN main.findings h ON h.check_code = f.check_code AND h.subject = f.subject;
      CREATE INDEX temp.aside_findings_order ON findings (order_id);
      CREATE INDEX temp.aside_findings_check ON findings (check_code, subject);
      CREATE TEMP TABLE IF NOT EXISTS check_skips (check_code TEXT PRIMARY KEY, orders INTEGER NOT NULL);`);
    storeSkipped(file, lacking, 'temp');
    return { findings: countOf(file, 'temp.findings'), judged: null };
  })();
}

const FOUND = `CREATE TEMP TABLE IF NOT EXISTS found (
    check_code TEXT NOT NULL, subject INTEGER NOT NULL, order_id INTEGER, row_id INTEGER, currency TEXT NOT NULL,
    date_ms INTEGER, expected INTEGER, actual INTEGER, difference INTEGER, facts TEXT NOT NULL,
    due_ms INTEGER, tolerated INTEGER NOT NULL DEFAULT 0,
    basis TEXT NOT NULL GENERATED ALWAYS AS (${basisOf('')}) STORED,
    PRIMARY KEY (check_code, subject)) STRICT, WITHOUT ROWID;
  DELETE FROM temp.found`;
const TARGET =
  'INSERT INTO temp.found (check_code, subject, order_id, row_id, currency, date_ms, expected, actual, difference, facts)';

/** Gives back the memory of what a run over everything has kept, tens of MB in a large store. */
function giveBack(file: SqliteFile): void {
  const kept = ['found', 'suspects', 'statement_sums', 'shared_rows'].map((table) => `DELETE FROM temp.${table}`);
  file.exec(kept.join('; '));
  giveBackMemory(file);
}

/** Puts what the checks find into `temp.found`. @returns how many orders each check cannot judge, where these are counted */
function fillFound(
  file: SqliteFile,
  run: CheckRules,
  { rules }: VersionedRules,
  scope: Pick<CheckScopeOfRun, 'fully' | 'counts'>,
  other: Beside | null,
): ReadonlyMap<string, number> {
  file.exec(FOUND);
  const values = { now: run.nowMs, erpMs: run.erpHours * 3_600_000, stuckMs: rules.stuckDays * 86_400_000 };
  const named = (sql: string): Record<string, bigint> => namedValues(sql, values);
  const { timeZone } = run;
  const find = (check: Check): void => {
    const sql = `${TARGET} ${findingsOf(check, rules, { timeZone, all: scope.fully(check) })}`;
    prepared(file, sql).run(named(sql));
  };
  addLineComparison(file);
  const walking = scope.counts ? beginWalks(file, { rules, timeZone }, named, other) : null;
  try {
    fillStatementSums(file, { all: scope.counts });
    walking?.walkOwn();
    // What needs no suspects is judged while the other thread may still be looking for them.
    for (const check of CHECKS) if (check.suspect === undefined) find(check);
    const lacking = walking?.finish() ?? new Map<string, number>();
    for (const check of CHECKS) if (check.suspect !== undefined) find(check);
    completeFound(file, run, rules);
    return lacking;
  } finally {
    walking?.end();
  }
}

/** The SQL for what a check finds, over everything (see {@link beginWalks}) or over what was touched. */
export function findingsOf(check: Check, rules: Rules, { timeZone, all }: { timeZone: string; all: boolean }): string {
  return selectOf(check, check.sql(rules, timeZone), all)
    .replaceAll('HELD o', `${orderSource(all ? suspectsOf(check) : TOUCHED)} o`)
    .replaceAll('ROWS r', `${rowSource(all)} r`);
}

/**
 * What a check finds, with the currency and date of its order or row; only about what is judged: of others in its group
 * a check may have seen only a part.
 */
function selectOf({ code, scope }: Check, sql: string, all: boolean): string {
  const amounts = 'c.expected, c.actual, c.difference, c.facts';
  if (scope === 'row') {
    return `SELECT '${code}', c.row_id, c.order_id, c.row_id, r.currency, r.date_ms, ${amounts}
      FROM (${sql}) c JOIN local.statement_rows r ON r.id = c.row_id${all ? '' : ' WHERE c.row_id IN (SELECT row_id FROM temp.touched_rows_now)'}`;
  }
  const subject = scope === 'order' ? 'c.order_id' : 'c.subject';
  return `SELECT '${code}', ${subject}, c.order_id, NULL, ifnull(x.currency, ''), x.date_placed_ms, ${amounts}
    FROM (${sql}) c LEFT JOIN main.orders x ON x.id = c.order_id${all ? '' : ' WHERE c.order_id IN (SELECT order_id FROM temp.touched_now)'}`;
}

/** Only the values a statement names: the driver refuses others. Whole numbers are bound as BigInt, i.e. INTEGER. */
function namedValues(sql: string, values: Record<string, number>): Record<string, bigint> {
  const named = Object.entries(values).filter(([name]) => new RegExp(`:${name}\\b`).test(sql));
  return Object.fromEntries(named.map(([name, value]) => [name, BigInt(value)]));
}

function storeSkipped(file: SqliteFile, lacking: ReadonlyMap<string, number>, place: 'main' | 'temp'): void {
  file.exec(`DELETE FROM ${place}.check_skips`);
  const insert = file.prepare(`INSERT INTO ${place}.check_skips (check_code, orders) VALUES (?, ?)`);
  for (const [code, orders] of lacking) insert.run(code, orders);
}
