import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type SyncCalls = Pick<CallHandlers, 'sync.start' | 'sync.cancel' | 'reconcile.run'>;

/** Pulling orders and running the checks. */
export function syncHandlers({ opened, work, events, clock }: HandlerParts): SyncCalls {
  return {
    'sync.start': async () => {
      const connection = opened.require();
      try {
        return await work.run('sync', (signal) => {
          const onProgress: Parameters<typeof connection.sync>[0]['onProgress'] = (progress) =>
            events.send({ type: 'sync.progress', progress });
          return connection.sync({ signal, onProgress });
        });
      } finally {
        events.flush();
        await opened.announce();
      }
    },
    'sync.cancel': () => {
      work.cancel('sync');
      return null;
    },
    'reconcile.run': () => opened.require().reconcile(clock.now()),
  };
}
