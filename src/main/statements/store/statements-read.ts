import { AppError } from '../../../shared/errors.ts';
import { formatMicrosText } from '../../../shared/money.ts';
import type {
  RejectedOfOrder,
  RejectedRow,
  StatementField,
  StatementKind,
  StatementLine,
  StatementLineFilter,
  StatementRow,
} from '../../../shared/statements.ts';
import { statementField, statementLine, statementSpec, statementTotals } from '../../../shared/statements.ts';
import type { SqliteFile } from '../../database/open.ts';
import { rejectedNaming } from '../../reconcile/rejected-rows.ts';

/** The name under which a connection has `local.db`. */
export type Place = 'main' | 'local';

interface RawStatement {
  id: number;
  kind: StatementKind;
  file_name: string;
  sha256: string;
  profile: string | null;
  rows: number;
  accepted: number;
  rejected: number;
  duplicates: number;
  totals: string;
  from_day: string | null;
  to_day: string | null;
  spec: string;
  leans_on: string;
  imported_ms: number;
  withdrawn_ms: number | null;
}

/** A statement together with those that it leans on, and the fields that its file has. */
export interface HeldStatement {
  row: StatementRow;
  leansOn: number[];
  fields: ReadonlySet<StatementField>;
}

/** A part of a list. */
export interface Part {
  offset: number;
  limit: number;
}

/** The most rows of one part. */
const MOST = 5_000;
/** The most rejected rows that an order shows. */
const MOST_OF_ORDER = 50;
/** A rejected row `j` as it is told. */
const REJECTED = `j.line, j.field, j.code, j.value, j.order_key AS "order", j.invoice_key AS invoice,
  j.transaction_key AS "transaction"`;

function toHeld(raw: RawStatement): HeldStatement {
  const { id, file_name: fileName, from_day: from, to_day: to, imported_ms, withdrawn_ms, leans_on, ...rest } = raw;
  const { columns } = statementSpec.parse(JSON.parse(rest.spec));
  return {
    row: {
      statement: id,
      kind: rest.kind,
      fileName,
      profile: rest.profile,
      rows: rest.rows,
      accepted: rest.accepted,
      rejected: rest.rejected,
      duplicates: rest.duplicates,
      totals: statementTotals.parse(JSON.parse(rest.totals)),
      from,
      to,
      sha256: rest.sha256,
      importedAt: new Date(imported_ms).toISOString(),
      withdrawnAt: withdrawn_ms === null ? null : new Date(withdrawn_ms).toISOString(),
    },
    leansOn: JSON.parse(leans_on) as number[],
    fields: new Set(statementField.options.filter((field) => columns[field] !== undefined)),
  };
}

/** @throws AppError STATEMENT_UNKNOWN */
export function readStatement(file: SqliteFile, place: Place, id: number): HeldStatement {
  const raw = file.prepare<[number], RawStatement>(`SELECT * FROM ${place}.statements WHERE id = ?`).get(id);
  if (raw === undefined)
    throw new AppError('STATEMENT_UNKNOWN', `There is no statement ${id}. List them with: statements`);
  return toHeld(raw);
}

/** Statements in force, by kind or all, the oldest first. */
export function statementsInForce(local: SqliteFile, kind: StatementKind): HeldStatement[] {
  return local
    .prepare<[string], RawStatement>(
      'SELECT * FROM main.statements WHERE kind = ? AND withdrawn_ms IS NULL ORDER BY id',
    )
    .all(kind)
    .map(toHeld);
}

/** The statement in force that was made from a file with this hash; null = none. */
export function statementOfFile(local: SqliteFile, sha256: string): HeldStatement | null {
  const raw = local
    .prepare<[string], RawStatement>(
      'SELECT * FROM main.statements WHERE sha256 = ? AND withdrawn_ms IS NULL ORDER BY id LIMIT 1',
    )
    .get(sha256);
  return raw === undefined ? null : toHeld(raw);
}

