import type { StatementKind } from '../../../shared/statements.ts';
import type { SqliteFile } from '../../database/open.ts';

/** A key that rows and orders carry. */
export type PlainKey = 'order' | 'invoice' | 'transaction';

/** The column of a row `r` with the key. */
export const KEY_COLUMNS: Readonly<Record<PlainKey, string>> = {
  order: 'r.order_key',
  invoice: 'r.invoice_key',
  transaction: 'r.transaction_key',
};

/** The index of the rows in the order of the key. */
export const KEY_INDEXES: Readonly<Record<PlainKey, string>> = {
  order: 'statement_rows_order',
  invoice: 'statement_rows_invoice',
  transaction: 'statement_rows_transaction',
};

/** What a rule matches with: a kind of statement, and the run's number. */
export interface RuleRun {
  kind: StatementKind;
  run: number;
}

/** SQL for the rows `r` to match that carry the key. */
export const rowsToDo = (key: PlainKey, kind: StatementKind): string =>
  `temp.todo t CROSS JOIN main.statement_rows r ON r.id = t.row_id WHERE t.kind = '${kind}' AND ${KEY_COLUMNS[key]} IS NOT NULL`;

/** Whether a row to match carries the key. */
export function anyWith(local: SqliteFile, key: PlainKey, kind: StatementKind): boolean {
  return (
    local
      .prepare(`SELECT EXISTS (SELECT 1 FROM ${rowsToDo(key, kind)})`)
      .pluck()
      .get() === 1
  );
}
