import type { TFunction } from 'i18next';
import { ERROR_CODES, type ErrorCode } from '../../shared/errors.ts';
import { STATUS_NAMES } from '../../shared/statuses.ts';
import type { en } from './en.ts';

type StatusKey = keyof (typeof en)['status'];

function isKnownStatus(code: string): code is StatusKey {
  return Object.hasOwn(STATUS_NAMES, code);
}

const knownErrors: ReadonlySet<string> = new Set(ERROR_CODES);

/** True for a code that the window has words for; what an older version stored may have others. */
export function isErrorCode(code: string): code is ErrorCode {
  return knownErrors.has(code);
}

/** The name of a status code; a code that the program does not know is shown as it came. */
export function statusText(t: TFunction, code: string): string {
  return isKnownStatus(code) ? t(`status.${code}`) : code;
}
