import { AppError } from '../../../shared/errors.ts';
import type { MatchCandidate } from '../../../shared/matches.ts';
import { formatAmount, type Micros } from '../../../shared/money.ts';
import { businessDay } from '../../../shared/period.ts';
import type { SqliteFile } from '../../database/open.ts';

/** Most orders that are looked at for one reason. */
const MOST_SEEN = 500;
const WEEK_MS = 7 * 86_400_000;

interface RawOrder {
  id: bigint;
  number: string;
  channel: string | null;
  amount: bigint;
  refund_amount: bigint | null;
  currency: string;
  date_placed_ms: bigint;
  taken: bigint;
}

interface RowSums {
  kind: string;
  currency: string;
  currencies: bigint;
  total: Micros;
  date_ms: bigint | null;
  keys: string;
}

type Wanted = { rowIds: number[]; text: string; timeZone: string; limit: number };

/** Orders for matching by hand; see `MatchReader.matchCandidates`. */
export function prepareMatchCandidates(file: SqliteFile): (wanted: Wanted) => MatchCandidate[] {
  const columns = `o.id, o.number, o.channel, o.amount, o.refund_amount, o.currency, o.date_placed_ms,
    EXISTS (SELECT 1 FROM local.matches m JOIN local.statement_rows r ON r.id = m.row_id JOIN local.statements s ON s.id = r.statement_id
      WHERE m.order_id = o.id AND m.state = 'confirmed' AND s.withdrawn_ms IS NULL AND s.kind = :kind) AS taken`;
  const orders = (from: string, where: string) =>
    file
      .prepare<[Record<string, unknown>], RawOrder>(
        `SELECT ${columns} FROM ${from} WHERE o.vanished_ms IS NULL AND ${where} LIMIT ${MOST_SEEN}`,
      )
      .safeIntegers();
  const byNumber = orders('main.orders o INDEXED BY orders_number', 'o.number >= :from AND o.number < :until');
  const byKeys = orders(
    'json_each(:keys) k CROSS JOIN main.orders o INDEXED BY orders_number ON o.number = k.value',
    '1',
  );
  const byAmount = orders(
    'main.orders o INDEXED BY orders_amount',
    'o.amount = :amount AND (:day IS NULL OR o.date_placed_ms BETWEEN :day - 4 * :week AND :day + :week)',
  );
  const byRefund = orders('main.orders o INDEXED BY orders_refund', 'o.sort_refund = :amount');
  const near = orders(
    'main.orders o INDEXED BY orders_amount',
    'o.amount BETWEEN :least AND :most AND o.date_placed_ms BETWEEN :day - :week AND :day + :week',
  );

  function found(rows: RowSums, text: string): RawOrder[] {
    const { kind } = rows;
    if (text !== '') return byNumber.all({ kind, from: text, until: `${text}\u{10ffff}` });
    const amount = rows.total < 0n ? -rows.total : rows.total;
    const values = { kind, amount, day: rows.date_ms, week: WEEK_MS };
    const band = { kind, least: amount - amount / 50n, most: amount + amount / 50n, day: rows.date_ms, week: WEEK_MS };
    return [
      ...byKeys.all({ kind, keys: rows.keys }),
      ...(rows.total < 0n ? byRefund.all({ kind, amount }) : byAmount.all(values)),
      ...(rows.date_ms === null || rows.total < 0n ? [] : near.all(band)),
    ];
  }

  return ({ rowIds, text, timeZone, limit }) => {
    const rows = sumsOf(file, rowIds);
    const byId = new Map(found(rows, text.trim()).map((order) => [order.id, order]));
    const candidates = [...byId.values()].map((order) => rated(order, rows));
    candidates.sort(
      (a, b) =>
        a.rank - b.rank ||
        (a.away < b.away ? -1 : a.away > b.away ? 1 : 0) ||
        a.days - b.days ||
        Number(a.order.id - b.order.id),
    );
    return candidates.slice(0, limit).map(({ order, difference }) => toCandidate(order, difference, timeZone));
  };
}

function sumsOf(file: SqliteFile, rowIds: readonly number[]): RowSums {
  const found = file
    .prepare<
      [string],
      { id: bigint; kind: string; currency: string; amount: bigint; date_ms: bigint | null; order_key: string | null }
    >(
      `SELECT r.id, s.kind, r.currency, r.amount, r.date_ms, r.order_key FROM json_each(?) e JOIN local.statement_rows r ON r.id = e.value
         JOIN local.statements s ON s.id = r.statement_id`,
    )
    .safeIntegers()
    .all(JSON.stringify(rowIds));
  const [first] = found;
  if (first === undefined || found.length !== new Set(rowIds).size) {
    throw new AppError('MATCH_UNKNOWN', 'There is no such row any more. Look at the list again.');
  }
  return {
    kind: first.kind,
    currency: first.currency,
    currencies: BigInt(new Set(found.map(({ currency }) => currency)).size),
    total: found.reduce((sum, { amount }) => sum + amount, 0n),
    date_ms: first.date_ms,
    keys: JSON.stringify(found.flatMap(({ order_key }) => order_key ?? [])),
  };
}

/** Free orders in the rows' currency first, then by how far amount and date are away. */
function rated(order: RawOrder, rows: RowSums) {
  const same = rows.currencies === 1n && rows.currency === order.currency;
  const side = rows.total < 0n ? -(order.refund_amount ?? 0n) : order.amount;
  const difference = same ? rows.total - side : null;
  const away = difference === null ? 0n : difference < 0n ? -difference : difference;
  const days = rows.date_ms === null ? 0 : Math.abs(Number(order.date_placed_ms - rows.date_ms));
  return { order, difference, rank: (same ? 0 : 2) + Number(order.taken), away, days };
}

function toCandidate(order: RawOrder, difference: bigint | null, timeZone: string): MatchCandidate {
  const { currency, refund_amount: refund } = order;
  return {
    id: Number(order.id),
    number: order.number,
    channel: order.channel,
    amount: formatAmount(order.amount, currency),
    refund: refund === null ? null : formatAmount(refund, currency),
    currency,
    day: businessDay(Number(order.date_placed_ms), timeZone),
    difference: difference === null ? null : formatAmount(difference, currency),
    taken: order.taken === 1n,
  };
}
