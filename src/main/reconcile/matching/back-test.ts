import type { BackTest, MatchRules, MatchState } from '../../../shared/matches.ts';
import type { SqliteFile } from '../../database/open.ts';
import { countStates, matchRows, withoutStoring } from './run-matching.ts';
import { ROWS_IN_FORCE } from './run-tables.ts';

/** Most rows that a back-test lists. */
const MOST_ROWS = 200;

/**
 * Tries rules on the stored statements: everything that rules have matched is matched anew, what people decided stays;
 * then all of it is taken back.
 */
export function backTest(local: SqliteFile, rules: MatchRules): BackTest {
  return withoutStoring(local, () => {
    const now = countStates(local);
    const orders = `(SELECT json_group_array(m.order_id ORDER BY m.order_id) FROM main.matches m WHERE m.row_id = r.id)`;
    const state = `ifnull((SELECT m.state FROM main.matches m WHERE m.row_id = r.id LIMIT 1), 'unmatched')`;
    local.exec(`DROP TABLE IF EXISTS temp.states_now;
      CREATE TEMP TABLE states_now AS SELECT r.id AS row_id, ${state} AS state, ${orders} AS orders FROM ${ROWS_IN_FORCE};
      DELETE FROM main.matches WHERE by_person = 0 AND row_id IN (SELECT row_id FROM temp.states_now)`);
    matchRows(local, rules, { run: 0 });
    const changed = `FROM temp.states_now n CROSS JOIN main.statement_rows r ON r.id = n.row_id
      WHERE (n.state, n.orders) IS NOT (${state}, ${orders})`;
    const rows = local
      .prepare<[], BackTest['rows'][number]>(
        `SELECT r.id, r.statement_id AS statement, r.line,
           coalesce(r.order_key, r.invoice_key, r.transaction_key, r.batch_key) AS key, n.state AS now, ${state} AS tried
         ${changed} ORDER BY r.id LIMIT ${MOST_ROWS}`,
      )
      .all();
    const count = Number(local.prepare(`SELECT count(*) ${changed}`).pluck().get());
    return {
      now,
      tried: countStates(local),
      changed: count,
      rows: rows.map((row) => ({ ...row, now: row.now as MatchState })),
    };
  });
}
