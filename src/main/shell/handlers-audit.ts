import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type AuditCalls = Pick<CallHandlers, 'audit.window' | 'audit.verify'>;

/** The audit trail of the open connection. */
export function auditHandlers({ opened }: HandlerParts): AuditCalls {
  return {
    'audit.window': (request) => opened.require().audit.window(request),
    'audit.verify': () => opened.require().audit.verify(),
  };
}
