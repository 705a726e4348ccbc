import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '..', '..', 'src', 'main', 'sandbox');

const FROM_OUTER = /^(\.\/([a-z-]+\/)?[a-z-]+\.ts|node:[a-z_]+)$/;
/** From a folder inside the sandbox's. */
const FROM_INNER = /^(\.\.?\/[a-z-]+\.ts|node:[a-z_]+)$/;
const isInner = (file: string): boolean => file.includes(sep);

it('shares no code with the program it stands in front of, and reads no file beside itself', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const source = readFileSync(join(FOLDER, file), 'utf8');
    const imports = [...source.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '');
    for (const target of imports) expect(target, file).toMatch(isInner(file) ? FROM_INNER : FROM_OUTER);
    expect(source, file).not.toContain('import.meta');
  }
});