/** Statements, the newest first. */
export function listStatements(file: SqliteFile, place: Place, { offset, limit }: Part) {
  const total = Number(file.prepare(`SELECT count(*) FROM ${place}.statements`).pluck().get());
  const rows = file
    .prepare<[number, number], RawStatement>(`SELECT * FROM ${place}.statements ORDER BY id DESC LIMIT ? OFFSET ?`)
    .all(Math.min(limit, MOST), offset)
    .map((raw) => toHeld(raw).row);
  return { total, offset, rows };
}

interface RawLine extends Omit<StatementLine, 'damaged'> {
  damaged: string | null;
}

/** Rows of a statement by line. @throws AppError STATEMENT_UNKNOWN */
export function listLines(
  file: SqliteFile,
  place: Place,
  { statement, filter, offset, limit }: { statement: number; filter: StatementLineFilter } & Part,
): { total: number; offset: number; rows: StatementLine[] } {
  readStatement(file, place, statement);
  const { sql, values } = condition(statement, filter);
  const total = Number(
    file
      .prepare<unknown[]>(`SELECT count(*) FROM ${place}.statement_rows r WHERE ${sql}`)
      .pluck()
      .get(...values),
  );
  const rows = file
    .prepare<unknown[], RawLine>(
      `SELECT id, statement_id AS statement, line, order_key AS "order", invoice_key AS invoice,
         transaction_key AS "transaction", batch_key AS batch, day, currency, CAST(amount AS TEXT) AS amount,
         CAST(fee AS TEXT) AS fee, CAST(net AS TEXT) AS net, CAST(rate AS TEXT) AS rate, damaged, occurrence
       FROM ${place}.statement_rows r WHERE ${sql} ORDER BY line, id LIMIT ? OFFSET ?`,
    )
    .all(...values, Math.min(limit, MOST), offset)
    .map((raw) =>
      statementLine.parse({
        ...raw,
        amount: formatMicrosText(raw.amount, raw.currency),
        fee: formatMicrosText(raw.fee, raw.currency),
        net: formatMicrosText(raw.net, raw.currency),
        rate: formatMicrosText(raw.rate, raw.currency),
      }),
    );
  return { total, offset, rows };
}

function condition(statement: number, { text, damaged, currency }: StatementLineFilter) {
  const parts = ['statement_id = ?'];
  const values: unknown[] = [statement];
  if (text !== '') {
    const keys = ['order_key', 'invoice_key', 'transaction_key', 'batch_key'];
    parts.push(`(${keys.map((key) => `instr(${key}, ?) > 0`).join(' OR ')})`);
    values.push(...keys.map(() => text));
  }
  if (damaged) parts.push('damaged IS NOT NULL');
  if (currency !== null) {
    parts.push('currency = ?');
    values.push(currency);
  }
  return { sql: parts.join(' AND '), values };
}

/** Rejected rows of a statement by line. @throws AppError STATEMENT_UNKNOWN */
export function listRejected(
  file: SqliteFile,
  place: Place,
  { statement, offset, limit }: { statement: number } & Part,
): { total: number; offset: number; rows: RejectedRow[] } {
  const { rejected } = readStatement(file, place, statement).row;
  const rows = file
    .prepare<[number, number, number], RejectedRow>(
      `SELECT ${REJECTED} FROM ${place}.rejected_rows j WHERE j.statement_id = ? ORDER BY j.line LIMIT ? OFFSET ?`,
    )
    .all(statement, Math.min(limit, MOST), offset);
  return { total: rejected, offset, rows };
}

/**
 * Rejected rows of statements in force that name an order by its number, an invoice or a transaction. `file` is `cache.db`
 * with `local.db` attached as `local`.
 */
export function listRejectedOfOrder(file: SqliteFile, id: number): RejectedOfOrder[] {
  return file
    .prepare<[{ id: number }], RejectedOfOrder>(
      `SELECT DISTINCT s.id AS statement, s.kind, s.file_name AS fileName, ${REJECTED}
       FROM (${rejectedNaming(':id')}) n CROSS JOIN local.rejected_rows j ON j.statement_id = n.statement_id AND j.line = n.line
         JOIN local.statements s ON s.id = j.statement_id AND s.withdrawn_ms IS NULL
       ORDER BY s.id DESC, j.line LIMIT ${MOST_OF_ORDER}`,
    )
    .all({ id });
}
