import { isWithinLimit } from '../../../shared/money.ts';
import type { DecimalStyle, StatementField } from '../../../shared/statements.ts';
import type { CellKind, SourceRow } from '../reading/source.ts';
import { readLiteral, readUnder, takeApart } from './amounts.ts';
import { readCurrency } from './currencies.ts';
import { type DateOrder, dayUnder, readDate, serialDay } from './dates.ts';
import { keyOfLiteral, lookOf, readKey } from './keys.ts';
import type { Columns } from './layout.ts';

/** A row as it is kept. Amounts are millionths. */
export interface AcceptedRow {
  line: number;
  order: string | null;
  invoice: string | null;
  transaction: string | null;
  batch: string | null;
  currency: string;
  amount: bigint;
  fee: bigint | null;
  net: bigint | null;
  rate: bigint | null;
  day: string | null;
  damaged: KeyField | null;
}

/** Why a row cannot be taken: the field, a code of the window's texts, the cell, and those keys that can be read. */
export interface Rejection {
  line: number;
  field: StatementField | 'row';
  code: string;
  value: string | null;
  order: string | null;
  invoice: string | null;
  transaction: string | null;
}

export type KeyField = 'order' | 'invoice' | 'transaction' | 'batch';
type AmountField = 'amount' | 'refund' | 'fee' | 'net' | 'rate';

/** Everything that is decided about a file before its rows are read. */
export interface RowPlan {
  columns: Columns;
  /** Columns of the table: cells beyond are a sign of a row that is cut wrongly. 0 = unknown. */
  width: number;
  decimal: DecimalStyle;
  dateOrder: DateOrder;
  /** Of rows that name none. */
  currency: string;
  timeZone: string;
  /** Whether a row needs a key of any sort. */
  needsKey: boolean;
  /** Whether a number with zeros after its fifteenth digit was cut; `wholeColumn` = all such numbers of its column are. */
  isCut(field: KeyField, key: string): boolean;
}

const KEY_FIELDS: readonly KeyField[] = ['order', 'invoice', 'transaction', 'batch'];
/** What is kept of a cell that could not be read. */
const SHOWN = 200;

class Refused {
  readonly rejection: Pick<Rejection, 'line' | 'field' | 'code' | 'value'>;
  constructor(rejection: Refused['rejection']) {
    this.rejection = rejection;
  }
}

