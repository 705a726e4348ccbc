import { join } from 'node:path';
import { PROJECT_ROOT } from '../lib/node-version.mjs';

/** Prints that this is not Electron, and anything else the person should see. */
export function say(line) {
  process.stderr.write(`[electron stand-in] ${line}\n`);
}

const own = new Set(['--standin-headless']);
const given = process.argv.slice(2);

/** How the stand-in was started. `args` is what the program itself sees. */
export const options = {
  root: PROJECT_ROOT,
  entry: join(PROJECT_ROOT, 'out', 'main', 'index.js'),
  headless: given.includes('--standin-headless'),
  args: given.filter((arg) => !own.has(arg)),
};
