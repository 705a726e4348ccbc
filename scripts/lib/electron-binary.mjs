import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './node-version.mjs';

/**
 * The path of Electron's binary, or null where it was never fetched. Requiring the package `electron` would answer too,
 * but that starts a download.
 */
export function electronBinary(root = PROJECT_ROOT, env = process.env) {
  const home = join(root, 'node_modules', 'electron');
  let name;
  try {
    name = readFileSync(join(home, 'path.txt'), 'utf8');
  } catch {
    name = undefined;
  }
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override !== undefined) return onlyIfPresent(join(override, name ?? 'electron'));
  return name === undefined ? null : onlyIfPresent(join(home, 'dist', name));
}

function onlyIfPresent(path) {
  return existsSync(path) ? path : null;
}

/** True when there is a screen to show a window on. */
export function hasDisplay(platform = process.platform, env = process.env) {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}
