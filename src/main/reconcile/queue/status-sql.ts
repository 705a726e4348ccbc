import { PENDING_STATES } from '../../../shared/corrections.ts';
import { FINDING_STATUSES, type FindingStatus, QUEUE_STATUSES } from '../../../shared/queue.ts';
import type { Condition } from '../../database/order-filter.ts';
import { sqlList } from '../check.ts';

/**
 * SQL for what a decision about a finding rests on: its amounts and facts, but for `days` that pass. `alias` is the
 * finding's table with its point. The column `findings.basis` is worked out in the same way.
 */
export function basisOf(alias: '' | 'f.'): string {
  return `json_array(${alias}expected, ${alias}actual, ${alias}difference, json_remove(${alias}facts, '$.days'))`;
}

/** Findings `f` with what is decided about them, `d`. Needs `local.db` attached as `local`. */
export const FINDINGS_DECIDED =
  'findings f LEFT JOIN local.finding_decisions d ON d.check_code = f.check_code AND d.subject = f.subject';

/** Of a finding about which nothing that is decided holds. */
const UNDECIDED = `iif(f.tolerated, 'accepted', 'open')`;

/**
 * The status in force, over {@link FINDINGS_DECIDED}; the one place that says what it is. What is explained, accepted
 * or ignored holds while the finding's values are those decided about; what is corrected holds while the correction is
 * on its way: once it is applied, a finding that is still there was not corrected by it.
 */
export const STATUS = `CASE
  WHEN d.status IS NULL THEN ${UNDECIDED}
  WHEN d.status IN ('open', 'in_progress') THEN d.status
  WHEN d.status = 'corrected' THEN iif(EXISTS (SELECT 1 FROM local.corrections k
    WHERE k.id = d.correction_id AND k.state IN (${sqlList(PENDING_STATES)})), 'corrected', ${UNDECIDED})
  WHEN d.basis = f.basis THEN d.status
  ELSE ${UNDECIDED} END`;

/** Findings that somebody must still look at. */
export const IN_QUEUE = `${STATUS} IN (${sqlList(QUEUE_STATUSES)})`;

/** How many findings are in the queue. */
export const COUNT_IN_QUEUE = `SELECT count(*) FROM ${FINDINGS_DECIDED} WHERE ${IN_QUEUE}`;

/** Findings with one of these statuses; none given = with any. */
export function statusCondition(statuses: readonly FindingStatus[]): Condition {
  if (statuses.length === 0 || statuses.length === FINDING_STATUSES.length) return { sql: '1', values: [] };
  return { sql: `${STATUS} IN (${statuses.map(() => '?').join(', ')})`, values: [...statuses] };
}
