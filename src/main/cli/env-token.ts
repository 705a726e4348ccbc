import type { TokenStore } from '../connections/connection.ts';
import { toSecret } from '../connections/credentials.ts';
import { isOmsTokenKey } from '../oms/token-key.ts';

/** The environment variables that hold the token, or user and password. The token counts where both are given. */
export const TOKEN_VARIABLE = 'OMNITRON_TOKEN';
export const USERNAME_VARIABLE = 'OMNITRON_USERNAME';
export const PASSWORD_VARIABLE = 'OMNITRON_PASSWORD';
/** The environment variable that holds the token of OMS. */
export const OMS_TOKEN_VARIABLE = 'OMNITRON_OMS_TOKEN';

/** The command line's credentials: from the environment, or set by this run. Never written anywhere. */
export function envTokenStore(env: Readonly<Record<string, string | undefined>>): TokenStore {
  const set = new Map<string, string>();
  return {
    get: async (connection) => set.get(connection) ?? (isOmsTokenKey(connection) ? omsTokenIn(env) : secretIn(env)),
    set: async (connection, secret) => {
      set.set(connection, secret);
    },
  };
}

function secretIn(env: Readonly<Record<string, string | undefined>>): string | null {
  const token = env[TOKEN_VARIABLE]?.trim() ?? '';
  if (token !== '') return token;
  const username = env[USERNAME_VARIABLE]?.trim() ?? '';
  const password = env[PASSWORD_VARIABLE] ?? '';
  return username === '' || password === '' ? null : toSecret({ username, password });
}

function omsTokenIn(env: Readonly<Record<string, string | undefined>>): string | null {
  const token = env[OMS_TOKEN_VARIABLE]?.trim() ?? '';
  return token === '' ? null : token;
}
