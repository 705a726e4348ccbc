import type { USER_CALLS } from '../../shared/ipc/batch-calls.ts';
import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

/** People with a PIN, who is signed in, and the rules of control. Signing in ends when the connection is closed. */
export function userHandlers(parts: HandlerParts): Pick<CallHandlers, keyof typeof USER_CALLS> {
  const { opened, desktop, written, clock } = parts;

  async function announced<T>(change: Promise<T>): Promise<T> {
    const outcome = await change;
    await opened.announce();
    return outcome;
  }

  return {
    'users.list': async () => {
      const { reader, writer } = opened.require();
      const [users, signedIn] = await Promise.all([reader.users({ nowMs: clock.now() }), writer.signedIn()]);
      return { users, signedIn };
    },
    'users.add': (request) => announced(opened.require().writer.addUser({ ...request, nowMs: clock.now() })),
    'users.changePin': (request) => opened.require().writer.changePin({ ...request, nowMs: clock.now() }),
    'users.disable': (request) => announced(opened.require().writer.disableUser({ ...request, nowMs: clock.now() })),
    'users.signIn': (request) => announced(opened.require().writer.signIn({ ...request, nowMs: clock.now() })),
    'users.signOut': () => announced(opened.require().writer.signOut()),
    'users.exportIdentity': async ({ name }) => {
      const { approvals } = opened.require();
      const path = await desktop.askWhereToSave(`Mutabakat_identity_${name.replaceAll(' ', '_')}.json`, 'json');
      if (path === null) return null;
      const outcome = await approvals.exportIdentity({ name, path });
      written.add(outcome.path);
      return outcome;
    },
    'users.importIdentity': async () => {
      const { approvals } = opened.require();
      const path = await desktop.askWhichSignedFile();
      return path === null ? null : announced(approvals.importIdentity(path));
    },
    'control.get': () => opened.require().reader.control(),
    'control.set': (request) => announced(opened.require().writer.setControl({ ...request, nowMs: clock.now() })),
  };
}
