import { AppError } from '../../shared/errors.ts';
import type { Clock, Credentials } from '../connections/ports.ts';
import type { FetchLike } from './http-port.ts';
import { type SignInParts, signIn } from './sign-in.ts';
import { DEFAULT_LIMITS, type TransportLimits } from './transport.ts';

/** Where a client has the key from that its requests carry. Keys live in memory only. */
export interface Session {
  /** The key; signs in where there is none yet. @throws AppError as `signIn`, and SIGN_IN_PAUSED */
  key(signal: AbortSignal): Promise<string>;
  /** Another key instead of one that was answered with 401; null where only a person can help. @throws AppError as `key` */
  renew(refused: string, signal: AbortSignal): Promise<string | null>;
}

/** Sessions of this program, and how often it may sign in. */
export interface SignIns {
  /** The session of these credentials at a host: the same one, with its key, as long as they stay the same. */
  session(baseUrl: string, credentials: Credentials): Session;
}

/**
 * At most three sign-ins within six minutes: what a public client allows itself (contract, section 1.2). Counted by host
 * and not by account, for a person who mistypes the name must not lock a server's door either.
 */
const MOST_SIGN_INS = 3;
const WITHIN_MS = 6 * 60_000;

/** A token is one visible word. Anything else would be refused by `fetch` with a message that quotes it. */
function usableToken(token: string): string {
  const trimmed = token.trim();
  if (trimmed === '') throw new AppError('TOKEN_MISSING', 'No token is known for Omnitron. Enter one and try again.');
  if (!/^[\x21-\x7e]+$/.test(trimmed)) {
    throw new AppError('SIGN_IN_REFUSED', 'The token holds blanks or letters that no token has. Copy it again.');
  }
  return trimmed;
}

/** A token that was given. @throws AppError TOKEN_MISSING, SIGN_IN_REFUSED for a text that no token is */
export function tokenSession(token: string): Session {
  const key = usableToken(token);
  return { key: async () => key, renew: async () => null };
}

export function createSignIns(parts: { fetch: FetchLike; clock: Clock; limits?: TransportLimits }): SignIns {
  const { fetch, clock, limits = DEFAULT_LIMITS } = parts;
  const allowances = new Map<string, Allowance>();
  const known = new Map<string, { password: string; session: Session }>();

  function allowanceOf(baseUrl: string): Allowance {
    const allowance = allowances.get(baseUrl) ?? createAllowance(clock);
    allowances.set(baseUrl, allowance);
    return allowance;
  }

  return {
    session(baseUrl, credentials) {
      if ('token' in credentials) return tokenSession(credentials.token);
      const { username, password } = credentials;
      const name = JSON.stringify([baseUrl, username]);
      const before = known.get(name);
      if (before?.password === password) return before.session;
      const session = passwordSession({ fetch, clock, limits, baseUrl }, credentials, allowanceOf(baseUrl));
      known.set(name, { password, session });
      return session;
    },
  };
}

function passwordSession(
  parts: SignInParts,
  user: { username: string; password: string },
  allowance: Allowance,
): Session {
  let current: string | null = null;
  let underWay: Promise<string> | null = null;

  async function obtain(signal: AbortSignal): Promise<string> {
    allowance.take();
    try {
      current = await signIn(parts, user, signal);
      return current;
    } catch (thrown) {
      // What never reached the host is no sign-in: a network that is down must not end in a pause.
      if (thrown instanceof AppError && thrown.details?.sent === false) allowance.giveBack();
      throw thrown;
    }
  }

  async function key(signal: AbortSignal): Promise<string> {
    if (current !== null) return current;
    // Requests that go out together share one sign-in.
    underWay ??= obtain(signal).finally(() => {
      underWay = null;
    });
    return underWay;
  }

  return {
    key,
    renew(refused, signal) {
      if (current === refused) current = null;
      return key(signal);
    },
  };
}

/** How often a host may still be asked for a key. */
interface Allowance {
  /** @throws AppError SIGN_IN_PAUSED */
  take(): void;
  giveBack(): void;
}

function createAllowance(clock: Clock): Allowance {
  let taken: number[] = [];
  return {
    take() {
      const now = clock.now();
      // A clock that was set back must not hold the door shut for hours.
      taken = taken.filter((at) => at <= now && now - at < WITHIN_MS);
      const [oldest = now] = taken;
      if (taken.length >= MOST_SIGN_INS) throw paused(oldest + WITHIN_MS, now);
      taken.push(now);
    },
    giveBack() {
      taken.pop();
    },
  };
}

function paused(untilMs: number, nowMs: number): AppError {
  const until = new Date(untilMs).toISOString();
  const words = `${until.slice(0, 10)} at ${until.slice(11, 19)} UTC`;
  return new AppError(
    'SIGN_IN_PAUSED',
    `Signing in is paused. ${MOST_SIGN_INS} sign-ins within 6 minutes are the most, so that the account is not locked; it is paused until ${words}. Try again then.`,
    { retryable: true, details: { until, retryAfterMs: untilMs - nowMs } },
  );
}
