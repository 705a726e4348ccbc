import {
  type MatchGroup,
  type MatchKey,
  type MatchShape,
  type MatchState,
  MOST_LISTED,
} from '../../../shared/matches.ts';
import { formatAmount } from '../../../shared/money.ts';
import type { SqliteFile } from '../../database/open.ts';
import { IN_FORCE } from '../order-sums.ts';
import { PAIRS_IN_FORCE, prepareGroupTotals, STILL_SETTLED } from './group-totals.ts';
import { prepareReasons } from './match-reasons.ts';
import { matchSentence } from './match-sentences.ts';

interface RawRow {
  id: bigint;
  statement_id: bigint;
  line: bigint;
  order_key: string | null;
  invoice_key: string | null;
  transaction_key: string | null;
  batch_key: string | null;
  day: string | null;
  amount: bigint;
  currency: string;
  damaged: string | null;
}

interface RawOrder {
  id: bigint;
  number: string;
  amount: bigint;
  currency: string;
}

interface Head {
  state: MatchState;
  rule: MatchKey;
  by_person: bigint;
}

const ROW =
  'r.id, r.statement_id, r.line, r.order_key, r.invoice_key, r.transaction_key, r.batch_key, r.day, r.amount, r.currency, r.damaged';

/** Reads matches with all that the window shows of them. `file` is `cache.db` with `local.db` attached as `local`. */
export function prepareMatchGroups(file: SqliteFile): {
  /** The match with this first row, or the unmatched row; undefined where neither is held. */
  group(id: number): MatchGroup | undefined;
} {
  const heads = file
    .prepare<[{ id: number }], Head>(
      `SELECT state, rule, max(by_person) AS by_person FROM ${PAIRS_IN_FORCE} GROUP BY state, rule`,
    )
    .safeIntegers();
  const rows = file
    .prepare<[{ id: number }], RawRow>(
      `SELECT ${ROW} FROM local.statement_rows r WHERE r.id IN (SELECT row_id FROM ${PAIRS_IN_FORCE}) ORDER BY r.id LIMIT ${MOST_LISTED}`,
    )
    .safeIntegers();
  const alone = file
    .prepare<[{ id: number }], RawRow>(`SELECT ${ROW} FROM local.statement_rows r ${IN_FORCE} WHERE r.id = :id`)
    .safeIntegers();
  const orders = file
    .prepare<[{ id: number }], RawOrder>(
      `SELECT o.id, o.number, o.amount, o.currency FROM main.orders o
       WHERE o.id IN (SELECT order_id FROM ${PAIRS_IN_FORCE} m WHERE m.rule <> 'batch' OR ${STILL_SETTLED}) ORDER BY o.id LIMIT ${MOST_LISTED}`,
    )
    .safeIntegers();
  const totals = prepareGroupTotals(file);
  const reasonsOf = prepareReasons(file);
  const twins = file.prepare('SELECT count(*) > 1 FROM main.orders WHERE number = ? AND vanished_ms IS NULL').pluck();

  function unmatched(id: number): MatchGroup | undefined {
    const row = alone.get({ id });
    if (row === undefined) return undefined;
    const facts = {
      reasons: reasonsOf(id),
      rows: 1,
      orders: 0,
      shape: null,
      rule: null,
      byPerson: false,
      comparable: true,
      difference: null,
      besides: [],
      shared: false,
    } as const;
    const text = matchSentence({ ...facts, state: 'unmatched', key: keyOf(row, null), damaged: row.damaged !== null });
    return {
      group: id,
      state: 'unmatched',
      shape: null,
      rule: null,
      byPerson: false,
      rowCount: 1,
      orderCount: 0,
      rows: [toRow(row, null)],
      orders: [],
      difference: null,
      text,
    };
  }

  function group(id: number): MatchGroup | undefined {
    const [head] = heads.all({ id });
    if (head === undefined) return unmatched(id);
    const { state, rule } = head;
    const found = rows.all({ id });
    const [first] = found;
    if (first === undefined) return undefined;
    const sum = totals(id, rule, state === 'confirmed');
    const shape = shapeOf(sum.rows, sum.orders);
    const key = keyOf(first, rule);
    const byPerson = head.by_person === 1n;
    const difference = state === 'ambiguous' ? null : sum.difference;
    const shared = rule === 'order' && key !== null && twins.get(key) === 1;
    const facts = {
      state,
      rule,
      shape,
      byPerson,
      key,
      shared,
      damaged: first.damaged !== null,
      reasons: reasonsOf(first.id),
    };
    const { rows: rowCount, orders: orderCount, comparable, besides } = sum;
    return {
      group: id,
      state,
      shape,
      rule,
      byPerson,
      rowCount,
      orderCount,
      rows: found.map((row) => toRow(row, rule)),
      orders: orders.all({ id }).map((order) => ({
        id: Number(order.id),
        number: order.number,
        amount: formatAmount(order.amount, order.currency),
        currency: order.currency,
      })),
      difference: difference === null ? null : formatAmount(difference, sum.currency ?? ''),
      text: matchSentence({
        ...facts,
        rows: rowCount,
        orders: orderCount,
        comparable: state === 'ambiguous' || comparable,
        difference,
        besides,
      }),
    };
  }
  return { group };
}

function shapeOf(rows: number, orders: number): MatchShape {
  if (orders <= 1) return rows === 1 ? '1:1' : '1:N';
  return rows === 1 ? 'N:1' : 'N:M';
}

/** The key by which a rule matched the row, else the first one that it carries. */
function keyOf(row: RawRow, rule: MatchKey | null): string | null {
  if (rule === 'invoice') return row.invoice_key;
  if (rule === 'transaction') return row.transaction_key;
  if (rule === 'batch') return row.batch_key;
  return row.order_key ?? row.invoice_key ?? row.transaction_key ?? row.batch_key;
}

function toRow(row: RawRow, rule: MatchKey | null): MatchGroup['rows'][number] {
  return {
    id: Number(row.id),
    statement: Number(row.statement_id),
    line: Number(row.line),
    key: keyOf(row, rule),
    day: row.day,
    amount: formatAmount(row.amount, row.currency),
    currency: row.currency,
  };
}
