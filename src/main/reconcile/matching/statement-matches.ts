import type { StatementMatches } from '../../../shared/matches.ts';
import { formatAmount } from '../../../shared/money.ts';
import { exactSum, sumSql } from '../../database/exact-sum.ts';
import type { SqliteFile } from '../../database/open.ts';
import { prepareGroupSums, sharedParts } from '../group-sums.ts';
import { fillSharedRows, orderSums, SEVERAL_NOTED } from '../order-sums.ts';
import { REJECTED_WITH_ORDERS } from '../rejected-rows.ts';

const ROWS = 'local.statement_rows r JOIN local.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL';

type Add = (statement: number, currency: string, difference: bigint) => void;

/**
 * Rows by state and what the confirmed ones differ by from their orders, of each statement in force. An order's rows may
 * stand in several statements of a kind: its difference counts once, at the one with its first row, so that the statements
 * of a kind sum up to the differences that the checks find.
 */
export function readStatementMatches(file: SqliteFile): StatementMatches[] {
  const found = new Map<number, StatementMatches>();
  const sums = new Map<number, Map<string, bigint>>();
  const statements = file
    .prepare<[], { id: number; kind: string; rejected: number }>(
      'SELECT id, kind, rejected FROM local.statements WHERE withdrawn_ms IS NULL ORDER BY id',
    )
    .all();
  for (const { id, rejected } of statements) {
    const states = { confirmed: 0, suggested: 0, ambiguous: 0, unmatched: 0 };
    found.set(id, { statement: id, ...states, rejected, rejectedOrders: 0, difference: {} });
    sums.set(id, new Map());
  }
  countRows(file, found);
  countRejectedOrders(file, found);
  const add: Add = (statement, currency, difference) => {
    const of = sums.get(statement);
    of?.set(currency, (of.get(currency) ?? 0n) + difference);
  };
  fillSharedRows(file, { all: true });
  for (const kind of new Set(statements.map((each) => each.kind))) sumOrders(file, kind, add);
  sumShared(file, add);
  return [...found.values()].map((each) => ({ ...each, difference: inOrder(sums.get(each.statement)) }));
}

function countRows(file: SqliteFile, found: Map<number, StatementMatches>): void {
  const rows = file
    .prepare<[], [number, 'confirmed' | 'suggested' | 'ambiguous' | 'unmatched', number]>(
      `SELECT r.statement_id, ifnull((SELECT m.state FROM local.matches m WHERE m.row_id = r.id LIMIT 1), 'unmatched'), count(*)
       FROM ${ROWS} GROUP BY 1, 2`,
    )
    .raw()
    .all();
  for (const [statement, state, count] of rows) {
    const entry = found.get(statement);
    if (entry !== undefined) entry[state] = count;
  }
}

function countRejectedOrders(file: SqliteFile, found: Map<number, StatementMatches>): void {
  const counts = file
    .prepare<[], [number, number]>(
      `SELECT statement_id, count(DISTINCT order_id) FROM (${REJECTED_WITH_ORDERS}) GROUP BY statement_id`,
    )
    .raw();
  for (const [statement, count] of counts.iterate()) {
    const entry = found.get(statement);
    if (entry !== undefined) entry.rejectedOrders = count;
  }
}

/** Orders whose rows are their own, in one walk in the order of the orders. */
function sumOrders(file: SqliteFile, kind: string, add: Add): void {
  const sums = orderSums(`'${kind}'`, 'local.matches m INDEXED BY matches_order', SEVERAL_NOTED);
  const rows = file
    .prepare<[], { statement: number; currency: string; sales: string | null; refunds: string | null }>(
      `SELECT r.statement_id AS statement, x.currency, ${sumSql('x.sale_off')} AS sales, ${sumSql('x.refund_off')} AS refunds
       FROM (${sums}) x CROSS JOIN local.statement_rows r ON r.id = x.first_row GROUP BY 1, 2`,
    )
    .all();
  for (const { statement, currency, sales, refunds } of rows) {
    if (sales === null && refunds === null) continue;
    add(statement, currency, (exactSum(sales) ?? 0n) + (exactSum(refunds) ?? 0n));
  }
}

/** Matches with several orders and batches are few, and each is summed by itself. */
function sumShared(file: SqliteFile, add: Add): void {
  const sumOf = prepareGroupSums(file);
  const statementOf = file
    .prepare<[bigint], number>('SELECT statement_id FROM local.statement_rows WHERE id = ?')
    .pluck();
  for (const part of sharedParts(file)) {
    const sum = sumOf(part);
    if (sum === undefined || sum.order === null || sum.received === null || sum.due === null) continue;
    const statement = statementOf.get(sum.first);
    if (statement !== undefined) add(statement, sum.currency, sum.received - sum.due);
  }
}

function inOrder(sums: Map<string, bigint> | undefined): Record<string, string> {
  const entries = [...(sums ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([currency, sum]) => [currency, formatAmount(sum, currency)]));
}
