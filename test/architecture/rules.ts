import { resolveImport, type SourceFile } from './source-files.ts';

/** One rule of the architecture: what it says, and the sentences about every place that breaks it. */
export interface Rule {
  says: string;
  violations(files: readonly SourceFile[]): string[];
}

const NETWORK_MODULES = /^(node:)?(http|https|http2|net|tls|dgram|dns)(\/|$)|^(undici|ws|axios|node-fetch)(\/|$)/;
const NETWORK_CALLS =
  /(?<![.\w])fetch\s*\(|\bnet\.fetch\b|\bXMLHttpRequest\b|\bnew\s+WebSocket\b|\bEventSource\b|\bsendBeacon\b/;
const TIME = /\bDate\.now\b|\bnew\s+Date\s*\(\s*\)|(?<![.\w])Date\s*\(\s*\)|\bperformance\.now\b/;
const TIMERS = /(?<![.\w])set(Timeout|Interval)\s*\(|\bnode:timers\b/;
const CHANCE = /\bMath\.random\b|\brandom(UUID|Bytes|Int)\b|\bgetRandomValues\b/;

function below(...folders: string[]): (path: string) => boolean {
  return (path) => folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

/** A rule about what files of one kind may import. `where` names both files, so that the sentence helps. */
function importRule(
  says: string,
  breaks: (file: SourceFile, specifier: string, target: string | null) => boolean,
): Rule {
  return {
    says,
    violations: (files) =>
      files
        .filter(({ path }) => path.startsWith('src/'))
        .flatMap((file) =>
          file.imports
            .filter(({ specifier }) => breaks(file, specifier, resolveImport(file, specifier)))
            .map(({ specifier }) => `${file.path} imports ${specifier}`),
        ),
  };
}

/** A rule about code that only some files may contain. */
function codeRule(says: string, pattern: RegExp, allowed: (path: string) => boolean): Rule {
  return {
    says,
    violations: (files) =>
      files
        .filter(({ path, code }) => path.startsWith('src/') && !allowed(path) && pattern.test(code))
        .map(({ path, code }) => `${path} uses ${pattern.exec(code)?.[0]}`),
  };
}

/** A rule that something is used in one named file and nowhere else. */
function soleRule(what: string, pattern: RegExp, only: string): Rule {
  return {
    says: `${what} is used in ${only} and nowhere else`,
    violations: (files) => {
      const users = files
        .filter(({ path, code }) => path.startsWith('src/') && pattern.test(code))
        .map(({ path }) => path);
      const others = users.filter((path) => path !== only).map((path) => `${path} uses ${what}`);
      return users.includes(only) ? others : [...others, `${only} does not use ${what}`];
    },
  };
}

const mayUseElectron = below('src/main/shell', 'src/main/settings', 'src/main/index.ts', 'src/preload');
const isNode = (specifier: string): boolean => specifier.startsWith('node:');
const isElectron = (specifier: string): boolean => /^electron(\/|$)|^electron-store$/.test(specifier);

export const RULES: readonly Rule[] = [
  importRule('shared imports only zod', ({ path }, specifier, target) => {
    if (!below('src/shared')(path)) return false;
    return target === null ? specifier !== 'zod' : !below('src/shared')(target);
  }),
  importRule('the renderer imports neither main, preload, electron nor node:', ({ path }, specifier, target) => {
    if (!below('src/renderer')(path)) return false;
    return (
      isElectron(specifier) || isNode(specifier) || (target !== null && !below('src/renderer', 'src/shared')(target))
    );
  }),
  importRule('the preload imports only electron and the names of the contract', ({ path }, specifier, target) => {
    if (!below('src/preload')(path)) return false;
    return target === null ? specifier !== 'electron' : target !== 'src/shared/ipc/names.ts';
  }),
  importRule('main imports neither renderer nor preload', ({ path }, _specifier, target) => {
    return below('src/main')(path) && target !== null && below('src/renderer', 'src/preload')(target);
  }),
  importRule(
    'electron is imported only by shell, settings, the composition root and the preload',
    ({ path }, specifier) => {
      return isElectron(specifier) && !mayUseElectron(path);
    },
  ),
  importRule('no part but the composition root imports the shell', ({ path }, _specifier, target) => {
    return target !== null && below('src/main/shell')(target) && !below('src/main/shell', 'src/main/index.ts')(path);
  }),
  importRule('better-sqlite3 is imported only in database', ({ path }, specifier) => {
    return /^better-sqlite3(\/|$)/.test(specifier) && !below('src/main/database')(path);
  }),
  importRule(
    'network modules are imported only in omnitron, and by the sandbox, which is a server',
    ({ path }, specifier) => {
      return NETWORK_MODULES.test(specifier) && !below('src/main/omnitron', 'src/main/sandbox')(path);
    },
  ),
  codeRule(
    'network calls are made only in omnitron; the composition root hands over Electron’s',
    NETWORK_CALLS,
    below('src/main/omnitron', 'src/main/shell/electron-fetch.ts'),
  ),
  codeRule(
    'the time comes in as a port',
    TIME,
    below(
      'src/main/connections/clock.ts',
      // Hands the monotonic clock to the engine, which then only knows a port.
      'src/main/engine/serve.ts',
      // The look-alike's clock, where nobody hands it another.
      'src/main/sandbox/server.ts',
      'src/renderer/bridge/clock.ts',
    ),
  ),
  codeRule(
    'outside the window, waiting comes in as a port',
    TIMERS,
    // The window's timers serve the screen alone; the look-alike delays its answers.
    below('src/main/connections/clock.ts', 'src/main/sandbox', 'src/renderer'),
  ),
  codeRule(
    'randomness comes in as a port',
    CHANCE,
    below('src/main/index.ts', 'src/main/cli', 'src/main/audit/keys.ts', 'src/main/users'),
  ),
  soleRule('ipcMain', /\bipcMain\b/, 'src/main/shell/ipc-registrar.ts'),
  soleRule('shell.openExternal', /\bopenExternal\b/, 'src/main/shell/open-external.ts'),
  soleRule('safeStorage', /\bsafeStorage\b/, 'src/main/shell/os-key-store.ts'),
  soleRule('new Database(', /\bnew\s+Database\s*\(/, 'src/main/database/open.ts'),
  { says: 'no import leads back to where it came from', violations: cycles },
  {
    says: 'no file has more than 400 lines',
    violations: (files) =>
      files.filter(({ lines }) => lines > 400).map(({ path, lines }) => `${path} has ${lines} lines`),
  },
  {
    says: 'there are no default exports',
    violations: (files) =>
      files
        .filter(({ code }) => /\bexport\s+default\b|\bas\s+default\b/.test(code))
        .map(({ path }) => `${path} has one`),
  },
];

/** Cycles of imports that exist at run time; `import type` is gone by then. */
function cycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(
    files.map((file) => [
      file.path,
      file.imports.filter(({ typeOnly }) => !typeOnly).map(({ specifier }) => resolveImport(file, specifier) ?? ''),
    ]),
  );
  const found: string[] = [];
  const finished = new Set<string>();
  function visit(path: string, trail: readonly string[]): void {
    const at = trail.indexOf(path);
    if (at !== -1) found.push([...trail.slice(at), path].join(' → '));
    if (at !== -1 || finished.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    finished.add(path);
  }
  for (const path of graph.keys()) visit(path, []);
  return found;
}
