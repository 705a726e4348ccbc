import { AppError } from '../../shared/errors.ts';

/** better-sqlite3 13 needs Node-API 10, which Node has since 22.14; below that it crashes without a word. */
const LEAST: readonly [number, number] = [22, 14];

/**
 * Refuses a Node on which loading SQLite would crash the process.
 * @throws AppError NODE_TOO_OLD
 */
export function assertNodeVersion(version: string = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return;
  throw new AppError(
    'NODE_TOO_OLD',
    `This is Node ${version}, but SQLite needs Node ${LEAST.join('.')} or newer. Start the program with npm, which brings its own Node 24.`,
  );
}
