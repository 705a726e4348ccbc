import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { finished, Writable } from 'node:stream';
import { threadId } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';

/** Bytes waiting for the disk before the writer has to wait. */
const BUFFER_BYTES = 1 << 20;
let created = 0;

/**
 * A file that appears under its name only when it is whole. Bytes go to a temporary file in the same folder; `finish`
 * brings them to the disk and renames, `discard` leaves everything as it was.
 */
export class OutputFile {
  readonly path: string;
  /** Where the bytes go. Ending it is left to the writer or to {@link finish}. */
  readonly stream: Writable;
  readonly #temporary: string;
  readonly #handle: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  readonly #done: Promise<void>;
  #failure: Error | null = null;

  private constructor(path: string, temporary: string, handle: FileHandle) {
    this.path = path;
    this.#temporary = temporary;
    this.#handle = handle;
    this.stream = new Writable({
      highWaterMark: BUFFER_BYTES,
      write: (chunk: Uint8Array, _encoding, callback) => {
        this.#hash.update(chunk);
        this.#handle.appendFile(chunk).then(() => callback(), callback);
      },
    });
    this.#done = new Promise((settle) => {
      finished(this.stream, (error) => {
        this.#failure = error ?? null;
        settle();
      });
    });
  }

  /** @throws AppError FILE_NOT_WRITABLE when the folder or the name cannot be written. */
  static async create(target: string): Promise<OutputFile> {
    const path = resolve(target);
    try {
      const existing = await stat(path).catch(() => null);
      if (existing?.isDirectory()) {
        throw new AppError('FILE_NOT_WRITABLE', `"${basename(path)}" is a folder; choose a file name for the report.`);
      }
      const { temporary, handle } = await openTemporary(dirname(path));
      return new OutputFile(path, temporary, handle);
    } catch (error) {
      throw asFileError(error, path);
    }
  }

  /** Waits until the disk has caught up. @throws AppError FILE_NOT_WRITABLE as soon as a write has failed. */
  async drained(): Promise<void> {
    if (this.stream.writableNeedDrain && !this.stream.destroyed) {
      await Promise.race([new Promise((go) => this.stream.once('drain', go)), this.#done]);
    }
    if (this.#failure !== null) throw asFileError(this.#failure, this.path);
  }

  /**
   * Ends the stream, brings the bytes to the disk and gives the file its name. Answers the SHA-256 of its bytes, hex.
   * @throws AppError FILE_NOT_WRITABLE
   */
  async finish(): Promise<string> {
    try {
      this.stream.end();
      await this.#done;
      if (this.#failure !== null) throw this.#failure;
      await this.#handle.sync();
      await this.#handle.close();
      await rename(this.#temporary, this.path);
      await syncFolder(dirname(this.path));
    } catch (error) {
      throw asFileError(error, this.path);
    }
    return this.#hash.digest('hex');
  }

  /** Errors of the file system as FILE_NOT_WRITABLE with a sentence; every other error as it is. */
  explain(error: unknown): unknown {
    return asFileError(error, this.path);
  }

  /** Removes what was written. Safe at any time, also after a failed {@link finish}. */
  async discard(): Promise<void> {
    this.stream.destroy();
    await this.#done;
    await this.#handle.close().catch(() => undefined);
    await rm(this.#temporary, { force: true });
  }
}

async function openTemporary(folder: string): Promise<{ temporary: string; handle: FileHandle }> {
  for (;;) {
    created += 1;
    const temporary = join(folder, `.mutabakat-${process.pid}-${threadId}-${created}.tmp`);
    try {
      return { temporary, handle: await open(temporary, 'wx') };
    } catch (error) {
      // A killed process of the same id left its file behind: take the next name.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** Makes the rename durable. Windows cannot open folders, and some network folders refuse: the file itself is safe. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  if (handle === null) return;
  await handle.sync().catch(() => undefined);
  await handle.close().catch(() => undefined);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the folder does not exist; choose another one.',
  ENOTDIR: 'its folder is not a folder; choose another one.',
  EACCES: 'access is denied; choose another folder, or close the file where it is open.',
  EPERM: 'access is denied; choose another folder, or close the file where it is open.',
  EBUSY: 'it is open in another program; close it there and try again.',
  EROFS: 'the folder is read-only; choose another one.',
  ENOSPC: 'the disk is full; free some space and try again.',
  EDQUOT: 'your disk quota is used up; free some space and try again.',
  EFBIG: 'the file system takes no file of this size; choose another folder.',
  ENAMETOOLONG: 'the name is too long; choose a shorter one.',
};

function asFileError(error: unknown, path: string): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  if (!('code' in error) || typeof error.code !== 'string' || !('syscall' in error)) return error;
  // Some systems' own folders take no files and say so in this way.
  const isRefused = error.code === 'ENOENT' && existsSync(dirname(path));
  const reason = isRefused
    ? 'this folder takes no new files; choose another one.'
    : (REASONS[error.code] ?? `the system says ${error.code}; choose another folder.`);
  return new AppError('FILE_NOT_WRITABLE', `"${basename(path)}" cannot be written: ${reason}`, { cause: error });
}
