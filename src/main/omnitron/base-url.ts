import { AppError } from '../../shared/errors.ts';

const LOOPBACK = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;
/** What people paste after the host: the API's own paths and a slash. */
const API_PATH = /^\/(api(\/.*)?)?$/;

function refuse(reason: string): never {
  throw new AppError(
    'URL_INVALID',
    `The address is not usable: ${reason} Write the host's root, like https://example.com.`,
  );
}

/**
 * The host's root for an address as a person types it: `https://host[:port]`, without a path. `/api…` and a trailing
 * slash are cut off. Plain http is allowed on this computer only (127.0.0.0/8, localhost, [::1]).
 * @throws AppError URL_INVALID for anything else: another scheme, a user name, a query, a fragment, another path.
 */
export function normaliseBaseUrl(text: string): string {
  const trimmed = text.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(trimmed)) refuse('it does not begin with https:// and a host.');
  // The URL parser drops line breaks and reads a backslash as a slash; neither belongs into a host's address.
  if (/[\s\\]/.test(trimmed)) refuse('it contains a blank or a backslash.');
  if (trimmed.includes('@')) refuse('it contains a user name or a password.');
  if (/[?#]/.test(trimmed)) refuse('it contains a query or a fragment.');
  if (!URL.canParse(trimmed)) refuse('the host is not a valid name.');
  const url = new URL(trimmed);
  const loopbackHttp = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
  if (url.protocol !== 'https:' && !loopbackHttp)
    refuse('only https is allowed (http only for a server on this computer).');
  if (!API_PATH.test(url.pathname)) refuse('it points below the root of the host.');
  return url.origin;
}
