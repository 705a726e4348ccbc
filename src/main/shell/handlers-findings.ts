import { checkInfos } from '../reconcile/checks/catalogue.ts';
import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type FindingCalls = Pick<
  CallHandlers,
  | 'checks.list'
  | 'findings.window'
  | 'findings.summary'
  | 'findings.owners'
  | 'findings.decide'
  | 'findings.note'
  | 'findings.removeNote'
  | 'findings.undo'
  | 'findings.trace'
>;

/** Reading findings, and deciding about them. Every decision is announced, for counts and lists follow it. */
export function findingHandlers({ opened, settings, clock }: HandlerParts): FindingCalls {
  const zone = () => ({ timeZone: settings.get().timeZone });

  async function announced<T>(change: Promise<T>): Promise<T> {
    const outcome = await change;
    await opened.announce();
    return outcome;
  }

  return {
    'checks.list': async () => checkInfos(),
    'findings.window': (request) => opened.require().reader.findingsWindow({ ...request, ...zone() }),
    'findings.summary': (request) => opened.require().reader.findingsSummary({ ...request, ...zone() }),
    'findings.owners': () => opened.require().reader.findingOwners(),
    'findings.decide': (request) =>
      announced(opened.require().writer.decideFindings({ ...request, ...zone(), nowMs: clock.now() })),
    'findings.note': (request) => announced(opened.require().writer.addNote({ ...request, nowMs: clock.now() })),
    'findings.removeNote': (request) =>
      announced(opened.require().writer.removeNote({ ...request, nowMs: clock.now() })),
    'findings.undo': (request) => announced(opened.require().writer.undoDecision({ ...request, nowMs: clock.now() })),
    'findings.trace': (request) => opened.require().reader.findingTrace(request),
  };
}
