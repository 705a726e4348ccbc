import { resolve } from 'node:path';
import type { User } from '../../../shared/users.ts';
import { systemClock } from '../../connections/clock.ts';
import { type Command, type Outcome, openConnection } from '../context.ts';
import { table } from '../table.ts';

function userTable(users: readonly User[]): string[] {
  const columns = [{ heading: 'Name' }, { heading: 'Key' }, { heading: 'Works' }, { heading: 'State' }];
  return table(
    columns,
    users.map(({ name, fingerprint, local, disabled, pausedUntil }) => [
      name,
      fingerprint,
      local ? 'here' : 'elsewhere',
      disabled ? 'disabled' : pausedUntil === null ? 'active' : `paused until ${pausedUntil}`,
    ]),
  );
}

function outcome(user: User): Outcome {
  return { json: { user }, text: userTable([user]).join('\n'), needsPerson: false };
}

/** `users list`. */
export const usersList: Command = async (context) => {
  const { reader } = await openConnection(context, 'read');
  const users = await reader.users({ nowMs: context.clock.now() });
  const text = users.length === 0 ? 'Nobody has been added yet.' : userTable(users).join('\n');
  return { json: { users }, text, needsPerson: false };
};

/** `users add NAME`: a person with the PIN of the environment; the second and later ones are added by somebody. */
export const usersAdd: Command = async (context) => {
  const { args, pins, clock } = context;
  const pin = pins.next();
  const { writer } = await openConnection(context, 'write');
  return outcome(await writer.addUser({ name: args.operand ?? '', pin, nowMs: clock.now() }));
};

/** `users disable NAME`. */
export const usersDisable: Command = async (context) => {
  const { args, clock } = context;
  const { writer } = await openConnection(context, 'write');
  return outcome(await writer.disableUser({ name: args.operand ?? '', nowMs: clock.now() }));
};

/** `users change-pin NAME`. The true time counts, as for signing in. */
export const usersChangePin: Command = async (context) => {
  const { args, pins } = context;
  const change = { name: args.operand ?? '', pin: pins.present(), newPin: pins.next() };
  const { writer } = await openConnection(context, 'write');
  return outcome(await writer.changePin({ ...change, nowMs: systemClock().now() }));
};

/** `users identity NAME`: saves a person's public key for other workstations. */
export const usersIdentity: Command = async (context) => {
  const { args } = context;
  const { approvals } = await openConnection(context, 'write');
  const name = args.operand ?? '';
  const { path } = await approvals.exportIdentity({ name, path: resolve(args.value('out') ?? '') });
  return { json: { path }, text: `The identity of ${name} is in ${path}`, needsPerson: false };
};

/** `users import FILE`: accepts a person from another workstation. */
export const usersImport: Command = async (context) => {
  const { approvals } = await openConnection(context, 'write');
  return outcome(await approvals.importIdentity(resolve(context.args.operand ?? '')));
};
