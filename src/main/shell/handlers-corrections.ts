import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type CorrectionCalls = Pick<
  CallHandlers,
  | 'corrections.list'
  | 'corrections.receipts'
  | 'corrections.add'
  | 'corrections.markSent'
  | 'corrections.markSentOfStatement'
  | 'corrections.previewPaste'
  | 'corrections.addPaste'
  | 'corrections.withdraw'
  | 'corrections.keepMine'
  | 'corrections.resolve'
  | 'corrections.cancellationAmount'
  | 'corrections.addCancellation'
>;

/** Proposing, taking back and deciding corrections. Every change is announced, for it lies over the lists' rows. */
export function correctionHandlers({ opened, settings, clock }: HandlerParts): CorrectionCalls {
  async function announced<T>(change: Promise<T>): Promise<T> {
    const outcome = await change;
    await opened.announce();
    return outcome;
  }
  const moment = () => ({ timeZone: settings.get().timeZone, nowMs: clock.now() });

  return {
    'corrections.list': (request) => opened.require().reader.correctionsList({ ...request, moment: moment() }),
    'corrections.receipts': (request) => opened.require().reader.receipts(request),
    'corrections.add': (correction) => announced(opened.require().writer.addCorrection({ correction, ...moment() })),
    'corrections.markSent': (request) => announced(opened.require().writer.markSent({ ...request, ...moment() })),
    'corrections.markSentOfStatement': (request) =>
      announced(opened.require().writer.markSentOfStatement({ ...request, ...moment() })),
    'corrections.previewPaste': (request) => opened.require().reader.previewPaste({ ...request, ...moment() }),
    'corrections.addPaste': (request) => announced(opened.require().writer.addPaste({ ...request, ...moment() })),
    'corrections.withdraw': ({ ids }) =>
      announced(opened.require().writer.withdrawCorrections({ ids, nowMs: clock.now() })),
    'corrections.keepMine': (request) =>
      announced(opened.require().writer.requeueCorrections({ ...request, ...moment() })),
    'corrections.resolve': (request) =>
      announced(opened.require().writer.resolveConflicts({ ...request, ...moment() })),
    'corrections.cancellationAmount': (request) => opened.require().reader.cancellationAmount(request),
    'corrections.addCancellation': (cancellation) =>
      announced(opened.require().writer.addCancellation({ cancellation, ...moment() })),
  };
}
