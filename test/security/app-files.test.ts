import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appFilePath, serveAppFile } from '../../src/main/shell/app-files.ts';
import { CONTENT_SECURITY_POLICY } from '../../src/main/shell/content-security-policy.ts';

let folder: string;
let root: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutabakat-app-files-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-private'));
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'assets', 'app-1a2b.js'), 'export {};');
  writeFileSync(join(root, 'assets', 'notes.secret'), 'secret');
  writeFileSync(join(root, '.hidden.js'), 'secret');
  writeFileSync(join(folder, 'secrets.json'), 'secret');
  writeFileSync(join(folder, 'renderer-private', 'a.js'), 'secret');
  symlinkSync(join(folder, 'secrets.json'), join(root, 'assets', 'link.json'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (url: string, init?: RequestInit): Promise<Response> => serveAppFile(root, new Request(url, init));

test.each([
  ['app://mutabakat/index.html', 'text/html; charset=utf-8'],
  ['app://mutabakat/index.html?x=1#/orders', 'text/html; charset=utf-8'],
  ['app://mutabakat/assets/app-1a2b.js', 'text/javascript; charset=utf-8'],
])('serves %s', async (url, type) => {
  const response = await get(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

const OUTSIDE = [
  '../secrets.json',
  '%2e%2e/secrets.json',
  '..%2fsecrets.json',
  '%2e%2e%2fsecrets.json',
  '..%5csecrets.json',
  'assets/../../secrets.json',
  'assets/%2e%2e/%2e%2e/secrets.json',
  'assets/..%2f..%2fsecrets.json',
  '%252e%252e%252fsecrets.json',
  './/../secrets.json',
  '/etc/passwd',
  '//etc/passwd',
  'C:/Windows/win.ini',
  'C:%5cWindows%5cwin.ini',
  '\\\\server\\share\\a.js',
  '%00/../secrets.json',
  'index.html%00.js',
  '../renderer-private/a.js',
  'assets/link.json',
  'assets/notes.secret',
  '.hidden.js',
  'assets',
  'assets/',
  '',
  'missing.js',
  'index.html/',
  'index.html::$DATA',
  'CON',
];

test.each(OUTSIDE)('gives nothing for %j', async (path) => {
  const response = await get(`app://mutabakat/${path}`);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('');
});

test.each(['app://elsewhere/index.html', 'https://mutabakat/index.html', 'app://mutabakat:1/index.html'])(
  'gives nothing for %s',
  async (url) => {
    expect(appFilePath(root, url)).toBeNull();
    expect((await get(url)).status).toBe(404);
  },
);

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
  expect((await get('app://mutabakat/index.html', { method })).status).toBe(405);
});

test('the policy gives the page nothing but its own files', () => {
  const rules = new Map(
    CONTENT_SECURITY_POLICY.split('; ').map((rule): [string, string] => [
      rule.split(' ')[0] ?? '',
      rule.split(' ').slice(1).join(' '),
    ]),
  );
  expect(rules.get('default-src')).toBe("'none'");
  expect(rules.get('script-src')).toBe("'self'");
  expect(rules.get('connect-src')).toBe("'none'");
  expect(rules.get('frame-ancestors')).toBe("'none'");
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/);
});
