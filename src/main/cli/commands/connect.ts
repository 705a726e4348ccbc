import { AppError } from '../../../shared/errors.ts';
import { fromSecret } from '../../connections/credentials.ts';
import type { OmsSource } from '../../oms/of-connection.ts';
import { omsTokenKey } from '../../oms/token-key.ts';
import { type CliContext, type Command, connectionNameOf, untilStopped, waitMsOf } from '../context.ts';
import { counted } from '../table.ts';

/** `connect`: asks host and token, or user and password, once and remembers the host. */
export const connect: Command = async (context) => {
  const name = connectionNameOf(context);
  const secret = await context.tokens.get(name);
  if (secret === null) throw new AppError('TOKEN_MISSING', 'No token is given.');
  const baseUrl = context.args.value('base-url') ?? '';
  const oms = await omsOf(context, name);
  const made = await untilStopped(
    context.workspace.connect({ name, baseUrl, waitMs: waitMsOf(context.args), ...oms, ...fromSecret(secret) }),
    context.signal,
  );
  return {
    json: made,
    text: `Connected "${made.connection}" to ${made.baseUrl}, which has ${counted(made.remoteCount, 'order')}.${omsWords(made.oms)} Pull them with: sync`,
    needsPerson: false,
  };
};

/** What `--oms-url` says: an OMS, `none`, or nothing. Its token is never Omnitron's. */
async function omsOf({ args, tokens }: CliContext, name: string): Promise<{ oms?: OmsSource | null }> {
  const url = args.value('oms-url');
  if (url === undefined) return {};
  if (url === 'none') return { oms: null };
  return { oms: { url, token: (await tokens.get(omsTokenKey(name))) ?? '' } };
}

function omsWords(oms: { url: string; remoteCount: number } | undefined): string {
  return oms === undefined ? '' : ` OMS at ${oms.url} has ${counted(oms.remoteCount, 'order')}.`;
}
