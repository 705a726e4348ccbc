import type { StatementField } from '../../../shared/statements.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { AcceptedRow } from '../detect/row-reader.ts';

const SEPARATOR = '\u001f';
const CHUNK = 20_000;

/** A row with what tells it from others; amounts are whole millionths, as numbers or as their text. */
export interface IdentityRow
  extends Pick<AcceptedRow, 'order' | 'invoice' | 'transaction' | 'batch' | 'currency' | 'day'> {
  amount: bigint | string;
  fee: bigint | string | null;
  net: bigint | string | null;
  rate: bigint | string | null;
}

/** What makes two rows of one file the same one: everything but where they stand. */
export function identityOf(row: IdentityRow): string {
  return (
    `${row.order ?? ''}${SEPARATOR}${row.invoice ?? ''}${SEPARATOR}${row.transaction ?? ''}${SEPARATOR}` +
    `${row.batch ?? ''}${SEPARATOR}${row.currency}${SEPARATOR}${row.amount}${SEPARATOR}${row.fee ?? ''}${SEPARATOR}` +
    `${row.net ?? ''}${SEPARATOR}${row.rate ?? ''}${SEPARATOR}${row.day ?? ''}`
  );
}

/** Fields that the files of two statements both have. */
export type CommonFields = ReadonlySet<StatementField>;

/** What a row of another statement must have in common with this one to be the same row. */
export interface SharedIdentity {
  /** Tells which row it is, whatever its amount; null = nothing but all of the row does. */
  key: string | null;
  /** The key together with amount and currency. */
  whole: string;
}

/**
 * What makes rows of two statements the same one, as far as both have the fields: the transaction, else the invoice, with
 * the order; else order, batch and day. Sales and refunds are two rows. The day belongs to the key but for a sale that
 * two numbers name: a payment is refunded several times, and an approval code comes again on another day.
 */
export function sharedIdentity(row: IdentityRow, common: CommonFields): SharedIdentity {
  const amount = `${row.amount}`;
  const isRefund = amount.startsWith('-');
  const of = (field: 'order' | 'invoice' | 'transaction' | 'batch'): string =>
    common.has(field) ? (row[field] ?? '') : '';
  const [order, day] = [of('order'), common.has('date') ? (row.day ?? '') : ''];
  const [name, number] =
    of('transaction') !== ''
      ? (['t', of('transaction')] as const)
      : of('invoice') !== ''
        ? (['i', of('invoice')] as const)
        : (['o', of('batch')] as const);
  if (name === 'o' && order === '') {
    const rest = (['fee', 'net', 'rate'] as const).map((field) => (common.has(field) ? (row[field] ?? '') : ''));
    return { key: null, whole: ['x', number, day, row.currency, amount, ...rest].join(SEPARATOR) };
  }
  const isNamedTwice = name !== 'o' && order !== '' && !isRefund;
  const key = [name, number, order, isRefund ? '-' : '+', isNamedTwice ? '' : day].join(SEPARATOR);
  return { key, whole: [key, row.currency, amount].join(SEPARATOR) };
}

const ROW_SQL = `order_key AS "order", invoice_key AS invoice, transaction_key AS "transaction", batch_key AS batch,
  currency, CAST(amount AS TEXT) AS amount, CAST(fee AS TEXT) AS fee, CAST(net AS TEXT) AS net,
  CAST(rate AS TEXT) AS rate, day, occurrence`;

/** A row of a statement, and the how manieth of its file it is among those that are equal in everything. */
export interface HeldRow extends IdentityRow {
  occurrence: number;
}

/** The rows of a statement, in parts. */
export function* heldRows(local: SqliteFile, statement: number): Generator<HeldRow[], void, void> {
  // Rows of a statement are stored in one go, so their ids lie together.
  const bounds = local
    .prepare<[number], { first: number | null; last: number | null }>(
      'SELECT min(id) AS first, max(id) AS last FROM main.statement_rows WHERE statement_id = ?',
    )
    .get(statement);
  // The plus keeps SQLite from finding and sorting all rows of the statement for every part.
  const part = local.prepare<[number, number, number, number], HeldRow & { id: number }>(
    `SELECT id, ${ROW_SQL} FROM main.statement_rows WHERE id > ? AND id <= ? AND +statement_id = ? ORDER BY id LIMIT ?`,
  );
  for (let after = (bounds?.first ?? 0) - 1; ; ) {
    const rows = part.all(after, bounds?.last ?? 0, statement, CHUNK);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.id ?? after;
  }
}

/** So many rows of one key are looked at. */
const MOST_ALIKE = 1_000;

/** Finds a row that statements, given with what they have in common with it, hold under its key; null = none is found. */
export function createHeldFinder(
  local: SqliteFile,
  commonOf: ReadonlyMap<number, CommonFields>,
): (row: IdentityRow, isWanted: (held: HeldRow, common: CommonFields) => boolean) => HeldRow | null {
  const by = (column: string) =>
    local.prepare<[string], HeldRow & { statement: number }>(
      `SELECT statement_id AS statement, ${ROW_SQL} FROM main.statement_rows WHERE ${column} = ? ORDER BY id LIMIT ${MOST_ALIKE}`,
    );
  const finders = { transaction: by('transaction_key'), invoice: by('invoice_key'), order: by('order_key') };
  return (row, isWanted) => {
    for (const field of ['transaction', 'invoice', 'order'] as const) {
      const value = row[field];
      if (value === null) continue;
      for (const held of finders[field].iterate(value)) {
        const common = commonOf.get(held.statement);
        if (common === undefined || !isWanted(held, common)) continue;
        const { key } = sharedIdentity(row, common);
        if (key !== null && key === sharedIdentity(held, common).key) return held;
      }
    }
    return null;
  };
}
