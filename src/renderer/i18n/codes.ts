import type { TFunction } from 'i18next';
import { ERROR_CODES, type ErrorCode } from '../../shared/errors.ts';
import { isKnownStatus } from '../../shared/statuses.ts';

const knownErrors: ReadonlySet<string> = new Set(ERROR_CODES);

/** True for a code that the window has words for; what an older version stored may have others. */
export function isErrorCode(code: string): code is ErrorCode {
  return knownErrors.has(code);
}

/** The name of a status code; a code that the program does not know is shown as it came. */
export function statusText(t: TFunction, code: string): string {
  return isKnownStatus(code) ? t(`status.${code}`) : code;
}

/** What an error means and what to do about it, as one text for a short message. */
export function errorText(t: TFunction, code: ErrorCode): string {
  return `${t(`errors.${code}.what`)} ${t(`errors.${code}.todo`)}`;
}
