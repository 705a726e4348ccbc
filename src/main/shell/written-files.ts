import { resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';

/** The files that this session wrote: only those may be shown in the file manager. */
export interface WrittenFiles {
  add(path: string): void;
  /** @throws AppError IPC_REFUSED for a file that this session did not write. */
  require(path: string): string;
}

export function createWrittenFiles(): WrittenFiles {
  const paths = new Set<string>();
  return {
    add: (path) => void paths.add(resolve(path)),
    require(path) {
      const asked = resolve(path);
      if (!paths.has(asked)) {
        throw new AppError('IPC_REFUSED', 'Only a report that was written since the program started can be shown.');
      }
      return asked;
    },
  };
}
