import type { HandlerParts } from './handler-parts.ts';
import { appHandlers } from './handlers-app.ts';
import { connectionHandlers } from './handlers-connections.ts';
import { correctionHandlers } from './handlers-corrections.ts';
import { findingHandlers } from './handlers-findings.ts';
import { matchHandlers } from './handlers-matches.ts';
import { orderHandlers } from './handlers-orders.ts';
import { reportHandlers } from './handlers-reports.ts';
import { ruleHandlers } from './handlers-rules.ts';
import { runHandlers } from './handlers-runs.ts';
import { statementHandlers } from './handlers-statements.ts';
import { syncHandlers } from './handlers-sync.ts';
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
    ...reportHandlers(parts),
  };
}
