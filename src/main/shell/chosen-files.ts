import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { ChosenFile } from '../../shared/ipc/statement-calls.ts';

/** The files that a person chose in this session: the window knows them by a number and a name, never by their path. */
export interface ChosenFiles {
  add(path: string): ChosenFile;
  /**
   * The path of a chosen file.
   * @throws AppError IPC_REFUSED for a number that stands for none
   */
  require(file: number): string;
}

export function createChosenFiles(): ChosenFiles {
  const paths: string[] = [];
  return {
    add(path) {
      paths.push(path);
      return { file: paths.length, name: basename(path) };
    },
    require(file) {
      const path = paths[file - 1];
      if (path === undefined) {
        throw new AppError('IPC_REFUSED', 'Only a file that was chosen since the program started can be read.');
      }
      return path;
    },
  };
}
