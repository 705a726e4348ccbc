import type { SyncCause, SyncRequest, SyncSummary } from '../../shared/sync.ts';
import type { HandlerParts } from './handler-parts.ts';

/**
 * One sync of the open connection with its progress for the window, whether a person or the schedule asked for it.
 * @throws AppError CONNECTION_UNKNOWN while none is open, BUSY while one runs, and what the sync throws
 */
export async function runSyncTask(
  { opened, work, events }: Pick<HandlerParts, 'opened' | 'work' | 'events'>,
  { request, cause }: { request: SyncRequest; cause: SyncCause },
): Promise<SyncSummary> {
  const connection = opened.require();
  try {
    return await work.run('sync', (signal) =>
      connection.sync({
        signal,
        onProgress: (progress) => events.send({ type: 'sync.progress', progress }),
        request,
        cause,
      }),
    );
  } finally {
    events.flush();
    await opened.announce();
  }
}
