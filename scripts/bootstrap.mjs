/**
 * Run by npm before `start` and `test`. Uses nothing but Node's built-in modules, for on a fresh clone there is nothing
 * else. Installs the packages when the lock file has changed and tries once per lock file to fetch Electron's binary.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { electronBinary } from './lib/electron-binary.mjs';
import { isInstalled, lockHash } from './lib/install-state.mjs';
import { bundledNode, isAtLeast, isEntry, PROJECT_ROOT } from './lib/node-version.mjs';

const ELECTRON_FETCH_LIMIT_MS = 600_000;

/**
 * Decides and does what is missing.
 * @returns what was done: `installed`, and `electron`: present, fetched, failed or skipped (tried before).
 */
export function bootstrap({ root = PROJECT_ROOT, say = (line) => console.log(line), run = spawnSync } = {}) {
  const stampFile = join(root, 'node_modules', '.mutabakat-bootstrap.json');
  const hash = lockHash(root);
  let stamp = readStamp(stampFile);
  let installed = false;
  if (stamp.lock !== hash && !isInstalled(root)) {
    say('Installing packages (npm ci) …');
    install(root, run);
    installed = true;
    stamp = {};
  }
  const electron = fetchElectron(root, stamp, hash, say, run);
  const next = { lock: hash, electronTried: electron === 'present' ? stamp.electronTried : hash };
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify(next)}\n`);
  return { installed, electron };
}

function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

function install(root, run) {
  moveRunningNodeAway(root);
  const npm = process.env.npm_execpath;
  // Its warnings would only frighten: they say that this Node is too old for packages that the project's own Node runs.
  // No package needs an install script. better-sqlite3 brings its binary, and npm would still set out to compile it, which
  // takes a minute where a compiler and Node's headers are at hand and fails where they are not.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: 'inherit' };
  const result =
    npm === undefined
      ? run('npm', args, { ...options, shell: process.platform === 'win32' })
      : run(process.env.npm_node_execpath ?? process.execPath, [npm, ...args], options);
  if (result.status !== 0) {
    throw new Error('npm ci failed; its messages are above. Check the network and run the same command again.');
  }
}

/** Windows cannot delete a running program, but lets it be renamed; npm ci deletes node_modules with our Node in it. */
function moveRunningNodeAway(root) {
  if (process.platform !== 'win32' || !resolve(process.execPath).startsWith(resolve(root, 'node_modules'))) return;
  const attic = join(root, '.cache');
  mkdirSync(attic, { recursive: true });
  renameSync(process.execPath, join(attic, `node-${process.pid}.exe`));
}

function fetchElectron(root, stamp, hash, say, run) {
  if (electronBinary(root) !== null) return 'present';
  if (stamp.electronTried === hash) return 'skipped';
  say("Fetching Electron's binary …");
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  const node = bundledNode(root) ?? process.execPath;
  const result = existsSync(installer)
    ? run(node, [installer], { cwd: root, stdio: 'ignore', timeout: ELECTRON_FETCH_LIMIT_MS })
    : { status: 1 };
  if (result.status === 0 && electronBinary(root) !== null) return 'fetched';
  say("Electron's binary could not be fetched (its release host was not reached); going on without it.");
  say('To try again: npx install-electron');
  return 'failed';
}

if (isEntry(import.meta.url)) {
  if (!isAtLeast(process.versions.node, [20, 0])) {
    console.error(`Mutabakat needs Node 20 or newer to install itself, and this is Node ${process.versions.node}.`);
    process.exit(1);
  }
  try {
    bootstrap();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
