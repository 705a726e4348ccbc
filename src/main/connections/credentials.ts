import { z } from 'zod';
import type { Credentials } from './ports.ts';

const userAndPassword = z.strictObject({ username: z.string().min(1), password: z.string().min(1) });

/** What the token store keeps: a token as it is, user and password as JSON, which no token is. */
export function toSecret(credentials: Credentials): string {
  if ('token' in credentials) return credentials.token;
  const { username, password } = credentials;
  return JSON.stringify({ username, password });
}

/** The reverse of {@link toSecret}. */
export function fromSecret(secret: string): Credentials {
  try {
    return userAndPassword.parse(JSON.parse(secret));
  } catch {
    return { token: secret };
  }
}
