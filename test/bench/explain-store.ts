import type { SqliteFile } from '../../src/main/database/open.ts';
import { seededRandom } from '../support/random.ts';

const KURUS = 10_000;
/** A tenth of the orders has as many payments and rows as the program looks at, and more. */
const MANY = 60;
const RATES = [1_000_000, 10_000_000, 18_000_000, 20_000_000];
const CHECK = 'statement.amount';

/** A finding of the filled store, and how many lines its order has. */
export interface FilledFinding {
  check: string;
  subject: number;
  lines: number;
}

/** An open store: the cache's file, and the connection's own. */
interface Files {
  cache: SqliteFile;
  local: SqliteFile;
}

/**
 * Fills a store, past every check and rule, with orders of these many lines and a finding each: what an explanation may
 * have to look through. Prices are random or alike, taxed or not; lines have discounts, interest, units and cancellations;
 * payments and matched rows are none, few or many. Of the differences some are sums of the order's parts, some misread
 * amounts, the others random. The same seed gives the same store.
 */
export function fillWithDifferences({ cache, local }: Files, seed: number, sizes: readonly number[]): FilledFinding[] {
  const random = seededRandom(seed);
  const upTo = (most: number): number => Math.floor(random() * most);
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  const put = { ...cacheStatements(cache), ...localStatements(local) };
  let lastLine = 0;
  let lastRow = 0;

  /** The prices of one order: all random, of a few kinds, or the same. */
  function priceOf(style: string): () => number {
    const same = KURUS * (100 + upTo(90_000));
    if (style === 'same') return () => same;
    if (style === 'alike') return () => 1_000_000 * (10 * (1 + upTo(30))) - KURUS;
    return () => KURUS * (1 + upTo(90_000));
  }

  function fillLines(order: number, lines: number): { prices: number[]; parts: number[] } {
    const price = priceOf(pick(['random', 'random', 'alike', 'same']));
    const [rates, reduced, merged, cancelled] = [pick([[], [pick(RATES)], RATES]), upTo(2), upTo(3), upTo(3)];
    const made = Array.from({ length: lines }, () => {
      lastLine += 1;
      const line = { price: price(), discount: reduced * KURUS * upTo(4_000), interest: reduced * KURUS * upTo(900) };
      const quantity = merged === 0 ? 1 + upTo(4) : null;
      const status = cancelled === 0 && upTo(4) === 0 ? '100' : pick(['400', '400', '600']);
      const rate = rates.length === 0 ? null : pick(rates);
      const { discount, interest } = line;
      put.line.run(lastLine, order, `SKU-${lastLine}`, status, line.price, rate, discount, interest, quantity);
      return line;
    });
    return {
      prices: made.map((line) => line.price),
      parts: made.flatMap((line) => [line.price, line.discount, line.interest]),
    };
  }

  function fillPayments(order: number, many: number): number[] {
    put.reading.run(order);
    return Array.from({ length: many }, (_, place): number[] => {
      const amounts = [0, 0, 0].map(() => KURUS * (1 + upTo(20_000)));
      const [refund = 0, item = 0, plan = 0] = amounts;
      put.refund.run(order, place, refund);
      put.item.run(order, place, item);
      put.plan.run(order, place, plan);
      return amounts;
    }).flat();
  }

  function fillRows(order: number, amount: number, many: number): number[] {
    const [spread, statement] = [pick([amount, Math.floor(amount / (many + 1))]), pick([1, 2])];
    return Array.from({ length: many }, (_, place) => {
      lastRow += 1;
      const own = place === 0 ? pick([amount, -amount, spread]) : pick([spread, KURUS * upTo(90_000)]);
      const fee = statement === 2 ? null : KURUS * upTo(2_000);
      put.row.run(lastRow, statement, lastRow, own, fee, pick([null, 38_500_000]));
      put.match.run(lastRow, order, lastRow);
      return own;
    });
  }

  function differenceOf(parts: readonly number[], whole: number): number {
    const way = upTo(8);
    if (way === 0) return KURUS * (1 + upTo(200_000));
    if (way === 1) return 9 * KURUS * (1 + upTo(20_000));
    if (way === 2) return pick([whole * 9, -0.9 * whole, 2 * pick(parts)]);
    if (way === 3) return 10 * upTo(9e8) + 5;
    return Array.from({ length: 1 + upTo(4) }, () => pick([1, -1]) * pick(parts)).reduce((sum, part) => sum + part, 0);
  }

  function fillOrder(order: number, lines: number): FilledFinding {
    const ofOrder = Array.from({ length: 7 }, () => pick([0, KURUS * (1 + upTo(12_000))]));
    const { prices, parts } = fillLines(order, lines);
    const amount = [...prices, ofOrder[0] ?? 0].reduce((sum, part) => sum + part, 0);
    put.order.run(order, `N${order}`, amount, ...ofOrder);
    const many = pick([0, 0, 0, 0, 1, 1, 2, 3, 5, MANY]);
    const payments = fillPayments(order, many);
    const rows = fillRows(order, amount, many);
    const all = [...ofOrder, ...parts, ...payments, ...rows].filter((part) => part !== 0);
    const whole = KURUS * Math.round(amount / KURUS);
    const difference = Math.round(differenceOf(all, whole)) || KURUS;
    const row = many > 0 && upTo(2) === 0 ? lastRow : null;
    put.finding.run(order, order, row, amount + difference, amount, difference);
    return { check: CHECK, subject: order, lines };
  }

  local.prepare(STATEMENTS).run();
  return cache.transaction(() => local.transaction(() => sizes.map((lines, at) => fillOrder(at + 1, lines)))())();
}

