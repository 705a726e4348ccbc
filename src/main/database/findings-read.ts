import { PENDING_STATES } from '../../shared/corrections.ts';
import type { FindingKey } from '../../shared/decisions.ts';
import type {
  CheckCode,
  Finding,
  FindingFilter,
  FindingRow,
  FindingSort,
  FindingSummary,
} from '../../shared/findings.ts';
import { formatAmount, formatMicrosText } from '../../shared/money.ts';
import { FINDING_STATUSES, type FindingStatus, type ReasonCode } from '../../shared/queue.ts';
import { sqlList } from '../reconcile/check.ts';
import { CHECK_CODES, CHECKS, checkOf } from '../reconcile/checks/catalogue.ts';
import { FINDINGS_DECIDED, IN_QUEUE, STATUS } from '../reconcile/queue/status-sql.ts';
import { exactSum, sumSql } from './exact-sum.ts';
import { findingCondition } from './finding-filter.ts';
import type { SqliteFile } from './open.ts';
import { allOf, type Condition } from './order-filter.ts';

interface RawFinding {
  check_code: string;
  subject: number;
  order_id: number | null;
  number: string | null;
  row_id: number | null;
  statement_id: number | null;
  line: number | null;
  expected: string | null;
  actual: string | null;
  difference: string | null;
  facts: string;
  currency: string;
  channel: string | null;
  order_status: string | null;
  date_ms: number | null;
  due_ms: number | null;
  opened_ms: number;
  pending: number;
  status: FindingStatus;
  decided: FindingStatus | null;
  reason_code: ReasonCode | null;
  owner: string | null;
  note: string | null;
}

const DAY_MS = 86_400_000;
/** So many findings are sorted at once. */
const FEW = 10_000;
const PENDING = sqlList(PENDING_STATES);
const FROM = `FROM ${FINDINGS_DECIDED} LEFT JOIN orders o ON o.id = f.order_id`;
const SELECT = `SELECT f.check_code, f.subject, f.order_id, o.number, f.row_id, r.statement_id, r.line,
  CAST(f.expected AS TEXT) AS expected, CAST(f.actual AS TEXT) AS actual, CAST(f.difference AS TEXT) AS difference,
  f.facts, f.currency, o.channel, o.status AS order_status, f.date_ms, f.due_ms, f.opened_ms,
  EXISTS (SELECT 1 FROM local.corrections c WHERE c.order_id = f.order_id AND c.state IN (${PENDING})) AS pending,
  ${STATUS} AS status, d.status AS decided, d.reason_code, d.owner,
  (SELECT n.text FROM local.finding_notes n WHERE n.check_code = f.check_code AND n.subject = f.subject
    AND n.removed_ms IS NULL ORDER BY n.id DESC LIMIT 1) AS note
  ${FROM} LEFT JOIN local.statement_rows r ON r.id = f.row_id`;

/** When the orders that were not judged were counted, if the last run did not; a run aside always has counted them. */
const COUNTED_BEFORE = `SELECT full_ms FROM main.check_run
  WHERE now_ms <> full_ms AND NOT EXISTS (SELECT 1 FROM temp.sqlite_master WHERE name = 'check_skips')`;

/** Which findings of which period, seen from the business time zone. */
interface Asked {
  filter: FindingFilter;
  timeZone: string;
}

/** Count and sums of the findings of one status. */
export interface StatusSummary {
  status: FindingStatus;
  count: number;
  differences: { currency: string; difference: string }[];
}

export interface FindingReads {
  window(args: Asked & { sort?: FindingSort | undefined; offset: number; limit: number }): {
    total: number;
    offset: number;
    rows: FindingRow[];
  };
  summary(args: Asked): FindingSummary[];
  /** What is decided, status by status; one that no finding has is left out. */
  byStatus(args: Asked): StatusSummary[];
  ofOrder(orderId: number): Finding[];
  /** One finding; null where it is not held. */
  one(key: FindingKey): FindingRow | null;
  /** Chunks of findings in report order: by check as the catalogue lists them, then by order. */
  chunks(filter: FindingFilter, timeZone: string, size: number): Iterable<Finding[]>;
  count(filter: FindingFilter, timeZone: string): number;
}

