import { AppError } from '../../shared/errors.ts';
import type { HttpResponse } from './http-port.ts';
import { describeErrorBody } from './redact.ts';
import { retryAfterMs } from './retry-after.ts';

/** Codes of certificate and TLS trouble, in Node's and in Chromium's words: asking again does not help. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|SSL|TLS/;

/** Codes of a connection that was never made, in both words: nothing of the request has left. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT|ERR_(NAME_NOT_RESOLVED|INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|CONNECTION_(REFUSED|TIMED_OUT)|PROXY_CONNECTION_FAILED))$/;

/** The short machine code inside a network error, like ECONNREFUSED or net::ERR_NAME_NOT_RESOLVED. Never its message. */
function networkCode(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const own: unknown = Reflect.get(error, 'code');
    if (typeof own === 'string' && /^[A-Z][A-Z0-9_]+$/.test(own)) return own;
    const chromium = /net::(ERR_[A-Z0-9_]+)/.exec(error.message);
    if (chromium !== null) return chromium[1] ?? '';
  }
  return '';
}

/** The error for a request whose answer did not arrive whole. `details.sent` is false where nothing of it has left. */
export function networkError(host: string, thrown: unknown): AppError {
  // Electron's net.fetch refuses redirects by rejecting; Node's fetch answers the 3xx itself.
  if (thrown instanceof Error && /redirect/i.test(thrown.message)) return redirectRefused(host);
  const code = networkCode(thrown);
  if (CERTIFICATE.test(code)) {
    return new AppError(
      'NOT_REACHABLE',
      `The certificate of ${host} is not trusted (${code}). Check the address and the clock.`,
    );
  }
  const because = code === '' ? '' : ` (${code})`;
  return new AppError(
    'NOT_REACHABLE',
    `The connection to ${host} failed${because}. Check the address and the network, then try again.`,
    NEVER_SENT.test(code) ? { retryable: true, details: { sent: false } } : { retryable: true },
  );
}

/** The error for an answer that points elsewhere. */
export function redirectRefused(host: string): AppError {
  return new AppError(
    'REDIRECT_REFUSED',
    `${host} answered with a redirect, which is not followed so that the token stays with this host. Check the address.`,
  );
}

const ITS_WORDS = ' Its words: ';

function withDetail(sentence: string, detail: string): string {
  return detail === '' ? sentence : `${sentence}${ITS_WORDS}${detail}`;
}

/** A failure's sentence without what the server said, masked as that is: what is kept with an order names nobody. */
export function ownWords({ message }: Pick<AppError, 'message'>): string {
  return message.split(ITS_WORDS, 1)[0] ?? message;
}

/**
 * The error for an answer that is not a success, or null for a success. Codes as `OmnitronClient` promises them.
 * `details` holds the HTTP status and, where the server gave one, the wait it asks for in milliseconds. `secrets` are
 * texts that must not come back in the message: the token and every submitted value.
 */
export function failureOf(
  response: HttpResponse,
  context: { nowMs: number; secrets: readonly string[] },
): AppError | null {
  const { status } = response;
  if (status >= 200 && status < 300) return null;
  const words = describeErrorBody(response.body, context.secrets);
  const wait = retryAfterMs(response.headers, context.nowMs);
  const details: Record<string, unknown> = wait === null ? { status } : { status, retryAfterMs: wait };
  if (status === 401) {
    const sentence = 'Omnitron refused the sign-in (401). The token is not valid. Enter a valid one and try again.';
    return new AppError('SIGN_IN_REFUSED', sentence, { details });
  }
  if (status === 403) {
    return new AppError('FORBIDDEN', withDetail("Omnitron does not allow this to the token's user (403).", words), {
      details,
    });
  }
  if (status === 404) {
    return new AppError('NOT_FOUND', 'Omnitron does not know what was asked for (404).', { details });
  }
  if (status === 429) {
    const sentence = `Omnitron limits the rate of requests (429)${waitWords(wait)}.`;
    return new AppError('RATE_LIMITED', sentence, { retryable: true, details });
  }
  if (status >= 500) {
    const sentence = `Omnitron failed to answer (${status})${waitWords(wait)}. Try again later.`;
    return new AppError('SERVER_ERROR', sentence, { retryable: true, details });
  }
  return new AppError('REQUEST_REJECTED', withDetail(`Omnitron refused the request (${status}).`, words), { details });
}

function waitWords(waitMs: number | null): string {
  return waitMs === null ? '' : ` and asks to wait ${Math.ceil(waitMs / 1000)} seconds`;
}
