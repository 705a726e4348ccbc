import { join } from 'node:path';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import type { CheckRules } from '../../src/main/engine/services.ts';
import { runChecks } from '../../src/main/reconcile/run-checks.ts';
import type { AskBeside } from '../../src/main/reconcile/suspects.ts';

/** What a run of the checks leaves in `cache.db`. */
const RESULTS = {
  findings: 'SELECT * FROM main.findings ORDER BY check_code, subject',
  events: `SELECT check_code, subject, event, at_ms, opened_ms, expected, actual, difference FROM main.finding_events
    ORDER BY check_code, subject, id`,
  invoice_uses: 'SELECT * FROM main.invoice_uses ORDER BY number, order_id',
  invoice_gaps: 'SELECT * FROM main.invoice_gaps ORDER BY number',
  oms_pairs: 'SELECT * FROM main.oms_pairs ORDER BY order_id',
  counted: 'SELECT findings FROM main.check_run',
};

export type CheckResults = Record<keyof typeof RESULTS, Record<string, unknown>[]>;

/** What the last run of the checks has left, every column of it. */
export function checkResults(file: SqliteFile): CheckResults {
  const read = (sql: string) => file.prepare<[], Record<string, unknown>>(sql).all();
  return Object.fromEntries(Object.entries(RESULTS).map(([name, sql]) => [name, read(sql)])) as CheckResults;
}

/** How many orders each check could not judge, as the last run has left it that counted them. */
export function skipsOf(file: SqliteFile): unknown[] {
  return file.prepare('SELECT * FROM main.check_skips ORDER BY check_code').all();
}

/** A second connection to a folder's files, to look into them and to try things out. */
export function openBeside(folder: string): SqliteFile {
  const file = openSqlite(join(folder, 'cache.db'), { readonly: false });
  file.prepare('ATTACH DATABASE ? AS local').run(join(folder, 'local.db'));
  return file;
}

/**
 * What a run over everything would leave, were it made now instead of the one over what was touched, and how many orders
 * each check could not judge. `ask`: with another thread; `anew`: tables that checks share are made anew, too.
 */
export function asAfterFullRun(
  file: SqliteFile,
  rules: CheckRules,
  { ask = null, anew = true }: { ask?: AskBeside | null; anew?: boolean } = {},
): { results: CheckResults; skips: unknown[] } {
  file.exec('BEGIN IMMEDIATE');
  try {
    if (anew) file.exec('DELETE FROM main.check_run');
    runChecks(file, rules, { all: true, otherThread: ask === null ? null : { ask, fromOrders: 1 } });
    return { results: checkResults(file), skips: skipsOf(file) };
  } finally {
    file.exec('ROLLBACK');
  }
}
