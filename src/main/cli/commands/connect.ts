import { AppError } from '../../../shared/errors.ts';
import { type Command, connectionNameOf, untilStopped, waitMsOf } from '../context.ts';
import { counted } from '../table.ts';

/** `connect`: asks host and token once and remembers the host. */
export const connect: Command = async (context) => {
  const name = connectionNameOf(context);
  const token = await context.tokens.get(name);
  if (token === null) throw new AppError('TOKEN_MISSING', 'No token is given.');
  const baseUrl = context.args.value('base-url') ?? '';
  const made = await untilStopped(
    context.workspace.connect({ name, baseUrl, token, waitMs: waitMsOf(context.args) }),
    context.signal,
  );
  return {
    json: made,
    text: `Connected "${made.connection}" to ${made.baseUrl}, which has ${counted(made.remoteCount, 'order')}. Pull them with: sync`,
    needsPerson: false,
  };
};
