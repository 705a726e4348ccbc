import { credentialsEntry } from '../connections/audit-work.ts';
import { toSecret } from '../connections/credentials.ts';
import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type ConnectionCalls = Pick<
  CallHandlers,
  | 'connections.list'
  | 'connections.connect'
  | 'connections.openDemo'
  | 'connections.open'
  | 'connections.setToken'
  | 'connections.current'
  | 'connections.setOms'
>;

/** Connections: listing, making and switching between them. */
export function connectionHandlers({ workspace, opened, tokens, work }: HandlerParts): ConnectionCalls {
  return {
    'connections.list': () => workspace.list(),
    'connections.connect': async (request) => {
      // A new token for the open connection closes it; what runs on it must have ended by then.
      if (workspace.current()?.name === request.name) await work.cancelAll();
      return workspace.connect(request);
    },
    'connections.openDemo': (request) => opened.switchTo(() => workspace.openDemo(request)),
    'connections.open': ({ name }) => opened.switchTo(() => workspace.open(name)),
    'connections.setToken': async (credentials) => {
      const connection = opened.require();
      await tokens.set(connection.name, toSecret(credentials));
      await connection.audit.record(credentialsEntry(connection.name));
      return connection.state();
    },
    'connections.current': () => opened.current(),
    'connections.setOms': async ({ source }) => {
      const connection = opened.require();
      await connection.oms.set(source);
      return connection.state();
    },
  };
}
