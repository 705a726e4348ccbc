import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type RunCalls = Pick<CallHandlers, 'runs.list' | 'quarantine.list' | 'quarantine.retry' | 'changes.list'>;

/** The log of runs, what was put aside, and the history of changes. */
export function runHandlers({ opened, work }: HandlerParts): RunCalls {
  return {
    'runs.list': (request) => opened.require().reader.runs(request),
    'quarantine.list': (request) => opened.require().reader.quarantine(request),
    // Shares the sync's place, so that cancelling and closing reach it.
    'quarantine.retry': async () => {
      const connection = opened.require();
      return work.run('sync', (signal) => connection.retryQuarantine({ signal }));
    },
    'changes.list': (request) => opened.require().reader.changes(request),
  };
}
