import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { registerHooks, syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dataDirFromArguments, defaultDataDir } from '../../src/main/settings/data-dir.ts';
import { readSettings } from '../../src/main/settings/read-settings.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';

// electron-store asks for Electron's module; it gets what it needs of it, and the real store is what is tested.
const FAKE =
  "data:text/javascript,export default { app: { getPath: () => '/nowhere', getVersion: () => '1.0.0' }, ipcMain: { on() {} }, shell: {} }";
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: FAKE, shortCircuit: true } : next(specifier, context),
});
const { openSettings } = await import('../../src/main/settings/settings-store.ts');

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mutabakat-settings-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const file = () => join(dataDir, 'settings.json');
const noWarning = (sentence: string) => expect.fail(sentence);

describe('settings', () => {
  test.each([
    ['tr', 'tr'],
    ['tr-TR', 'tr'],
    ['tr_TR.UTF-8', 'tr'],
    ['en-GB', 'en'],
    ['trv', 'en'],
    ['C', 'en'],
    ['', 'en'],
  ])('a machine in %j begins in %s', (locale, language) => {
    const { get, damaged } = openSettings(dataDir, locale);
    expect([get(), damaged]).toEqual([{ ...DEFAULT_SETTINGS, language }, null]);
    expect(readSettings(dataDir, locale, noWarning)).toEqual({ ...DEFAULT_SETTINGS, language });
  });

  test('the window writes and the command line reads the same file', () => {
    const store = openSettings(dataDir, 'en');
    store.set({ company: 'Örnek A.Ş.', erpHours: 48, language: 'tr' });
    const expected = { ...DEFAULT_SETTINGS, company: 'Örnek A.Ş.', erpHours: 48, language: 'tr' };
    expect(store.get()).toEqual(expected);
    expect(readSettings(dataDir, 'en', noWarning)).toEqual(expected);
    expect(openSettings(dataDir, 'en').get()).toEqual(expected);
  });

  test('a change that does not fit changes nothing', () => {
    const store = openSettings(dataDir, 'en');
    store.set({ erpHours: 12 });
    const before = readFileSync(file(), 'utf8');
    for (const bad of [
      { erpHours: -1 },
      { timeZone: 'Mars/Olympus' },
      { language: 'de' as 'en' },
      { token: 'x' } as object,
      { syncIntervalMinutes: 4 },
      { syncIntervalMinutes: 1441 },
      { syncIntervalMinutes: -5 },
      { syncIntervalMinutes: 7.5 },
    ]) {
      expect(() => store.set(bad)).toThrowError(expect.objectContaining({ code: 'VALUE_INVALID' }));
    }
    expect(readFileSync(file(), 'utf8')).toBe(before);
    expect(store.get().erpHours).toBe(12);
  });

  test.each([0, 5, 60, 1440])('%i minutes are kept as the interval', (syncIntervalMinutes) => {
    openSettings(dataDir, 'en').set({ syncIntervalMinutes, syncAtStart: true });
    expect(openSettings(dataDir, 'en').get()).toMatchObject({ syncIntervalMinutes, syncAtStart: true });
  });

  test('a key that an older version did not write takes its default', () => {
    writeFileSync(file(), '{"erpHours": 6}');
    expect(openSettings(dataDir, 'tr').get()).toEqual({ ...DEFAULT_SETTINGS, erpHours: 6, language: 'tr' });
  });

  test.each(['', '{', 'null', '[]', '"x"', '{"erpHours": "many"}', '{"unknown": 1}', '\u0000\u0000\u0000'])(
    'a damaged file %j is kept aside and the defaults are used',
    (content) => {
      writeFileSync(file(), content);
      const warn = vi.fn();
      expect(readSettings(dataDir, 'en', warn)).toEqual(DEFAULT_SETTINGS);
      expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(`${file()} is damaged`));
      expect(readdirSync(dataDir)).toEqual(['settings.json']);
      const store = openSettings(dataDir, 'en');
      expect([store.get(), store.damaged]).toEqual([DEFAULT_SETTINGS, { keptAs: 'settings.damaged-1.json' }]);
      expect(readFileSync(join(dataDir, 'settings.damaged-1.json'), 'utf8')).toBe(content);
      store.set({ erpHours: 1 });
      const again = openSettings(dataDir, 'en');
      expect([again.get().erpHours, again.damaged]).toEqual([1, null]);
    },
  );

  test('a damaged file that cannot be put aside stays, and nothing is written over it', () => {
    writeFileSync(file(), '{');
    const renameSync = vi.spyOn(fs, 'renameSync').mockImplementation(() => {
      throw new Error('EACCES');
    });
    syncBuiltinESMExports();
    try {
      const store = openSettings(dataDir, 'en');
      expect([store.get(), store.damaged]).toEqual([DEFAULT_SETTINGS, { keptAs: null }]);
      expect(() => store.set({ erpHours: 1 })).toThrowError(expect.objectContaining({ code: 'DATA_NOT_WRITABLE' }));
      expect(readFileSync(file(), 'utf8')).toBe('{');
    } finally {
      renameSync.mockRestore();
      syncBuiltinESMExports();
    }
  });

  test('an earlier damaged file is not overwritten', () => {
    writeFileSync(file(), 'first');
    openSettings(dataDir, 'en');
    writeFileSync(file(), 'second');
    openSettings(dataDir, 'en');
    expect(readFileSync(join(dataDir, 'settings.damaged-1.json'), 'utf8')).toBe('first');
    expect(readFileSync(join(dataDir, 'settings.damaged-2.json'), 'utf8')).toBe('second');
  });

  test('where the folder cannot be written, the program starts and saving is what fails', () => {
    const blocked = join(dataDir, 'file');
    writeFileSync(blocked, 'not a folder');
    const store = openSettings(blocked, 'en');
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
    expect(() => store.set({ erpHours: 1 })).toThrowError(expect.objectContaining({ code: 'DATA_NOT_WRITABLE' }));
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
  });
});

