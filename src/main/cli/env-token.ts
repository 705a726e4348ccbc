import type { TokenStore } from '../connections/connection.ts';

/** The environment variable that holds the token. */
export const TOKEN_VARIABLE = 'OMNITRON_TOKEN';

/** The command line's tokens: from the environment, or set by this run. Never written anywhere. */
export function envTokenStore(env: Readonly<Record<string, string | undefined>>): TokenStore {
  const set = new Map<string, string>();
  return {
    get: async (connection) => set.get(connection) ?? (env[TOKEN_VARIABLE]?.trim() || null),
    set: async (connection, token) => {
      set.set(connection, token);
    },
  };
}
