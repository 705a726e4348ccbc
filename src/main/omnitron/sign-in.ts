import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../connections/ports.ts';
import { failureOf } from './failures.ts';
import type { FetchLike, HttpPort, HttpResponse } from './http-port.ts';
import { createFetchTransport, type TransportLimits } from './transport.ts';

/** A public client of Omnitron signs in under v1, the documentation prints i1 (contract, section 1.2). */
const PATHS = ['/api/v1/auth/login/', '/api/i1/auth/login/'] as const;

/** A key travels in a header: one visible word. */
const signedIn = z.object({ key: z.string().regex(/^[\x21-\x7e]{1,500}$/) });

/** How a demand for a one-time code looks is unknown: any of the words for it, in the texts or in the code. */
const ONE_TIME_CODE =
  /\b(otp|2fa|mfa)\b|totp|one[-_ ]?time|two[-_ ]?factor|authenticator|tek kullanımlık|doğrulama kodu/i;

export interface SignInParts {
  fetch: FetchLike;
  clock: Clock;
  /** As `normaliseBaseUrl` answers it. The password is sent to this origin and to no other. */
  baseUrl: string;
  limits: TransportLimits;
}

/**
 * Signs in with user and password, once: under v1, and under i1 where v1 is unknown. Nothing of the answer but the key
 * is used or repeated, for an error may echo what was sent.
 * @throws AppError SIGN_IN_REFUSED, SIGN_IN_CODE_NEEDED, NOT_FOUND, RESPONSE_INVALID, and what the transport throws
 */
export async function signIn(
  parts: SignInParts,
  user: { username: string; password: string },
  signal: AbortSignal,
): Promise<string> {
  const http = createFetchTransport({ ...parts, token: null });
  const body = JSON.stringify({ username: user.username, password: user.password });
  const response = await post(http, body, signal);
  if (response.status >= 200 && response.status < 300) return keyOf(response);
  throw refusalOf(response, parts.clock.now());
}

async function post(http: HttpPort, body: string, signal: AbortSignal): Promise<HttpResponse> {
  const [first, second] = PATHS;
  const response = await http.request({ method: 'POST', path: first, body, signal });
  return response.status === 404 ? http.request({ method: 'POST', path: second, body, signal }) : response;
}

/** Whether an answer without a key speaks of a one-time code. */
function asksForCode({ body }: HttpResponse): boolean {
  return ONE_TIME_CODE.test(new TextDecoder().decode(body.subarray(0, 64 * 1024)));
}

function keyOf(response: HttpResponse): string {
  try {
    return signedIn.parse(JSON.parse(new TextDecoder().decode(response.body))).key;
  } catch {
    if (asksForCode(response)) throw codeNeeded({ status: response.status, way: 'password' });
    // Without a cause: it could quote the key.
    throw new AppError(
      'RESPONSE_INVALID',
      'Omnitron answered the sign-in without a key. Check the address, or use a token.',
    );
  }
}

function refusalOf(response: HttpResponse, nowMs: number): AppError {
  const { status } = response;
  const details = { status, way: 'password' };
  if (status === 404) {
    const sentence = 'This address offers no sign-in with user and password (404). Check the address, or use a token.';
    return new AppError('NOT_FOUND', sentence, { details });
  }
  // Wrong credentials are a 400, not a 401 (contract, section 1.2).
  if (status === 400 || status === 401) return asksForCode(response) ? codeNeeded(details) : wrong(details);
  const silent = { ...response, body: new Uint8Array(0) };
  return failureOf(silent, { nowMs, secrets: [] }) ?? wrong(details);
}

function wrong(details: Record<string, unknown>): AppError {
  return new AppError(
    'SIGN_IN_REFUSED',
    `Omnitron refused the sign-in (${details.status}). The user name or the password is wrong. Check both and try again.`,
    { details },
  );
}

function codeNeeded(details: Record<string, unknown>): AppError {
  return new AppError(
    'SIGN_IN_CODE_NEEDED',
    'This account demands a one-time code to sign in, which this program cannot give. Use a token instead.',
    { details },
  );
}