/** One that gives fees, and one whose rows are charged by a schedule. */
const STATEMENTS = `INSERT INTO statements (kind, file_name, sha256, spec, rows, accepted, rejected, duplicates, totals, imported_ms)
  VALUES ('gateway', 'a.csv', 'a', '{}', 1, 1, 0, 0, '{}', 0),
    ('gateway', 'b.csv', 'b', '{"fee":{"percent":"2.5","fixed":"0.25"}}', 1, 1, 0, 0, '{}', 0)`;

function cacheStatements(cache: SqliteFile) {
  cache.pragma('foreign_keys = OFF');
  return {
    order: cache.prepare(`INSERT INTO orders (id, number, status, date_placed, date_placed_ms, currency, amount,
        shipping_amount, shipping_interest_amount, discount_amount, installment_interest_amount, refund_amount,
        discount_refund_amount, shipping_refund_amount, sent, line_count, lines_total, mixed_currency, search, content_hash,
        version, seen_pass, read_ms)
      VALUES (?, ?, '400', '2026-01-05T10:00:00Z', 1767607200000, 'try', ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, 0, 0, '', '', 1, 1, 0)`),
    line: cache.prepare(`INSERT INTO lines (id, order_id, sku, status, currency, price, tax_rate, discount_amount,
        installment_interest_amount, quantity, invoice_number, invoice_date, e_archive_url)
      VALUES (?, ?, ?, ?, 'try', ?, ?, ?, ?, ?, 'ABC2026000000001', '2026-01-06T00:00:00Z', 'https://earsiv.example.com/1')`),
    reading: cache.prepare('INSERT INTO payment_readings VALUES (?, 1, 0, 1)'),
    refund:
      cache.prepare(`INSERT INTO transactions (order_id, set_name, id, type, succeeded, amount, created, created_ms)
      VALUES (?, 'transaction_set', ?, 'refund', 1, ?, '', 0)`),
    item: cache.prepare('INSERT INTO discount_items (order_id, id, amount) VALUES (?, ?, ?)'),
    plan: cache.prepare(`INSERT INTO cancellation_plans (order_id, id, type, status, refund_amount)
      VALUES (?, ?, 'refund', 'completed', ?)`),
    finding: cache.prepare(`INSERT INTO findings (check_code, subject, order_id, row_id, currency, expected, actual,
        difference, facts, opened_ms, since_ms, changed_ms, tolerated)
      VALUES ('${CHECK}', ?, ?, ?, 'try', ?, ?, ?, '{}', 0, 0, 0, 0)`),
  };
}

function localStatements(local: SqliteFile) {
  return {
    row: local.prepare(`INSERT INTO statement_rows (id, statement_id, line, currency, amount, fee, rate, occurrence)
      VALUES (?, ?, ?, 'try', ?, ?, ?, 1)`),
    match: local.prepare(`INSERT INTO matches VALUES (?, ?, ?, NULL, 'order_number', 'confirmed', 0)`),
  };
}
