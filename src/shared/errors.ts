/** The one list of error codes. A code is stable: the window translates it and the command line maps it to an exit code. */
export const ERROR_CODES = [
  'USAGE',
  'CONNECTION_UNKNOWN',
  'CONNECTION_EXISTS',
  'ORDER_UNKNOWN',
  'ORDER_VANISHED',
  'LINE_UNKNOWN',
  'NUMBER_AMBIGUOUS',
  'FIELD_NOT_WRITABLE',
  'VALUE_INVALID',
  'CORRECTION_UNKNOWN',
  'CORRECTION_STATE',
  'CANCELLATION_OFF',
  'BATCH_UNKNOWN',
  'BATCH_STATE',
  'OWN_BATCH',
  'USER_UNKNOWN',
  'USER_EXISTS',
  'USER_NEEDED',
  'PIN_WRONG',
  'PIN_PAUSED',
  'FILE_REFUSED',
  'FINDING_UNKNOWN',
  'ENTRY_UNKNOWN',
  'UNDO_REFUSED',
  'URL_INVALID',
  'TOKEN_MISSING',
  'SIGN_IN_REFUSED',
  'SIGN_IN_CODE_NEEDED',
  'SIGN_IN_PAUSED',
  'FORBIDDEN',
  'NOT_REACHABLE',
  'TIMEOUT',
  'RATE_LIMITED',
  'SERVER_ERROR',
  'REDIRECT_REFUSED',
  'RESPONSE_TOO_LARGE',
  'RESPONSE_INVALID',
  'REQUEST_REJECTED',
  'NOT_FOUND',
  'VANISHED_IN_QUESTION',
  'DATA_LOCKED',
  'DATA_NOT_WRITABLE',
  'DATA_FULL',
  'DATA_TOO_NEW',
  'DATA_DAMAGED',
  'FILE_NOT_WRITABLE',
  'FILE_NOT_READABLE',
  'STATEMENT_UNREADABLE',
  'STATEMENT_KNOWN',
  'STATEMENT_UNKNOWN',
  'STATEMENT_STATE',
  'STATEMENT_COLUMN_MISSING',
  'STATEMENT_COLUMN_UNCLEAR',
  'STATEMENT_DECIMAL_UNCLEAR',
  'STATEMENT_DATE_UNCLEAR',
  'PROFILE_UNKNOWN',
  'MATCH_UNKNOWN',
  'MATCH_STATE',
  'NODE_TOO_OLD',
  'BUSY',
  'CANCELLED',
  'IPC_REFUSED',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What an error looks like once it crosses a thread, IPC or the command line. `details` never holds personal data. */
export interface ErrorShape {
  code: ErrorCode;
  /** One English sentence that says what happened and what to do. */
  message: string;
  /** True when the same call may succeed later without anything being changed. */
  retryable: boolean;
  details?: Record<string, unknown>;
}

/** Every error this program raises on purpose. Anything else that is thrown is a defect and becomes `INTERNAL`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: Record<string, unknown> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { retryable?: boolean; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details;
  }
}

/** Turns anything thrown into the shape that may leave the process. Unknown errors keep their message, not their stack. */
export function toErrorShape(thrown: unknown): ErrorShape {
  if (thrown instanceof AppError) {
    const shape: ErrorShape = { code: thrown.code, message: thrown.message, retryable: thrown.retryable };
    if (thrown.details !== undefined) shape.details = thrown.details;
    return shape;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'INTERNAL', message: `Unexpected error: ${message}`, retryable: false };
}

/** The reverse of {@link toErrorShape}, for the receiving side of a thread boundary. */
export function fromErrorShape(shape: ErrorShape): AppError {
  const options: { retryable: boolean; details?: Record<string, unknown> } = { retryable: shape.retryable };
  if (shape.details !== undefined) options.details = shape.details;
  return new AppError(shape.code, shape.message, options);
}
