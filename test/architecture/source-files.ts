import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** One import, re-export, dynamic import or worker address of a file. */
export interface ImportedModule {
  specifier: string;
  /** True for `import type` and `export type`, which leave nothing behind at run time. */
  typeOnly: boolean;
}

/** A source file as the architecture rules see it. */
export interface SourceFile {
  /** From the project's root, with forward slashes. */
  path: string;
  /** The text with comments and the contents of strings blanked out. */
  code: string;
  lines: number;
  imports: ImportedModule[];
}

/** Every source file below the given folders. */
export function readSourceFiles(root: string, folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(posix.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => posix.join(entry.parentPath, entry.name))
      .map((path) => parseSource(posix.relative(root, path), readFileSync(path, 'utf8'))),
  );
}

/** Reads one file's text. */
export function parseSource(path: string, text: string): SourceFile {
  const { code, strings } = blank(text);
  return { path, code, lines: text.trimEnd().split('\n').length, imports: importsOf(code, strings) };
}

const STATEMENT = /\b(import|export)\b([^'"`;]*?)\bfrom\s*["']/g;
const SIDE_EFFECT = /\bimport\s*["']/g;
const DYNAMIC = /\bimport\s*\(\s*["'`]/g;
const ADDRESS = /\bnew\s+URL\s*\(\s*["'](?=\s*["']\s*,\s*import\.meta\.url)/g;

function importsOf(code: string, strings: ReadonlyMap<number, string>): ImportedModule[] {
  const found: ImportedModule[] = [];
  for (const match of code.matchAll(STATEMENT)) {
    const specifier = strings.get(match.index + match[0].length);
    if (specifier !== undefined) found.push({ specifier, typeOnly: /^\s*type\b(?!\s*,)/.test(match[2] ?? '') });
  }
  for (const pattern of [SIDE_EFFECT, DYNAMIC, ADDRESS]) {
    for (const match of code.matchAll(pattern)) {
      const specifier = strings.get(match.index + match[0].length);
      if (specifier !== undefined) found.push({ specifier, typeOnly: false });
    }
  }
  return found;
}

/**
 * Blanks out comments, the contents of strings and templates, and regular expressions, keeping every position.
 * `strings` holds the contents of plain strings by the position after their opening quote.
 */
function blank(text: string): { code: string; strings: Map<number, string> } {
  const strings = new Map<number, string>();
  const token =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(["'])((?:\\.|(?!\1)[^\\\n])*)\1|`(?:\\[\s\S]|[^\\`])*`|(?<=(?:[=(,:[!&|?{};]|\breturn|=>)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*/g;
  const code = text.replace(token, (whole, quote: string | undefined, content: string | undefined, at: number) => {
    const spaces = whole.replace(/[^\n]/g, ' ');
    if (quote !== undefined && content !== undefined) {
      strings.set(at + 1, content);
      return quote + spaces.slice(2) + quote;
    }
    return whole.startsWith('`') ? `\`${spaces.slice(2)}\`` : spaces;
  });
  return { code, strings };
}

/** The path in the project that a relative import stands for, or null for a package. */
export function resolveImport(file: SourceFile, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return posix.join(posix.dirname(file.path), specifier.replace(/\?.*$/, ''));
}
