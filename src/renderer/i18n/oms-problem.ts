import type { TFunction } from 'i18next';

const REFUSED = ['SIGN_IN_REFUSED', 'TOKEN_MISSING', 'FORBIDDEN'];
const AWAY = ['NOT_REACHABLE', 'TIMEOUT', 'RATE_LIMITED', 'SERVER_ERROR'];

/** Why OMS could not be read and what to do. The texts of error codes speak of Omnitron. */
export function omsProblemText(t: TFunction, code: string): string {
  if (REFUSED.includes(code)) return t('omsProblem.refused');
  if (AWAY.includes(code)) return t('omsProblem.away');
  if (code === 'VANISHED_IN_QUESTION') return t('omsProblem.vanished');
  return t('omsProblem.other', { code });
}
