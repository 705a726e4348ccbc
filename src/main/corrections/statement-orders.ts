import { AppError } from '../../shared/errors.ts';
import type { StatementKind } from '../../shared/statements.ts';
import type { SqliteFile } from '../database/open.ts';

/**
 * Prepares the reading of the orders that a statement of the ERP is about, ascending: those that a row is confirmed to
 * match, and those whose number a row names, where only one order has it and nobody has rejected the two as a match.
 * `local` is the writer's connection to `local.db`, with `cache.db` attached. Orders that have vanished are not among them.
 */
export function prepareStatementOrders(local: SqliteFile): (statement: number) => number[] {
  const kindOf = local.prepare<[number], { kind: StatementKind; withdrawn_ms: number | null }>(
    'SELECT kind, withdrawn_ms FROM main.statements WHERE id = ?',
  );
  const orders = local
    .prepare<[number, number], number>(
      `SELECT m.order_id FROM main.statement_rows r CROSS JOIN main.matches m ON m.row_id = r.id AND m.state = 'confirmed'
         CROSS JOIN cache.orders o ON o.id = m.order_id
       WHERE r.statement_id = ? AND o.vanished_ms IS NULL
       UNION
       SELECT o.id FROM main.statement_rows r CROSS JOIN cache.orders o ON o.number = r.order_key
       WHERE r.statement_id = ? AND r.order_key IS NOT NULL AND o.vanished_ms IS NULL
         AND NOT EXISTS (SELECT 1 FROM cache.orders y WHERE y.number = o.number AND y.id <> o.id AND y.vanished_ms IS NULL)
         AND NOT EXISTS (SELECT 1 FROM main.match_rejections x WHERE x.row_id = r.id AND x.order_id = o.id)
       ORDER BY 1`,
    )
    .pluck();
  return (statement) => {
    const found = kindOf.get(statement);
    if (found === undefined) throw new AppError('STATEMENT_UNKNOWN', `Statement ${statement} does not exist.`);
    if (found.withdrawn_ms !== null) {
      throw new AppError('STATEMENT_STATE', `Statement ${statement} is withdrawn. Restore it, then mark its orders.`);
    }
    if (found.kind !== 'erp') {
      throw new AppError(
        'STATEMENT_STATE',
        `Statement ${statement} is not one of the ERP: only the ERP's own file shows which orders it has.`,
      );
    }
    return orders.all(statement, statement);
  };
}
