import { type AuditKeys, parseKeyText } from '../audit/keys.ts';

/** The environment variable that holds the key of the audit trail: the command line has no key store. */
export const AUDIT_KEY_VARIABLE = 'MUTABAKAT_AUDIT_KEY';

/** The key from the environment, for every connection; without one, entries are chained only. */
export function envAuditKeys(env: Readonly<Record<string, string | undefined>>): AuditKeys {
  return {
    ofConnection: async () => {
      const text = env[AUDIT_KEY_VARIABLE]?.trim() ?? '';
      return text === '' ? null : parseKeyText(text);
    },
  };
}