describe('the data folder', () => {
  const linux = { platform: 'linux', env: {}, homeDir: '/home/ayse' } as const;

  test.each([
    [linux, '/home/ayse/.config/Mutabakat'],
    [{ ...linux, env: { XDG_CONFIG_HOME: '/data/config' } }, '/data/config/Mutabakat'],
    [{ ...linux, env: { XDG_CONFIG_HOME: 'relative' } }, '/home/ayse/.config/Mutabakat'],
    [{ ...linux, env: { XDG_CONFIG_HOME: '' } }, '/home/ayse/.config/Mutabakat'],
    [
      { platform: 'darwin', env: {}, homeDir: '/Users/ayse' } as const,
      '/Users/ayse/Library/Application Support/Mutabakat',
    ],
    [
      { platform: 'win32', env: { APPDATA: 'C:\\Users\\ayse\\AppData\\Roaming' }, homeDir: 'C:\\Users\\ayse' } as const,
      'C:\\Users\\ayse\\AppData\\Roaming\\Mutabakat',
    ],
    [
      { platform: 'win32', env: {}, homeDir: 'C:\\Users\\ayse' } as const,
      'C:\\Users\\ayse\\AppData\\Roaming\\Mutabakat',
    ],
  ])('of %j is %s', (machine, expected) => {
    expect(defaultDataDir(machine)).toBe(expected);
    expect(dataDirFromArguments(['.', '--lang=tr'], machine)).toBe(expected);
  });

  test.each([[['.', '--data-dir=/tmp/a b']], [['--data-dir', '/tmp/a b', '--lang=tr']]])('can be named: %j', (args) => {
    expect(dataDirFromArguments(args, linux)).toBe('/tmp/a b');
  });

  test.each([[['--data-dir']], [['--data-dir=']], [['--data-dir', '--lang=tr']]])('cannot be left out: %j', (args) => {
    expect(() => dataDirFromArguments(args, linux)).toThrowError(expect.objectContaining({ code: 'USAGE' }));
  });
});