/** Reads rows of the table by a plan. Answers what is kept, or the first thing that is wrong with the row. */
export function createRowReader(plan: RowPlan): (row: SourceRow) => AcceptedRow | { rejection: Rejection } {
  const { columns, width } = plan;
  const lastMapped = Math.max(...Object.values(columns));
  const days = new Map<string, string | null>();
  const currencies = new Map<string, string | undefined | null>();

  function refuse(row: SourceRow, field: Rejection['field'], code: string): Refused {
    const column = field === 'row' ? undefined : columns[field];
    const value = column === undefined ? null : (row.cells[column] ?? '').slice(0, SHOWN);
    return new Refused({ line: row.line, field, code, value });
  }

  function cellOf(row: SourceRow, field: StatementField): { text: string; kind: CellKind } {
    const column = columns[field];
    if (column === undefined) return { text: '', kind: 'text' };
    const kind = row.kinds === null ? 'text' : (row.kinds[column] ?? 'text');
    if (kind === 'formula' || kind === 'fault') throw refuse(row, field, kind);
    return { text: row.cells[column] ?? '', kind };
  }

  function amountOf(row: SourceRow, field: AmountField): { micros: bigint | null; currency: string | null } {
    if (columns[field] === undefined) return NO_AMOUNT;
    const { text, kind } = cellOf(row, field);
    const trimmed = text.trim();
    if (trimmed === '') return NO_AMOUNT;
    if (kind === 'number') return { micros: checked(row, field, readLiteral(trimmed)), currency: null };
    if (trimmed.startsWith('=')) throw refuse(row, field, 'formula');
    const apart = kind === 'date' ? null : takeApart(trimmed);
    if (apart === null) throw refuse(row, field, 'not-an-amount');
    return { micros: checked(row, field, readUnder(plan.decimal, apart)), currency: apart.currency };
  }

  function checked(row: SourceRow, field: AmountField, value: bigint | string): bigint {
    if (typeof value === 'string') throw refuse(row, field, value);
    if (!isWithinLimit(value)) throw refuse(row, field, 'too-large');
    return value;
  }

  /** Programs write 0 where there is no rate; one below 0 means nothing, and the row is not taken without it. */
  function rateOf(row: SourceRow): bigint | null {
    const { micros } = amountOf(row, 'rate');
    if (micros !== null && micros < 0n) throw refuse(row, 'rate', 'not-a-rate');
    return micros === 0n ? null : micros;
  }

  function keyOf(row: SourceRow, field: KeyField): string | null {
    if (columns[field] === undefined) return null;
    const { text, kind } = cellOf(row, field);
    if (kind === 'number') return keyOfLiteral(text);
    const read = readKey(text);
    if ('problem' in read) throw refuse(row, field, read.problem);
    return read.key;
  }

  /** The key of a row that is refused for whatever reason; null where it cannot be read either. */
  function keyAnyway(row: SourceRow, field: KeyField): string | null {
    try {
      return keyOf(row, field);
    } catch (thrown) {
      if (thrown instanceof Refused) return null;
      throw thrown;
    }
  }

  function dayOf(row: SourceRow): string | null {
    const { text, kind } = cellOf(row, 'date');
    const trimmed = text.trim();
    if (trimmed === '') return null;
    const known = days.get(trimmed);
    if (known !== undefined) {
      if (known === null) throw refuse(row, 'date', 'not-a-date');
      return known;
    }
    const reading = readDate(kind === 'number' ? serialText(trimmed) : trimmed, plan.timeZone);
    const day = dayUnder(plan.dateOrder, reading);
    // With times every text is its own; the memory of them stays small.
    if (days.size < 10_000) days.set(trimmed, day);
    if (day === null) throw refuse(row, 'date', 'not-a-date');
    return day;
  }

  function currencyOf(row: SourceRow, named: string | null): string {
    const own = currencyNamed(cellOf(row, 'currency').text);
    if (own === null || (own !== undefined && named !== null && own !== named))
      throw refuse(row, 'currency', 'currency');
    return own ?? named ?? plan.currency;
  }

  /** Files name few currencies, and every row names one. */
  function currencyNamed(text: string): string | undefined | null {
    if (currencies.has(text)) return currencies.get(text);
    const named = readCurrency(text);
    if (currencies.size < 100) currencies.set(text, named);
    return named;
  }

  function damagedOf(keys: Record<KeyField, string | null>): KeyField | null {
    for (const field of KEY_FIELDS) {
      const key = keys[field];
      if (key === null) continue;
      const look = lookOf(key);
      if (look === 'cut' || (look === 'zeros' && plan.isCut(field, key))) return field;
    }
    return null;
  }

  function accept(row: SourceRow): AcceptedRow {
    assertWidth(row);
    const amount = amountOf(row, 'amount');
    const refund = amountOf(row, 'refund');
    if (amount.micros === null && refund.micros === null) {
      throw refuse(row, columns.amount === undefined ? 'refund' : 'amount', 'empty');
    }
    if (amount.currency !== null && refund.currency !== null && amount.currency !== refund.currency) {
      throw refuse(row, 'refund', 'currency');
    }
    const keys = {
      order: keyOf(row, 'order'),
      invoice: keyOf(row, 'invoice'),
      transaction: keyOf(row, 'transaction'),
      batch: keyOf(row, 'batch'),
    };
    if (plan.needsKey && KEY_FIELDS.every((field) => keys[field] === null)) {
      throw refuse(row, KEY_FIELDS.find((field) => columns[field] !== undefined) ?? 'row', 'key-missing');
    }
    const back = refund.micros === null ? 0n : refund.micros < 0n ? -refund.micros : refund.micros;
    return {
      line: row.line,
      ...keys,
      currency: currencyOf(row, amount.currency ?? refund.currency),
      amount: checked(row, 'refund', (amount.micros ?? 0n) - back),
      fee: amountOf(row, 'fee').micros,
      net: amountOf(row, 'net').micros,
      rate: rateOf(row),
      day: dayOf(row),
      damaged: damagedOf(keys),
    };
  }

  /** A cell too many, or too few, is an amount with an unquoted decimal comma, or a line end inside a cell. */
  function assertWidth(row: SourceRow): void {
    if (row.kinds !== null) return;
    const { cells } = row;
    if (cells.length <= lastMapped) throw refuse(row, 'row', 'cells-missing');
    for (let at = width; width > 0 && at < cells.length; at += 1) {
      if ((cells[at] ?? '').trim() !== '') throw refuse(row, 'row', 'cells-extra');
    }
  }

  return (row) => {
    try {
      return accept(row);
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      const keys = {
        order: keyAnyway(row, 'order'),
        invoice: keyAnyway(row, 'invoice'),
        transaction: keyAnyway(row, 'transaction'),
      };
      return { rejection: { ...thrown.rejection, ...keys } };
    }
  };
}

const NO_AMOUNT = { micros: null, currency: null } as const;

/** A workbook's number without a date format, in a column of dates. */
function serialText(literal: string): string {
  const serial = /^\d{5}(?:\.\d+)?$/.test(literal) ? Number(literal.slice(0, 5)) : null;
  return serial === null ? literal : serialDay(serial);
}
