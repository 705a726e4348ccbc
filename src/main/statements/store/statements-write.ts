import type { ImportResult, StatementKind, StatementSpec } from '../../../shared/statements.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { AcceptedRow, Rejection } from '../detect/row-reader.ts';

/** What is known of a statement before its rows are stored. */
export interface NewStatement {
  kind: StatementKind;
  fileName: string;
  sha256: string;
  profile: string | null;
  spec: StatementSpec;
  nowMs: number;
}

/** What is known of it afterwards. */
export interface FinishedStatement extends Omit<ImportResult, 'statement' | 'sha256'> {
  fromMs: number | null;
  untilMs: number | null;
  leansOn: readonly number[];
}

/** Statements of `local.db` as the writer stores them. Every call belongs into a transaction of the caller. */
export interface StatementStore {
  begin(statement: NewStatement): number;
  /** Stores a row now or, together with others, at the latest with `flush`. */
  accept(statement: number, row: AcceptedRow, occurrence: number, dateMs: number | null): void;
  flush(): void;
  reject(statement: number, rejection: Rejection): void;
  finish(statement: number, finished: FinishedStatement): void;
}

/** Rows that one statement stores: calling SQLite takes about as long as what it does. */
const ROWS_A_STATEMENT = 24;
const INSERT_ROWS = `INSERT INTO main.statement_rows (statement_id, line, order_key, invoice_key, transaction_key, batch_key,
  currency, amount, fee, net, rate, day, date_ms, damaged, occurrence) VALUES`;
const ROW_VALUES = 15;
const ROW_PLACES = `(${Array(ROW_VALUES).fill('?').join(', ')})`;

/** Fewer rows are stored in a moment anyway. */
const LEAST_TO_REBUILD = 50_000;

/** Prepares the statements; `local` is the writer's connection to `local.db`. */
export function prepareStatementStore(local: SqliteFile): StatementStore {
  const begin = local.prepare(
    `INSERT INTO main.statements (kind, file_name, sha256, profile, spec, rows, accepted, rejected, duplicates, totals,
       imported_ms) VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, '{}', ?)`,
  );
  const acceptOne = local.prepare(`${INSERT_ROWS} ${ROW_PLACES}`);
  const acceptMany = local.prepare(`${INSERT_ROWS} ${Array(ROWS_A_STATEMENT).fill(ROW_PLACES).join(', ')}`);
  let waiting: unknown[] = [];
  const reject = local.prepare(
    `INSERT OR IGNORE INTO main.rejected_rows (statement_id, line, field, code, value, order_key, invoice_key, transaction_key)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const finish = local.prepare(
    `UPDATE main.statements SET rows = ?, accepted = ?, rejected = ?, duplicates = ?, totals = ?, from_day = ?, to_day = ?,
       from_ms = ?, until_ms = ?, leans_on = ? WHERE id = ?`,
  );
  return {
    begin: ({ kind, fileName, sha256, profile, spec, nowMs }) =>
      Number(begin.run(kind, fileName, sha256, profile, JSON.stringify(spec), nowMs).lastInsertRowid),
    accept(statement, row, occurrence, dateMs) {
      waiting.push(
        statement,
        row.line,
        row.order,
        row.invoice,
        row.transaction,
        row.batch,
        row.currency,
        row.amount,
        row.fee,
        row.net,
        row.rate,
        row.day,
        dateMs,
        row.damaged,
        occurrence,
      );
      if (waiting.length < ROWS_A_STATEMENT * ROW_VALUES) return;
      acceptMany.run(waiting);
      waiting = [];
    },
    flush() {
      for (let at = 0; at < waiting.length; at += ROW_VALUES) acceptOne.run(waiting.slice(at, at + ROW_VALUES));
      waiting = [];
    },
    reject: (statement, { line, field, code, value, order, invoice, transaction }) =>
      void reject.run(statement, line, field, code, value, order, invoice, transaction),
    finish(statement, { rows, accepted, rejected, duplicates, totals, from, to, fromMs, untilMs, leansOn }) {
      finish.run(
        rows,
        accepted,
        rejected,
        duplicates,
        JSON.stringify(totals),
        from,
        to,
        fromMs,
        untilMs,
        JSON.stringify(leansOn),
        statement,
      );
    },
  };
}

const ROW_INDEXES = `SELECT name, sql FROM main.sqlite_schema
  WHERE type = 'index' AND tbl_name = 'statement_rows' AND sql IS NOT NULL ORDER BY name`;

/**
 * Takes the indexes of rows away while many are stored and answers how to put them back: making them anew from all rows
 * takes a third of filling them row by row. Both belong into the transaction that stores the rows; going back undoes both.
 */
export function withoutRowIndexes(local: SqliteFile, newRows: number): () => void {
  const held = Number(local.prepare('SELECT ifnull(max(id), 0) FROM main.statement_rows').pluck().get());
  // Every row is indexed anew, so it pays only where most of them are new ones.
  if (newRows < LEAST_TO_REBUILD || held > newRows) return () => undefined;
  const indexes = local.prepare<[], { name: string; sql: string }>(ROW_INDEXES).all();
  for (const { name } of indexes) local.exec(`DROP INDEX main.${name}`);
  return () => {
    for (const { sql } of indexes) local.exec(sql);
  };
}

/** Tells the next run of the checks that statements have changed. */
export function touchStatements(local: SqliteFile, statement: number): void {
  local.prepare("INSERT INTO main.touched (kind, subject) VALUES ('statements', ?)").run(statement);
}
