import { join } from 'node:path';
import { app, dialog } from 'electron';
import { AppError, toErrorShape } from '../../shared/errors.ts';
import type { Clock } from '../connections/ports.ts';
import { makeFolder } from '../database/make-folder.ts';

/** Same as the command line's exit code for local data. */
const EXIT_LOCAL_DATA = 5;
/** The longest wait for running work to stop at the end; everything stored is stored in transactions. */
const GOODBYE_LIMIT_MS = 10_000;

/**
 * Points Electron at the data folder and makes this the only instance that works with it. The browser's own files go
 * to a folder below, apart from ours.
 * @returns false when another instance has the folder; that one is brought to the front.
 * @throws AppError DATA_NOT_WRITABLE
 */
export function claimDataDir(dataDir: string): boolean {
  const browserDir = join(dataDir, 'browser');
  try {
    makeFolder(browserDir, 0o700);
  } catch (cause) {
    throw new AppError(
      'DATA_NOT_WRITABLE',
      `The data folder ${dataDir} cannot be created; check its path and your rights to it.`,
      {
        cause,
      },
    );
  }
  app.setPath('userData', dataDir);
  app.setPath('sessionData', browserDir);
  return app.requestSingleInstanceLock();
}

/** Shows why the program cannot start, and ends it. */
export function failToStart(thrown: unknown): void {
  const { code, message } = toErrorShape(thrown);
  dialog.showErrorBox('Mutabakat', message);
  app.exit(code.startsWith('DATA_') ? EXIT_LOCAL_DATA : 1);
}

/** Ends the program with its last window, and gives `goodbye` the time to stop work and close files first. */
export function quitCleanly(goodbye: () => Promise<void>, clock: Clock): void {
  let leaving = false;
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    const timeIsUp = clock.sleep(GOODBYE_LIMIT_MS);
    void Promise.race([goodbye().catch(() => undefined), timeIsUp]).then(() => app.exit(0));
  });
}
