import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type CorrectionCalls = Pick<
  CallHandlers,
  | 'corrections.list'
  | 'corrections.add'
  | 'corrections.markSent'
  | 'corrections.withdraw'
  | 'corrections.keepMine'
  | 'corrections.push'
  | 'corrections.cancelPush'
>;

/** Queueing, taking back and sending corrections. Every change is announced, for it lies over the lists' rows. */
export function correctionHandlers(parts: HandlerParts): CorrectionCalls {
  const { opened, settings, work, events, clock } = parts;

  async function announced<T>(change: Promise<T>): Promise<T> {
    const outcome = await change;
    await opened.announce();
    return outcome;
  }

  return {
    'corrections.list': (request) => opened.require().reader.correctionsList(request),
    'corrections.add': (correction) =>
      announced(opened.require().writer.addCorrection({ correction, nowMs: clock.now() })),
    'corrections.markSent': (request) =>
      announced(
        opened.require().writer.markSent({ ...request, timeZone: settings.get().timeZone, nowMs: clock.now() }),
      ),
    'corrections.withdraw': ({ ids }) =>
      announced(opened.require().writer.withdrawCorrections({ ids, nowMs: clock.now() })),
    'corrections.keepMine': ({ ids }) =>
      announced(opened.require().writer.requeueCorrections({ ids, nowMs: clock.now() })),
    'corrections.push': async () => {
      const connection = opened.require();
      try {
        return await work.run('push', (signal) =>
          connection.push({ signal, onProgress: (done, total) => events.send({ type: 'push.progress', done, total }) }),
        );
      } finally {
        events.flush();
        await opened.announce();
      }
    },
    'corrections.cancelPush': () => {
      work.cancel('push');
      return null;
    },
  };
}
