import { type AuditKeys, newKeyText, parseKeyText } from '../audit/keys.ts';
import type { TokenStore } from '../connections/connection.ts';

/**
 * The keys of the audit trails, one a connection, in the OS key store beside the tokens. Where there is no real key store
 * there is no key: one that is gone with the program would authenticate nothing.
 */
export function createAuditKeys(tokens: TokenStore & { persists(): Promise<boolean> }): AuditKeys {
  const refused = new Set<string>();
  return {
    async ofConnection(connection) {
      if (refused.has(connection) || !(await tokens.persists())) return null;
      const name = `${connection}:audit`;
      const kept = await tokens.get(name);
      if (kept !== null) return parseKeyText(kept);
      const made = newKeyText();
      try {
        await tokens.set(name, made);
      } catch {
        // A key store that keeps nothing must not keep the accountant from working.
        refused.add(connection);
        return null;
      }
      return parseKeyText(made);
    },
  };
}
