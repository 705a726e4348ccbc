import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '..', '..', 'src', 'main', 'sandbox');

it('shares no code with the program it stands in front of, and reads no file beside itself', () => {
  const files = readdirSync(FOLDER);
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const source = readFileSync(join(FOLDER, file), 'utf8');
    const imports = [...source.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '');
    for (const target of imports) expect(target, file).toMatch(/^(\.\/[a-z-]+\.ts|node:[a-z_]+)$/);
    expect(source, file).not.toContain('import.meta');
  }
});
