import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { RULES } from './rules.ts';
import { parseSource, readSourceFiles } from './source-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replaceAll('\\', '/');
const files = readSourceFiles(root, ['src', 'test', 'scripts']);

/** For every rule a file, or several, that break it. */
const PLANTED: Readonly<Record<string, readonly (readonly [path: string, text: string])[]>> = {
  'shared imports only zod': [['src/shared/planted.ts', "import { join } from 'node:path';"]],
  'the renderer imports neither main, preload, electron nor node:': [
    ['src/renderer/planted.ts', "export { x } from '../main/connections/ports.ts';"],
  ],
  'the preload imports only electron and the names of the contract': [
    ['src/preload/planted.ts', "import { z } from 'zod';"],
  ],
  'main imports neither renderer nor preload': [
    ['src/main/planted.ts', "import type { A } from '../renderer/app/app.tsx';"],
  ],
  'electron is imported only by shell, settings, the composition root and the preload': [
    ['src/main/sync/planted.ts', "const electron = await import('electron');"],
  ],
  'no part but the composition root imports the shell': [['src/main/cli/planted.ts', "import '../shell/menu.ts';"]],
  'better-sqlite3 is imported only in database': [
    ['src/main/sync/planted.ts', "import type Database from 'better-sqlite3';"],
  ],
  'network modules are imported only in omnitron, and by the sandbox, which is a server': [
    ['src/main/sync/planted.ts', "import { request } from 'node:https';"],
  ],
  'network calls are made only in omnitron; the composition root hands over Electron’s': [
    ['src/renderer/planted.ts', "const answer = await fetch('/x');"],
  ],
  'the time comes in as a port': [['src/main/sync/planted.ts', 'const today = new Date();']],
  'outside the window, waiting comes in as a port': [['src/main/sync/planted.ts', 'setTimeout(next, 100);']],
  'randomness comes in as a port': [['src/main/sync/planted.ts', 'const jitter = Math.random();']],
  'ipcMain is used in src/main/shell/ipc-registrar.ts and nowhere else': [
    ['src/main/shell/planted.ts', "import { ipcMain } from 'electron';"],
  ],
  'shell.openExternal is used in src/main/shell/open-external.ts and nowhere else': [
    ['src/main/shell/planted.ts', 'void shell.openExternal(address);'],
  ],
  'safeStorage is used in src/main/shell/os-key-store.ts and nowhere else': [
    ['src/main/shell/planted.ts', 'const bytes = safeStorage.encryptString(token);'],
  ],
  'new Database( is used in src/main/database/open.ts and nowhere else': [
    ['src/main/database/planted.ts', 'const db = new Database(path);'],
  ],
  'no import leads back to where it came from': [
    ['src/main/sync/planted-a.ts', "import { b } from './planted-b.ts';"],
    ['src/main/sync/planted-b.ts', "import { a } from './planted-a.ts';"],
  ],
  'no file has more than 400 lines': [['src/main/sync/planted.ts', 'export {};\n'.repeat(401)]],
  'there are no default exports': [['src/main/sync/planted.ts', 'const x = 1;\nexport default x;']],
};

describe.each(RULES)('$says', ({ says, violations }) => {
  test('holds', () => {
    expect(violations(files)).toEqual([]);
  });

  test('would be found broken', () => {
    const planted = PLANTED[says] ?? [];
    const found = violations([...files, ...planted.map(([path, text]) => parseSource(path, text))]);
    expect(found.filter((sentence) => sentence.includes('planted'))).not.toEqual([]);
  });
});

describe('the reader of source files', () => {
  const importsOf = (text: string) => parseSource('src/a.ts', text).imports;

  test.each([
    ["import { a } from './a.ts';", './a.ts', false],
    ["import type { A } from './a.ts';", './a.ts', true],
    ["import { type A } from './a.ts';", './a.ts', false],
    ["import a, {\n  type B,\n} from './a.ts';", './a.ts', false],
    ["import './a.css';", './a.css', false],
    ["export * from './a.ts';", './a.ts', false],
    ["export type { A } from './a.ts';", './a.ts', true],
    ["const a = await import('./a.ts');", './a.ts', false],
    ["new Worker(new URL('./a.ts', import.meta.url));", './a.ts', false],
    ["import path from './a.ts?modulePath';", './a.ts?modulePath', false],
    ["const quote = /['\"]/; import { a } from './a.ts';", './a.ts', false],
  ])('finds the import in %s', (text, specifier, typeOnly) => {
    expect(importsOf(text)).toEqual([{ specifier, typeOnly }]);
  });

  test.each([
    "// import { a } from './a.ts';",
    "/* import './a.ts'; */",
    'const text = "import \'./a.ts\'";',
    "const text = `import { a } from './a.ts'`;",
    "const list = Array.from('abc');",
  ])('finds none in %s', (text) => {
    expect(importsOf(text)).toEqual([]);
  });

  test('sees the files of every part', () => {
    expect(files.filter(({ path }) => path.startsWith('src/')).length).toBeGreaterThan(50);
    expect(files.find(({ path }) => path === 'src/main/index.ts')?.imports.length).toBeGreaterThan(20);
  });
});
