import { AppError } from '../../../shared/errors.ts';

/** The refusal of a file that is no statement, in one sentence. */
export function unreadable(message: string, details: Record<string, unknown> = {}): AppError {
  return new AppError('STATEMENT_UNREADABLE', message, { details });
}

/** The refusal of a row with more columns than any statement has. */
export function tooManyColumns(line: number, columns: number, most: number): AppError {
  return unreadable(
    `Line ${line} has ${columns} columns; at most ${most} are read. Check that this is a statement, and its delimiter.`,
    { line },
  );
}
