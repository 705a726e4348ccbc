import type { FindingKey, FindingSelection } from '../../shared/decisions.ts';
import type { FindingFilter } from '../../shared/findings.ts';
import { type Period, periodBounds } from '../../shared/period.ts';
import { statusCondition } from '../reconcile/queue/status-sql.ts';
import { allOf, type Condition, likePattern } from './order-filter.ts';

/** A filter as a condition over findings `f`, what is decided about them, `d`, and their orders `o`, where they have one. */
export function findingCondition(filter: FindingFilter, timeZone: string): Condition {
  const parts: Condition[] = [inPeriod(filter.period, timeZone), statusCondition(filter.statuses ?? [])];
  if (filter.checks.length > 0) {
    parts.push({ sql: `f.check_code IN (${filter.checks.map(() => '?').join(', ')})`, values: filter.checks });
  }
  if (filter.owner !== undefined) parts.push({ sql: 'd.owner = ?', values: [filter.owner] });
  const text = filter.text.trim();
  if (text !== '') parts.push({ sql: `o.search LIKE ? ESCAPE '\\'`, values: [likePattern(text)] });
  return allOf(parts);
}

/** The findings of a selection: named ones whatever the filter says, or what it lets through but some. */
export function findingSelectionCondition(
  filter: FindingFilter,
  selection: FindingSelection,
  timeZone: string,
): Condition {
  if (selection.mode === 'named') return isOneOf(selection.findings);
  const rest = isOneOf(selection.except);
  const parts = [findingCondition(filter, timeZone)];
  if (selection.except.length > 0) parts.push({ sql: `NOT (${rest.sql})`, values: rest.values });
  return allOf(parts);
}

function isOneOf(findings: readonly FindingKey[]): Condition {
  return {
    sql: `(f.check_code, f.subject) IN (SELECT value ->> '$.check', value ->> '$.subject' FROM json_each(?))`,
    values: [JSON.stringify(findings)],
  };
}

/** Findings of a period by the date of their order or row; one that has no date belongs to every period. */
function inPeriod(period: Period, timeZone: string): Condition {
  const bounds = periodBounds(period, timeZone);
  const parts: Condition[] = [];
  if (bounds.fromMs !== null) parts.push({ sql: '(f.date_ms IS NULL OR f.date_ms >= ?)', values: [bounds.fromMs] });
  if (bounds.toMs !== null) parts.push({ sql: '(f.date_ms IS NULL OR f.date_ms < ?)', values: [bounds.toMs] });
  return allOf(parts);
}
