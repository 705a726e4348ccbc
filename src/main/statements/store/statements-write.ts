import type { ImportResult, StatementField, StatementKind, StatementSpec } from '../../../shared/statements.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { Columns } from '../detect/layout.ts';
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
/** Columns of a row that are NULL in all of a file which has no such field. */
const FIELD_COLUMNS = [
  ['order', 'order_key'],
  ['invoice', 'invoice_key'],
  ['transaction', 'transaction_key'],
  ['batch', 'batch_key'],
  ['fee', 'fee'],
  ['net', 'net'],
  ['rate', 'rate'],
] as const satisfies readonly (readonly [keyof AcceptedRow & StatementField, string])[];
const OTHER_COLUMNS = [
  'statement_id',
  'line',
  'currency',
  'amount',
  'day',
  'date_ms',
  'damaged',
  'occurrence',
] as const;

/** Fewer rows are stored in a moment anyway. */
const LEAST_TO_REBUILD = 50_000;

/**
 * Prepares the statements; `local` is the writer's connection to `local.db`, `given` the columns of the file. What is not
 * given is NULL in every row, and is not passed to SQLite a million times.
 */
export function prepareStatementStore(local: SqliteFile, given: Columns): StatementStore {
  const fields = FIELD_COLUMNS.filter(([field]) => given[field] !== undefined);
  const names = [...OTHER_COLUMNS, ...fields.map(([, column]) => column)];
  const keys = fields.map(([field]) => field);
  const places = `(${names.map(() => '?').join(', ')})`;
  const insertOf = (rows: number): string =>
    `INSERT INTO main.statement_rows (${names.join(', ')}) VALUES ${Array(rows).fill(places).join(', ')}`;
  const begin = local.prepare(
    `INSERT INTO main.statements (kind, file_name, sha256, profile, spec, rows, accepted, rejected, duplicates, totals,
       imported_ms) VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, '{}', ?)`,
  );
  const acceptOne = local.prepare(insertOf(1));
  const acceptMany = local.prepare(insertOf(ROWS_A_STATEMENT));
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
      waiting.push(statement, row.line, row.currency, row.amount, row.day, dateMs, row.damaged, occurrence);
      for (const key of keys) waiting.push(row[key]);
      if (waiting.length < ROWS_A_STATEMENT * names.length) return;
      acceptMany.run(waiting);
      waiting = [];
    },
    flush() {
      for (let at = 0; at < waiting.length; at += names.length) acceptOne.run(waiting.slice(at, at + names.length));
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