function toRow(raw: RawFinding, nowMs: number): FindingRow {
  const check = checkOf(raw.check_code);
  const amounts = {
    expected: formatMicrosText(raw.expected, raw.currency),
    actual: formatMicrosText(raw.actual, raw.currency),
    difference: formatMicrosText(raw.difference, raw.currency),
  };
  const { order_id, number, row_id, statement_id, line, decided, status } = raw;
  const holds = decided === null || decided === status;
  return {
    check: raw.check_code,
    subject: raw.subject,
    severity: check?.severity ?? 'warning',
    order: order_id === null || number === null ? null : { id: order_id, number },
    row:
      row_id === null || statement_id === null || line === null ? null : { id: row_id, statement: statement_id, line },
    ...amounts,
    currency: raw.currency,
    text: check?.sentence({ currency: raw.currency, ...amounts, facts: JSON.parse(raw.facts) }) ?? { en: '', tr: '' },
    status,
    age: raw.due_ms === null ? 0 : Math.max(0, Math.floor((nowMs - raw.due_ms) / DAY_MS)),
    reason: holds ? raw.reason_code : null,
    owner: raw.owner,
    note: raw.note,
    channel: raw.channel,
    orderStatus: raw.order_status,
    date: raw.date_ms === null ? null : new Date(raw.date_ms).toISOString(),
    pending: raw.pending === 1,
    openedAt: new Date(raw.opened_ms).toISOString(),
    overtaken: holds ? null : decided,
  };
}

function toFinding(found: FindingRow): Finding {
  const { channel: _c, orderStatus: _s, date: _d, pending: _p, openedAt: _o, overtaken: _v, ...finding } = found;
  return finding;
}

/**
 * Reads findings. Statements are prepared per call: `findings` may be hidden by a temporary table of the same name.
 * `nowMs` is the instant at which their age is told.
 */
