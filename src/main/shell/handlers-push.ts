import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type PushCalls = Pick<
  CallHandlers,
  'corrections.push' | 'corrections.pausePush' | 'batches.dryRun' | 'batches.cancelDryRun' | 'batches.reverse'
>;

/** Pushing batches, dry runs, and taking a batch back. */
export function pushHandlers({ opened, settings, work, events, clock }: HandlerParts): PushCalls {
  let pause = new AbortController();

  /** Progress that still waits, and what has changed, reach the window before the call is answered. */
  async function told<T>(task: Promise<T>): Promise<T> {
    try {
      return await task;
    } finally {
      events.flush();
      await opened.announce();
    }
  }

  return {
    'corrections.push': ({ batch }) => {
      const connection = opened.require();
      return told(
        work.run('push', (signal) => {
          pause = new AbortController();
          return connection.push({
            batch,
            signal,
            pause: pause.signal,
            onProgress: (progress) => events.send({ type: 'push.progress', ...progress }),
          });
        }),
      );
    },
    'corrections.pausePush': () => {
      pause.abort();
      return null;
    },
    'batches.dryRun': ({ id }) => {
      const connection = opened.require();
      return told(
        work.run('dryRun', (signal) =>
          connection.dryRun({
            batch: id,
            signal,
            onProgress: (done, total) => events.send({ type: 'dryRun.progress', done, total }),
          }),
        ),
      );
    },
    'batches.cancelDryRun': () => {
      work.cancel('dryRun');
      return null;
    },
    'batches.reverse': (request) => {
      const { timeZone } = settings.get();
      return told(opened.require().writer.reverseBatch({ ...request, timeZone, nowMs: clock.now() }));
    },
  };
}
