import type { PastedRow } from '../../../shared/corrections.ts';
import type { AppError } from '../../../shared/errors.ts';
import { cellOf, type ReadRow } from './cells.ts';
import { isField } from './columns.ts';
import type { FoundTarget } from './find-targets.ts';
import type { PastedTable, TableRow } from './table.ts';

/** What became of a row: read or not, with its targets or the refusal. */
export interface RowOutcome {
  read: ReadRow | null;
  found: readonly FoundTarget[];
  refused: AppError | null;
}

/** Longer cells are no numbers and no values; what is shown of them has an end. */
const LONGEST_NUMBER = 200;
const LONGEST_VALUE = 2_000;

/** A row of a paste as it is answered: what it would set, or what was in its cells and why it cannot. */
export function answerRow(table: PastedTable, row: TableRow, { read, found, refused }: RowOutcome): PastedRow {
  const lines = found.flatMap(({ target }) => target.lineId ?? []);
  const [only] = lines.length === 1 ? lines : [];
  return {
    line: row.line,
    orderNumber: (read?.orderNumber ?? cellOf(table, row, 'order')).slice(0, LONGEST_NUMBER),
    lineId: read?.lineId ?? only ?? null,
    set: refused === null && read !== null ? shownSet(read.set) : cellsOf(table, row),
    lines: lines.length,
    problem: refused === null ? null : problemOf(refused),
  };
}

function shownSet(set: ReadRow['set']): PastedRow['set'] {
  return Object.fromEntries(
    Object.entries(set).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])),
  );
}

/** The cells of the fields as they were pasted. */
function cellsOf(table: PastedTable, row: TableRow): PastedRow['set'] {
  const cells = [...table.columns.keys()]
    .filter(isField)
    .map((field): [string, string] => [field, cellOf(table, row, field).slice(0, LONGEST_VALUE)]);
  return Object.fromEntries(cells.filter(([, text]) => text !== ''));
}

function problemOf({ code, message, details }: AppError): NonNullable<PastedRow['problem']> {
  const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return { code, message, field: textOf(details?.field), reason: textOf(details?.reason) };
}
