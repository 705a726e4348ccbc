import type { FindingKey } from '../../../shared/decisions.ts';
import type { FindingStatus } from '../../../shared/queue.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { Condition } from '../../database/order-filter.ts';
import { DECISION_COLUMNS, type StoredDecision } from './decision-store.ts';
import { FINDINGS_DECIDED, STATUS } from './status-sql.ts';

/** A finding with all that a decision about it needs. */
export interface FindingToDecide extends FindingKey {
  orderId: number | null;
  basis: string;
  /** The status in force. */
  inForce: FindingStatus;
  /** What is stored of an earlier decision, in force or not. */
  before: StoredDecision | null;
}

type RawFinding = FindingKey &
  Pick<FindingToDecide, 'orderId' | 'inForce'> & { nowBasis: string } & {
    [K in keyof Omit<StoredDecision, keyof FindingKey>]: StoredDecision[K] | null;
  };

/** The held findings that a condition over findings `f`, decisions `d` and orders `o` names. `cache` is `cache.db`. */
export function findingsToDecide(cache: SqliteFile, condition: Condition): FindingToDecide[] {
  return cache
    .prepare<unknown[], RawFinding>(
      `SELECT f.check_code AS "check", f.subject, f.order_id AS orderId, f.basis AS nowBasis, ${STATUS} AS inForce, ${DECISION_COLUMNS}
       FROM ${FINDINGS_DECIDED} LEFT JOIN orders o ON o.id = f.order_id WHERE ${condition.sql}
       ORDER BY f.check_code, f.subject`,
    )
    .all(...condition.values)
    .map(toFinding);
}

function toFinding(raw: RawFinding): FindingToDecide {
  const { check, subject, orderId, nowBasis, inForce, status, reason, owner, basis, correction, decidedMs } = raw;
  const isStored = status !== null && basis !== null && decidedMs !== null;
  return {
    check,
    subject,
    orderId,
    basis: nowBasis,
    inForce,
    before: isStored ? { check, subject, status, reason, owner, basis, correction, decidedMs } : null,
  };
}