export function prepareFindingReads(file: SqliteFile, nowMs: () => number): FindingReads {
  const select = (condition: Condition, rest: string, values: readonly (number | string)[]): FindingRow[] => {
    const now = nowMs();
    return file
      .prepare<unknown[], RawFinding>(`${SELECT} WHERE ${condition.sql} ${rest}`)
      .all(...condition.values, ...values)
      .map((raw) => toRow(raw, now));
  };

  function countsOf(condition: Condition): Map<CheckCode, number> {
    const sql = `SELECT f.check_code, count(*) ${FROM} WHERE ${condition.sql} GROUP BY 1`;
    return new Map(
      file
        .prepare<unknown[], [string, number]>(sql)
        .raw()
        .all(...condition.values),
    );
  }

  /** Check by check along the key, so that no list has to be sorted. */
  function byCheck(
    condition: Condition,
    counts: ReadonlyMap<CheckCode, number>,
    offset: number,
    limit: number,
  ): FindingRow[] {
    const rows: FindingRow[] = [];
    let before = 0;
    for (const code of CHECK_CODES) {
      const count = counts.get(code) ?? 0;
      const skip = Math.max(0, offset - before);
      before += count;
      if (skip >= count) continue;
      const ofCheck = allOf([{ sql: 'f.check_code = ?', values: [code] }, condition]);
      rows.push(...select(ofCheck, 'ORDER BY f.subject LIMIT ? OFFSET ?', [limit - rows.length, skip]));
      if (rows.length >= limit) break;
    }
    return rows;
  }

  function* chunks(filter: FindingFilter, timeZone: string, size: number): Iterable<Finding[]> {
    const condition = findingCondition({ ...filter, checks: [] }, timeZone);
    for (const code of CHECK_CODES.filter((each) => filter.checks.length === 0 || filter.checks.includes(each))) {
      let after = -1;
      for (;;) {
        const next = allOf([condition, { sql: 'f.check_code = ? AND f.subject > ?', values: [code, after] }]);
        const found = select(next, 'ORDER BY f.subject LIMIT ?', [size]);
        if (found.length > 0) yield found.map(toFinding);
        if (found.length < size) break;
        after = found.at(-1)?.subject ?? after;
      }
    }
  }

  /** Count, queue and sum of differences per value of `key` and currency. */
  function groups<Key extends string>(key: string, { filter, timeZone }: Asked) {
    const condition = findingCondition(filter, timeZone);
    return file
      .prepare<unknown[], { key: Key; currency: string; n: number; open: number; difference: string | null }>(
        `SELECT ${key} AS key, f.currency, count(*) AS n, sum(${IN_QUEUE}) AS open, ${sumSql('f.difference')} AS difference
         ${FROM} WHERE ${condition.sql} GROUP BY 1, 2 ORDER BY 1, 3 DESC`,
      )
      .all(...condition.values);
  }

  function summary(asked: Asked): FindingSummary[] {
    const entries = new Map<CheckCode, FindingSummary>();
    const skips = new Map(file.prepare<[], [string, number]>('SELECT check_code, orders FROM check_skips').raw().all());
    const countedMs = file.prepare<[], number | null>(COUNTED_BEFORE).pluck().get() ?? null;
    const skippedAsOf = countedMs === null ? null : new Date(countedMs).toISOString();
    for (const { code, severity } of CHECKS) {
      const skipped = skips.get(code) ?? 0;
      entries.set(code, { check: code, severity, count: 0, open: 0, differences: [], skipped, skippedAsOf });
    }
    for (const raw of groups<CheckCode>('f.check_code', asked)) {
      const entry = entries.get(raw.key);
      if (entry === undefined) continue;
      entry.count += raw.n;
      entry.open += raw.open;
      entry.differences.push(...differenceOf(raw));
    }
    return [...entries.values()];
  }

  function byStatus(asked: Asked): StatusSummary[] {
    const found = groups<FindingStatus>(STATUS, asked);
    return FINDING_STATUSES.flatMap((status) => {
      const mine = found.filter(({ key }) => key === status);
      if (mine.length === 0) return [];
      return [{ status, count: mine.reduce((sum, { n }) => sum + n, 0), differences: mine.flatMap(differenceOf) }];
    });
  }

  return {
    window({ filter, timeZone, sort = 'check', offset, limit }) {
      const condition = findingCondition(filter, timeZone);
      const counts = countsOf(condition);
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      // Few of many are found sooner by looking at all than along the index: the plus keeps the planner from it.
      const due = total < FEW ? '+f.due_ms' : 'f.due_ms';
      const oldest = `ORDER BY ${due} NULLS LAST, f.check_code, f.subject LIMIT ? OFFSET ?`;
      const rows =
        sort === 'check' ? byCheck(condition, counts, offset, limit) : select(condition, oldest, [limit, offset]);
      return { total, offset, rows };
    },
    summary,
    byStatus,
    ofOrder(orderId) {
      const rows = select({ sql: 'f.order_id = ?', values: [orderId] }, 'LIMIT 100', []);
      const rank = (row: FindingRow): number => CHECK_CODES.indexOf(row.check);
      return rows.sort((a, b) => rank(a) - rank(b) || a.subject - b.subject).map(toFinding);
    },
    one({ check, subject }) {
      const [row] = select({ sql: 'f.check_code = ? AND f.subject = ?', values: [check, subject] }, '', []);
      return row ?? null;
    },
    chunks,
    count: (filter, timeZone) =>
      [...countsOf(findingCondition(filter, timeZone)).values()].reduce((sum, count) => sum + count, 0),
  };
}

/** The sum of differences as text, in a list of one; an empty list where no difference is given. */
function differenceOf(group: { currency: string; difference: string | null }): FindingSummary['differences'] {
  const difference = exactSum(group.difference);
  if (difference === null) return [];
  return [{ currency: group.currency, difference: formatAmount(difference, group.currency) }];
}
