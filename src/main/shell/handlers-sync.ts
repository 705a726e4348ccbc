import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';
import { runSyncTask } from './sync-task.ts';

type SyncCalls = Pick<
  CallHandlers,
  'sync.plan' | 'sync.start' | 'sync.cancel' | 'sync.acceptVanished' | 'sync.capabilities' | 'reconcile.run'
>;

/** Pulling orders and running the checks. */
export function syncHandlers(parts: HandlerParts): SyncCalls {
  const { opened, work, clock } = parts;
  return {
    'sync.plan': (request) => opened.require().planSync(request),
    'sync.start': (request) => runSyncTask(parts, { request, cause: 'manual' }),
    'sync.cancel': () => {
      work.cancel('sync');
      return null;
    },
    'sync.acceptVanished': () => opened.require().acceptVanished(),
    'sync.capabilities': () => opened.require().reader.capabilities(),
    'reconcile.run': () => opened.require().reconcile(clock.now()),
  };
}
