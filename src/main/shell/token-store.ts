import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { writeFileAtomically } from '../connections/atomic-file.ts';
import type { TokenStore } from '../connections/connection.ts';

/** The operating system's key store, as far as tokens need it. */
export interface KeyStore {
  /** False where the OS offers no real key store; nothing may be written to the disk then. */
  isReal(): Promise<boolean>;
  encrypt(text: string): Promise<Uint8Array>;
  /** Rejects for what this key store did not encrypt, or can no longer read. */
  decrypt(bytes: Uint8Array): Promise<string>;
}

/** A connection's name, or the name of its OMS token (src/main/oms/token-key.ts) or of the key of its audit trail. */
const tokenKey = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}(:oms|:audit)?$/);
const secretsFile = z.strictObject({ version: z.literal(1), tokens: z.record(tokenKey, z.base64()) });

/**
 * Tokens, encrypted by the OS key store, in `secrets.json` of the data folder; where there is no real key store, in
 * memory until the program ends. A token never lies on the disk in plain text.
 */
export function createTokenStore(dataDir: string, keyStore: KeyStore): TokenStore & { persists(): Promise<boolean> } {
  const path = join(dataDir, 'secrets.json');
  const known = new Map<string, string>();
  let writing: Promise<void> = Promise.resolve();

  async function write(connection: string, token: string): Promise<void> {
    const encrypted = Buffer.from(await keyStore.encrypt(token)).toString('base64');
    const tokens = { ...readTokens(path), [connection]: encrypted };
    try {
      writeFileAtomically(path, `${JSON.stringify({ version: 1, tokens })}\n`);
    } catch (cause) {
      throw new AppError(
        'DATA_NOT_WRITABLE',
        `The token cannot be saved in ${dataDir}; check that the folder can be written.`,
        {
          cause,
        },
      );
    }
  }

  return {
    persists: () => keyStore.isReal(),
    async get(connection) {
      const inMemory = known.get(connection);
      if (inMemory !== undefined) return inMemory;
      const encrypted = readTokens(path)[connection];
      if (encrypted === undefined || !(await keyStore.isReal())) return null;
      try {
        const token = await keyStore.decrypt(Buffer.from(encrypted, 'base64'));
        known.set(connection, token);
        return token;
      } catch {
        // Another user's or another machine's file: the accountant is asked for the token again.
        return null;
      }
    },
    async set(connection, token) {
      known.set(connection, token);
      if (!(await keyStore.isReal())) return;
      // One write after the other: two at once would lose one of the two tokens.
      const mine = writing.then(() => write(connection, token));
      writing = mine.catch(() => undefined);
      await mine;
    },
  };
}

/** The encrypted tokens; none where the file is absent or damaged, for a token can always be typed again. */
function readTokens(path: string): Record<string, string> {
  try {
    return secretsFile.parse(JSON.parse(readFileSync(path, 'utf8'))).tokens;
  } catch {
    return {};
  }
}
