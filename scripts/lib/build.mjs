import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './node-version.mjs';

const INPUTS = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
const OUTPUTS = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];

/** A hash over the content of everything the build reads. */
export function sourceHash(root = PROJECT_ROOT) {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    for (const file of filesBelow(root, input)) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function filesBelow(root, path) {
  const here = join(root, path);
  if (!existsSync(here)) return [];
  let entries;
  try {
    entries = readdirSync(here, { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries
    .map((entry) => `${path}/${entry.name}`)
    .sort()
    .flatMap((child) => filesBelow(root, child));
}

/** Builds main, preload and renderer into `out/`. @returns the exit status of the build. */
export function build(root = PROJECT_ROOT, stdio = 'inherit') {
  const hash = sourceHash(root);
  const tool = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status } = spawnSync(process.execPath, [tool, 'build', '--logLevel', 'warn'], { cwd: root, stdio });
  if (status === 0) writeFileSync(join(root, 'out', '.source-hash'), hash);
  return status ?? 1;
}

/** Builds unless `out/` already holds what these sources give. @returns the exit status. */
export function buildIfChanged(root = PROJECT_ROOT, stdio = 'inherit') {
  const stamp = join(root, 'out', '.source-hash');
  const whole = OUTPUTS.every((file) => existsSync(join(root, file)));
  if (whole && existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(root)) return 0;
  return build(root, stdio);
}
