import type { StatementKind } from '../../shared/statements.ts';

/** From an order `o` to the rejected rows `j` that name it: by its number, an invoice or a transaction. */
const WAYS = [
  'local.rejected_rows j WHERE j.order_key = o.number',
  'invoice_uses u CROSS JOIN local.rejected_rows j WHERE u.order_id = o.id AND j.invoice_key = u.number',
  'main.transactions x CROSS JOIN local.rejected_rows j WHERE x.order_id = o.id AND x.succeeded = 1 AND j.transaction_key = x.reference',
] as const;

/**
 * Over an order `o`: a row that was rejected on import names it. What the row amounts to, or of which day it is, could not
 * be read; but the file does have it, so that it is not absent. Of statements in force of a kind.
 */
export function namedByRejected(kind: StatementKind): string {
  const inForce = `local.statements WHERE withdrawn_ms IS NULL AND kind = '${kind}' AND rejected > 0`;
  // Mostly no row was rejected, and then no order is looked at.
  const any = `(SELECT count(*) > 0 FROM ${inForce})`;
  const ways = WAYS.map((way) => `EXISTS (SELECT 1 FROM ${way} AND j.statement_id IN (SELECT id FROM ${inForce}))`);
  return `(${any} AND (${ways.join(' OR ')}))`;
}

/** SQL for `statement_id, line` of the rejected rows that name an order. @param order SQL for its id */
export function rejectedNaming(order: string): string {
  return WAYS.map(
    (way) => `SELECT j.statement_id, j.line FROM main.orders o CROSS JOIN ${way} AND o.id = ${order}`,
  ).join(' UNION ');
}

/** The same from the side of the rows, for all of them: `statement_id, line, order_id`; of orders that Omnitron has. */
export const REJECTED_WITH_ORDERS = `SELECT j.statement_id, j.line, o.id AS order_id
    FROM local.rejected_rows j CROSS JOIN main.orders o ON o.number = j.order_key WHERE o.vanished_ms IS NULL
  UNION SELECT j.statement_id, j.line, o.id FROM local.rejected_rows j CROSS JOIN invoice_uses u ON u.number = j.invoice_key
    CROSS JOIN main.orders o ON o.id = u.order_id WHERE o.vanished_ms IS NULL
  UNION SELECT j.statement_id, j.line, o.id FROM local.rejected_rows j
    CROSS JOIN main.transactions x ON x.reference = j.transaction_key AND x.succeeded = 1
    CROSS JOIN main.orders o ON o.id = x.order_id WHERE o.vanished_ms IS NULL`;
