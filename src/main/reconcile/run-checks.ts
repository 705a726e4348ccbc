import type { SqliteFile } from '../database/open.ts';
import type { CheckRules } from '../engine/services.ts';
import { CHECKS } from './catalogue.ts';

/**
 * Runs every check over all held orders and replaces the findings, in one transaction. An order that Omnitron no longer
 * has gets none: there is nothing left to correct.
 * `temporary` writes them into tables of this connection only, which hide the stored ones from its later statements.
 */
export function runChecks(file: SqliteFile, rules: CheckRules, options: { temporary: boolean }): { findings: number } {
  if (options.temporary) {
    file.exec(`CREATE TEMP TABLE IF NOT EXISTS findings (
      check_code TEXT NOT NULL, order_id INTEGER NOT NULL, expected INTEGER, actual INTEGER, difference INTEGER,
      facts TEXT NOT NULL, PRIMARY KEY (check_code, order_id)) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS temp.findings_order ON findings (order_id)`);
  }
  const place = options.temporary ? 'temp' : 'main';
  const run = file.transaction(() => {
    file.exec(`DELETE FROM ${place}.findings`);
    let findings = 0;
    for (const check of CHECKS) {
      findings += file
        .prepare(
          `INSERT INTO ${place}.findings (check_code, order_id, expected, actual, difference, facts)
           SELECT '${check.code}', order_id, expected, actual, difference, facts FROM (${check.sql})
           WHERE order_id NOT IN (SELECT id FROM main.orders WHERE vanished_ms IS NOT NULL)`,
        )
        .run(namedValues(check.sql, rules)).changes;
    }
    if (!options.temporary) {
      file
        .prepare('INSERT OR REPLACE INTO check_run (id, now_ms, erp_hours, findings) VALUES (1, ?, ?, ?)')
        .run(rules.nowMs, rules.erpHours, findings);
    }
    return { findings };
  });
  return options.temporary ? run() : run.immediate();
}

/** Only the values a statement names: the driver refuses others. Whole numbers are bound as BigInt, i.e. INTEGER. */
function namedValues(sql: string, rules: CheckRules): Record<string, bigint> {
  const all = { now: BigInt(rules.nowMs), erpMs: BigInt(rules.erpHours) * 3_600_000n };
  return Object.fromEntries(Object.entries(all).filter(([name]) => sql.includes(`:${name}`)));
}
