import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { isAppUrl } from './app-origin.ts';
import { SECURITY_HEADERS } from './content-security-policy.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** One part of a path: no separators, no `..`, nothing that a file system reads in its own way. */
const PATH_PART = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * The file below `root` that an address of the page stands for, or null for an address that stands for none. Every
 * part of the path must be a plain name, so nothing can lead out of the folder, encoded or not.
 */
export function appFilePath(root: string, address: string): string | null {
  if (!isAppUrl(address)) return null;
  const path = new URL(address).pathname;
  const parts = path.slice(1).split('/');
  if (!parts.every((part) => PATH_PART.test(part) && part.length <= 200)) return null;
  if (CONTENT_TYPES[extname(path)] === undefined) return null;
  return join(root, ...parts);
}

/** Answers one request of the page from the files below `root`; 404 for all else. Only GET and HEAD. */
export async function serveAppFile(root: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const path = appFilePath(root, request.url);
  if (path === null) return refusal(404);
  try {
    // A link inside the folder must not lead out of it either.
    const [real, realRoot] = await Promise.all([realpath(path), realpath(root)]);
    if (!real.startsWith(realRoot + sep)) return refusal(404);
    const body = request.method === 'HEAD' ? null : new Uint8Array(await readFile(real));
    return new Response(body, {
      headers: { ...SECURITY_HEADERS, 'Content-Type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream' },
    });
  } catch {
    return refusal(404);
  }
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { ...SECURITY_HEADERS } });
}
