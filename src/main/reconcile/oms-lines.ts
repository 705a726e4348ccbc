import { besideOmsLines } from '../../shared/oms.ts';
import type { SqliteFile } from '../database/open.ts';
import { READ_SINCE } from './oms-sql.ts';

/** A line of either side as the SQL below hands it over; its price in millionths, as text. */
interface ComparedLine {
  id: number;
  omnitronId: number | null;
  sku: string;
  currency: string;
  price: string;
}

const linesAsJson = (table: string, condition: string, omnitronId: string): string => `(SELECT json_group_array(
  json_object('id', k.id, 'omnitronId', ${omnitronId}, 'sku', k.sku, 'currency', k.currency, 'price', CAST(k.price AS TEXT))
  ORDER BY k.id) FROM ${table} k WHERE ${condition})`;

/**
 * SQL for the orders whose lines may differ from those of OMS, with what `oms_line_differences` says of them as `found`.
 * Where each line of one side names one of the other with the same price, nothing can differ.
 */
export const LINES_BESIDE_OMS = `SELECT o.id AS order_id, o.currency, oms_line_differences(
    ${linesAsJson('lines', 'k.order_id = o.id', 'NULL')},
    ${linesAsJson('oms_lines', 'k.order_id = p.oms_id', 'k.omnitron_id')}) AS found
  FROM oms_pairs p JOIN HELD o ON o.id = p.order_id JOIN oms_orders m ON m.id = p.oms_id
  WHERE ((SELECT count(*) || ' ' || count(DISTINCT k.omnitron_id) FROM oms_lines k WHERE k.order_id = p.oms_id)
      <> o.line_count || ' ' || o.line_count
    OR EXISTS (SELECT 1 FROM oms_lines k LEFT JOIN lines l ON l.id = k.omnitron_id AND l.order_id = o.id
      WHERE k.order_id = p.oms_id AND (l.id IS NULL OR (l.price, l.currency) IS NOT (k.price, k.currency))))
    AND ${READ_SINCE}`;

const KNOWING = new WeakSet<SqliteFile>();

/** Adds the function `oms_line_differences` to a connection: which line is which is said in one place, `besideOmsLines`. */
export function addLineComparison(file: SqliteFile): void {
  // Once only: adding it again would make SQLite prepare every statement anew.
  if (KNOWING.has(file)) return;
  KNOWING.add(file);
  file.function('oms_line_differences', { deterministic: true }, (ours, theirs) =>
    JSON.stringify(compareLines(parse(ours), parse(theirs))),
  );
}

function parse(json: unknown): ComparedLine[] {
  return JSON.parse(String(json)) as ComparedLine[];
}

/**
 * What differs, as the checks' facts: lines with another price, with the sums of both sides where they have one currency;
 * lines that one side has not.
 */
function compareLines(ours: readonly ComparedLine[], theirs: readonly ComparedLine[]): Record<string, unknown> {
  const pairs = besideOmsLines(ours, theirs);
  const priced = pairs.flatMap(({ omnitron, oms }) => {
    if (omnitron === null || oms === null) return [];
    return omnitron.currency === oms.currency && omnitron.price === oms.price ? [] : [{ omnitron, oms }];
  });
  const currencies = new Set(priced.flatMap(({ omnitron, oms }) => [omnitron.currency, oms.currency]));
  const sum = (prices: string[]): string => `${prices.reduce((total, price) => total + BigInt(price), 0n)}`;
  return {
    prices: priced.map(({ omnitron }) => omnitron.id),
    currency: currencies.size === 1 ? [...currencies][0] : null,
    ours: sum(priced.map(({ omnitron }) => omnitron.price)),
    theirs: sum(priced.map(({ oms }) => oms.price)),
    count: ours.length,
    omsCount: theirs.length,
    onlyOmnitron: pairs.flatMap(({ omnitron, oms }) => (omnitron !== null && oms === null ? [omnitron.id] : [])),
    onlyOms: pairs.flatMap(({ omnitron, oms }) => (omnitron === null && oms !== null ? [oms.sku] : [])),
  };
}
