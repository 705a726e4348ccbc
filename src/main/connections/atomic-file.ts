import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/**
 * Replaces a file by a whole new one or leaves it as it was. Only the current user can read it. Without `durable` a
 * power failure soon after may leave it as it was, or cut off.
 */
export function writeFileAtomically(path: string, content: string, { durable = true } = {}): void {
  const draft = `${path}.new`;
  try {
    const file = openSync(draft, 'w', 0o600);
    try {
      writeSync(file, content);
      if (durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
