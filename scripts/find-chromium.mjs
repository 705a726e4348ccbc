/**
 * Finds a Chromium for the stand-in and the end-to-end tests: `CHROMIUM_PATH`, else an installed Chrome, Chromium or
 * Edge, else the headless one inside the package `@sparticuz/chromium`, unpacked once into node_modules/.cache.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PROJECT_ROOT } from './lib/node-version.mjs';

const ON_PATH = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS_APPS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/**
 * @typedef {object} Chromium
 * @property {string} path the program
 * @property {'CHROMIUM_PATH' | 'installed' | 'package'} from where it comes from
 * @property {boolean} canShowWindows false for the package's, which is headless only
 * @property {string[]} args what it must be started with
 * @property {Record<string, string>} env what its environment needs besides ours
 */

/** A browser that someone has installed, or null. It can show windows. */
export function installedChromium({ platform = process.platform, env = process.env, exists = existsSync } = {}) {
  const named = env.CHROMIUM_PATH;
  if (named) {
    if (!exists(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return { path: named, from: 'CHROMIUM_PATH', canShowWindows: true, args: [], env: {} };
  }
  const path = candidates(platform, env).find((candidate) => exists(candidate));
  return path === undefined ? null : { path, from: 'installed', canShowWindows: true, args: [], env: {} };
}

function candidates(platform, env) {
  if (platform === 'darwin') return MAC_APPS;
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    return roots.flatMap((root) => WINDOWS_APPS.map((app) => `${root}\\${app}`));
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * The Chromium to use. Unpacks the package's where nothing else is there, which takes seconds the first time.
 * @returns {Promise<Chromium>}
 * @throws where there is none at all; the message says what to do.
 */
export async function findChromium() {
  const installed = installedChromium();
  if (installed !== null) return installed;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome, Chromium or Edge was found. Install one, or name one in CHROMIUM_PATH.');
  }
  const home = await unpackedPackage();
  const env = { FONTCONFIG_PATH: join(home, 'fonts') };
  const libraries = join(home, 'al2023', 'lib');
  if (!hasNss()) env.LD_LIBRARY_PATH = [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    path: join(home, 'chromium'),
    from: 'package',
    canShowWindows: false,
    args: ['--disable-gpu', '--no-zygote'],
    env,
  };
}

/** True when the system has the library that Chromium needs and minimal systems lack. */
function hasNss() {
  try {
    return execFileSync('ldconfig', ['-p'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes(
      'libnss3.so',
    );
  } catch {
    return false;
  }
}

/** Unpacks the package's archives into a folder of their own; whole or not at all, whoever else unpacks meanwhile. */
async function unpackedPackage() {
  const source = join(PROJECT_ROOT, 'node_modules', '@sparticuz', 'chromium');
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const cache = join(PROJECT_ROOT, 'node_modules', '.cache');
  const home = join(cache, `chromium-${version}`);
  if (existsSync(home)) return home;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'unpacking-'));
  const { inflate } = await import('@sparticuz/chromium');
  // The package unpacks into the system's folder for temporary files, which is ours for the moment.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = draft;
  try {
    for (const archive of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']) await inflate(join(source, 'bin', archive));
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  return home;
}
