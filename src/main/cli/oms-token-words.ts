import type { ErrorShape } from '../../shared/errors.ts';
import { OMS_TOKEN_VARIABLE } from './env-token.ts';

const SAYS: Readonly<Record<string, string>> = {
  TOKEN_MISSING: 'No token for OMS is given.',
  SIGN_IN_REFUSED: 'OMS refused the token.',
};

/** A problem with OMS in the command line's words: its token comes from the environment. Any other stays as it is. */
export function inOmsTokenWords<T extends Pick<ErrorShape, 'message'> & { code: string }>(problem: T): T {
  const says = SAYS[problem.code];
  if (says === undefined) return problem;
  return { ...problem, message: `${says} Put a valid one into the environment variable ${OMS_TOKEN_VARIABLE}.` };
}
