import type { MessagePort } from 'node:worker_threads';
import { toErrorShape } from '../../shared/errors.ts';
import { systemAuthor } from '../audit/author.ts';
import { judgeDamage } from '../database/connection-files.ts';
import { dataError, withDataErrors } from '../database/sqlite-errors.ts';
import { PIN_COST } from '../users/sealed-key.ts';
import { startCopier } from './copier.ts';
import { createReader } from './reader.ts';
import { serveRpc } from './rpc.ts';
import { sideReaderOf } from './side-reader.ts';
import type { ThreadPart } from './threads.ts';
import { createTurns } from './turns.ts';
import { createWriter } from './writer.ts';

/** Makes this thread the writer or the reader of one connection folder. `entry` starts further threads. */
export function serve(port: MessagePort, part: ThreadPart, entry: URL): void {
  const { folder } = part;
  try {
    const service = withDataErrors(
      () =>
        part.role === 'writer'
          ? createWriter(
              folder,
              systemAuthor(),
              part.auditKey,
              PIN_COST,
              (path) => startCopier(entry, path),
              sideReaderOf(entry),
            )
          : createReader(
              folder,
              () => performance.now(),
              () => Date.now(),
            ),
      () => judgeDamage(folder),
    );
    serveRpc(port, guarded(service, folder), () => port.close());
    port.postMessage({ kind: 'ready' });
  } catch (thrown) {
    port.postMessage({ kind: 'failed', error: toErrorShape(thrown) });
    port.close();
  }
}

/** Methods that keep a transaction open while messages are still taken. */
const ALONE: ReadonlySet<string> = new Set(['importStatement']);

/** Every method with SQLite's errors turned into the program's. */
function guarded(service: object, folder: string): object {
  const turns = createTurns();
  return Object.fromEntries(
    Object.entries(service).map(([name, method]: [string, (...args: unknown[]) => unknown]) => [
      name,
      async (...args: unknown[]) => {
        try {
          return await (ALONE.has(name) ? turns.alone : turns.beside)(() => method(...args));
        } catch (thrown) {
          throw dataError(thrown, () => judgeDamage(folder));
        }
      },
    ]),
  );
}
