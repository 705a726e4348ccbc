import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** SHA-256 of the lock file, hex. */
export function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * True when what npm says it has installed is what the lock file asks for, so that nobody who ran `npm ci` pays for a
 * second one. Optional packages may be missing: they are for other platforms.
 */
export function isInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const held = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === null || held === null) return false;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const have = held[path];
    if (
      have === undefined
        ? entry.optional !== true
        : have.integrity !== entry.integrity || have.version !== entry.version
    ) {
      return false;
    }
  }
  return Object.keys(held).every((path) => wanted[path] !== undefined);
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}
