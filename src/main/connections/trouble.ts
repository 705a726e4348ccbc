import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { ConnectionState } from '../../shared/ipc/contract.ts';
import type { Clock } from './ports.ts';

/** Ends of a run that say nothing about Omnitron. */
const NO_TROUBLE: readonly ErrorCode[] = ['CANCELLED', 'BUSY', 'TOKEN_MISSING'];

/** Why Omnitron could not be read, as a state that stays until it could, or until other credentials were entered. */
export interface Trouble {
  /** Runs work with Omnitron and remembers how it ended. */
  watch<T>(work: () => Promise<T>): Promise<T>;
  now(): Promise<ConnectionState['trouble']>;
}

/** @param secret the credentials as they are kept now; only compared. */
export function createTrouble(clock: Clock, secret: () => Promise<string | null>): Trouble {
  let known: { code: ErrorCode; sinceMs: number; secret: string | null } | null = null;
  return {
    async watch(work) {
      const used = await secret();
      try {
        const value = await work();
        known = null;
        return value;
      } catch (thrown) {
        if (thrown instanceof AppError && !NO_TROUBLE.includes(thrown.code)) {
          const { code } = thrown;
          known = { code, sinceMs: known?.code === code ? known.sinceMs : clock.now(), secret: used };
        }
        throw thrown;
      }
    },
    async now() {
      if (known === null || known.secret !== (await secret())) return undefined;
      return { code: known.code, since: new Date(known.sinceMs).toISOString() };
    },
  };
}
