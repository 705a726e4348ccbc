import type { HandlerParts } from './handler-parts.ts';
import { appHandlers } from './handlers-app.ts';
import { auditHandlers } from './handlers-audit.ts';
import { batchHandlers } from './handlers-batches.ts';
import { connectionHandlers } from './handlers-connections.ts';
import { correctionHandlers } from './handlers-corrections.ts';
import { findingHandlers } from './handlers-findings.ts';
import { matchHandlers } from './handlers-matches.ts';
import { orderHandlers } from './handlers-orders.ts';
import { pushHandlers } from './handlers-push.ts';
import { reportHandlers } from './handlers-reports.ts';
import { ruleHandlers } from './handlers-rules.ts';
import { runHandlers } from './handlers-runs.ts';
import { statementHandlers } from './handlers-statements.ts';
import { syncHandlers } from './handlers-sync.ts';
import { userHandlers } from './handlers-users.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

/** A handler for every call of the contract. */
export function createHandlers(parts: HandlerParts): CallHandlers {
  return {
    ...appHandlers(parts),
    ...connectionHandlers(parts),
    ...syncHandlers(parts),
    ...runHandlers(parts),
    ...orderHandlers(parts),
    ...findingHandlers(parts),
    ...statementHandlers(parts),
    ...matchHandlers(parts),
    ...ruleHandlers(parts),
    ...correctionHandlers(parts),
    ...pushHandlers(parts),
    ...batchHandlers(parts),
    ...userHandlers(parts),
    ...auditHandlers(parts),
    ...reportHandlers(parts),
  };
}
