import { PENDING_STATES } from '../../shared/corrections.ts';
import {
  CHECK_CODES,
  type CheckCode,
  checkCode,
  type Finding,
  type FindingFilter,
  type FindingRow,
  type FindingSummary,
} from '../../shared/findings.ts';
import { formatAmount, formatMicrosText } from '../../shared/money.ts';
import { checkOf } from '../reconcile/catalogue.ts';
import { sqlList } from '../reconcile/check.ts';
import { exactSum, sumSql } from './exact-sum.ts';
import type { SqliteFile } from './open.ts';
import { allOf, type Condition, likePattern, periodCondition } from './order-filter.ts';

interface RawFinding {
  check_code: string;
  expected: string | null;
  actual: string | null;
  difference: string | null;
  facts: string;
  id: number;
  number: string;
  channel: string | null;
  status: string;
  date_placed: string;
  currency: string;
  pending: number;
}

const RANK = `CASE f.check_code ${CHECK_CODES.map((code, index) => `WHEN '${code}' THEN ${index}`).join(' ')} END`;
const PENDING = sqlList(PENDING_STATES);
const SELECT = `SELECT f.check_code, CAST(f.expected AS TEXT) AS expected, CAST(f.actual AS TEXT) AS actual,
  CAST(f.difference AS TEXT) AS difference, f.facts, o.id, o.number, o.channel, o.status, o.date_placed, o.currency,
  EXISTS (SELECT 1 FROM local.corrections c WHERE c.order_id = o.id AND c.state IN (${PENDING})) AS pending
  FROM findings f JOIN orders o ON o.id = f.order_id`;

export interface FindingReads {
  window(args: { filter: FindingFilter; timeZone: string; offset: number; limit: number }): {
    total: number;
    offset: number;
    rows: FindingRow[];
  };
  summary(args: { filter: FindingFilter; timeZone: string }): FindingSummary[];
  ofOrder(orderId: number): Finding[];
  /** Chunks of findings in report order: by check as the catalogue lists them, then by order. */
  chunks(filter: FindingFilter, timeZone: string, size: number): Iterable<Finding[]>;
  count(filter: FindingFilter, timeZone: string): number;
}

function toRow(raw: RawFinding): FindingRow {
  const code = checkCode.parse(raw.check_code);
  const check = checkOf(code);
  const amounts = {
    expected: formatMicrosText(raw.expected, raw.currency),
    actual: formatMicrosText(raw.actual, raw.currency),
    difference: formatMicrosText(raw.difference, raw.currency),
  };
  return {
    check: code,
    severity: check.severity,
    order: { id: raw.id, number: raw.number },
    ...amounts,
    currency: raw.currency,
    text: check.sentence({ currency: raw.currency, ...amounts, facts: JSON.parse(raw.facts) }),
    channel: raw.channel,
    status: raw.status,
    datePlaced: raw.date_placed,
    pending: raw.pending === 1,
  };
}

function toFinding(row: FindingRow): Finding {
  const { check, severity, order, expected, actual, difference, currency, text } = row;
  return { check, severity, order, expected, actual, difference, currency, text };
}

function conditionOf(filter: FindingFilter, timeZone: string): Condition {
  const parts: Condition[] = [periodCondition(filter.period, timeZone)];
  if (filter.checks.length > 0) {
    parts.push({ sql: `f.check_code IN (${filter.checks.map(() => '?').join(', ')})`, values: filter.checks });
  }
  const text = filter.text.trim();
  if (text !== '') parts.push({ sql: `o.search LIKE ? ESCAPE '\\'`, values: [likePattern(text)] });
  return allOf(parts);
}

/** Reads findings. Statements are prepared per call: `findings` may be hidden by a temporary table of the same name. */
export function prepareFindingReads(file: SqliteFile): FindingReads {
  function page(condition: Condition, limit: number, offset: number): FindingRow[] {
    return file
      .prepare<unknown[], RawFinding>(`${SELECT} WHERE ${condition.sql} ORDER BY ${RANK}, o.id LIMIT ? OFFSET ?`)
      .all(...condition.values, limit, offset)
      .map(toRow);
  }

  function countOf(condition: Condition): number {
    const sql = `SELECT count(*) FROM findings f JOIN orders o ON o.id = f.order_id WHERE ${condition.sql}`;
    return Number(
      file
        .prepare(sql)
        .pluck()
        .get(...condition.values),
    );
  }

  /** Per check by key, so that every chunk costs the same. */
  function* chunks(filter: FindingFilter, timeZone: string, size: number): Iterable<Finding[]> {
    const condition = conditionOf({ ...filter, checks: [] }, timeZone);
    const next = file.prepare<unknown[], RawFinding>(
      `${SELECT} WHERE ${condition.sql} AND f.check_code = ? AND f.order_id > ? ORDER BY f.order_id LIMIT ?`,
    );
    for (const code of CHECK_CODES.filter((each) => filter.checks.length === 0 || filter.checks.includes(each))) {
      let after = 0;
      for (;;) {
        const found = next.all(...condition.values, code, after, size);
        if (found.length > 0) yield found.map((raw) => toFinding(toRow(raw)));
        if (found.length < size) break;
        after = found.at(-1)?.id ?? after;
      }
    }
  }

  function summary({ filter, timeZone }: { filter: FindingFilter; timeZone: string }): FindingSummary[] {
    const condition = conditionOf(filter, timeZone);
    const raws = file
      .prepare<unknown[], { check_code: string; currency: string; n: number; difference: string | null }>(
        `SELECT f.check_code, o.currency, count(*) AS n, ${sumSql('f.difference')} AS difference
         FROM findings f JOIN orders o ON o.id = f.order_id WHERE ${condition.sql} GROUP BY 1, 2 ORDER BY 1, 3 DESC`,
      )
      .all(...condition.values);
    const byCheck = new Map<CheckCode, FindingSummary>();
    for (const code of CHECK_CODES) {
      byCheck.set(code, { check: code, severity: checkOf(code).severity, count: 0, differences: [] });
    }
    for (const raw of raws) {
      const entry = byCheck.get(checkCode.parse(raw.check_code));
      if (entry === undefined) continue;
      entry.count += raw.n;
      const difference = exactSum(raw.difference);
      if (difference === null) continue;
      entry.differences.push({ currency: raw.currency, difference: formatAmount(difference, raw.currency) });
    }
    return [...byCheck.values()];
  }

  return {
    window({ filter, timeZone, offset, limit }) {
      const condition = conditionOf(filter, timeZone);
      return { total: countOf(condition), offset, rows: page(condition, limit, offset) };
    },
    summary,
    ofOrder: (orderId) => page({ sql: 'o.id = ?', values: [orderId] }, 100, 0).map(toFinding),
    chunks,
    count: (filter, timeZone) => countOf(conditionOf(filter, timeZone)),
  };
}
