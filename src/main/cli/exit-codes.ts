import type { ErrorCode } from '../../shared/errors.ts';

/**
 * How a command can end: 0 done, 1 done but something needs a person, 2 usage, 3 sign-in refused, 4 server not
 * reachable, 5 local data.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

export const DONE: ExitCode = 0;
export const NEEDS_PERSON: ExitCode = 1;

/** The exit code of every error. A record, so that a new error code does not compile without one. */
const BY_ERROR: Readonly<Record<ErrorCode, ExitCode>> = {
  CANCELLED: 1,
  USAGE: 2,
  CONNECTION_EXISTS: 2,
  ORDER_UNKNOWN: 2,
  ORDER_VANISHED: 2,
  LINE_UNKNOWN: 2,
  NUMBER_AMBIGUOUS: 2,
  FIELD_NOT_WRITABLE: 2,
  VALUE_INVALID: 2,
  CORRECTION_UNKNOWN: 2,
  CORRECTION_STATE: 2,
  CANCELLATION_OFF: 2,
  BATCH_UNKNOWN: 2,
  BATCH_STATE: 2,
  OWN_BATCH: 2,
  USER_UNKNOWN: 2,
  USER_EXISTS: 2,
  USER_NEEDED: 3,
  PIN_WRONG: 3,
  PIN_PAUSED: 3,
  FILE_REFUSED: 2,
  FINDING_UNKNOWN: 2,
  ENTRY_UNKNOWN: 2,
  UNDO_REFUSED: 2,
  URL_INVALID: 2,
  TOKEN_MISSING: 3,
  SIGN_IN_REFUSED: 3,
  SIGN_IN_CODE_NEEDED: 3,
  SIGN_IN_PAUSED: 3,
  FORBIDDEN: 3,
  NOT_REACHABLE: 4,
  TIMEOUT: 4,
  RATE_LIMITED: 4,
  SERVER_ERROR: 4,
  REDIRECT_REFUSED: 4,
  RESPONSE_TOO_LARGE: 4,
  RESPONSE_INVALID: 4,
  REQUEST_REJECTED: 4,
  NOT_FOUND: 4,
  VANISHED_IN_QUESTION: 1,
  CONNECTION_UNKNOWN: 5,
  DATA_LOCKED: 5,
  DATA_NOT_WRITABLE: 5,
  DATA_FULL: 5,
  DATA_TOO_NEW: 5,
  DATA_DAMAGED: 5,
  FILE_NOT_WRITABLE: 5,
  FILE_NOT_READABLE: 5,
  STATEMENT_UNREADABLE: 2,
  STATEMENT_KNOWN: 2,
  STATEMENT_UNKNOWN: 2,
  STATEMENT_STATE: 2,
  MATCH_UNKNOWN: 2,
  MATCH_STATE: 2,
  STATEMENT_COLUMN_MISSING: 2,
  STATEMENT_COLUMN_UNCLEAR: 2,
  STATEMENT_DECIMAL_UNCLEAR: 2,
  STATEMENT_DATE_UNCLEAR: 2,
  PROFILE_UNKNOWN: 2,
  NODE_TOO_OLD: 5,
  BUSY: 5,
  IPC_REFUSED: 5,
  INTERNAL: 5,
};

/** The exit code for a failure. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return BY_ERROR[code];
}
