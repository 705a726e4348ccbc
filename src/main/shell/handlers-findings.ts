import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type FindingCalls = Pick<CallHandlers, 'findings.window' | 'findings.summary'>;

/** Reading findings. */
export function findingHandlers({ opened, settings }: HandlerParts): FindingCalls {
  const zone = () => ({ timeZone: settings.get().timeZone });
  return {
    'findings.window': (request) => opened.require().reader.findingsWindow({ ...request, ...zone() }),
    'findings.summary': (request) => opened.require().reader.findingsSummary({ ...request, ...zone() }),
  };
}
