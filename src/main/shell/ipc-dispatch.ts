import { AppError, toErrorShape } from '../../shared/errors.ts';
import { MOST_PASTED_TEXT } from '../../shared/ipc/batch-calls.ts';
import { type CallRequest, type CallResponse, type CallResult, CONTRACT } from '../../shared/ipc/contract.ts';
import type { CallName } from '../../shared/ipc/names.ts';
import { isAppUrl } from './app-origin.ts';
import { isWithinBounds } from './payload-bounds.ts';

/** One handler for every call of the contract. */
export type CallHandlers = {
  [N in CallName]: (request: CallRequest<N>) => CallResponse<N> | Promise<CallResponse<N>>;
};

/** Who sent a call, as far as it is asked here. The frame is null once it has navigated or is gone. */
export interface CallSender {
  contentsId: number;
  frame: { readonly url: string; readonly parent: unknown } | null;
}

/**
 * True when a call comes from the main frame of our window showing our page. A missing frame or address is refused.
 * @param windowId the id of our window's contents; null where there is no window.
 */
export function isTrustedSender(sender: CallSender, windowId: number | null): boolean {
  return (
    windowId !== null &&
    sender.contentsId === windowId &&
    sender.frame !== null &&
    sender.frame.parent === null &&
    typeof sender.frame.url === 'string' &&
    isAppUrl(sender.frame.url)
  );
}

/**
 * Answers one call: checks its sender, its size and its request, then enters the handler. Never rejects: whatever goes
 * wrong becomes a typed error. A refusal never enters the handler.
 */
export async function dispatchCall<N extends CallName>(
  name: N,
  trusted: boolean,
  args: readonly unknown[],
  handlers: CallHandlers,
): Promise<CallResult<CallResponse<N>>> {
  try {
    if (!trusted) throw new AppError('IPC_REFUSED', 'The call did not come from the program’s own window.');
    const request = parseRequest(name, args);
    const handler: (request: CallRequest<N>) => CallResponse<N> | Promise<CallResponse<N>> = handlers[name];
    return { ok: true, value: await handler(request) };
  } catch (thrown) {
    return { ok: false, error: toErrorShape(thrown) };
  }
}

/** Calls that take more text than others; the name of its field counts too. */
const MOST_TEXT: Partial<Record<CallName, number>> = {
  'corrections.previewPaste': MOST_PASTED_TEXT + 'text'.length,
  'corrections.addPaste': MOST_PASTED_TEXT + 'text'.length,
};

function parseRequest<N extends CallName>(name: N, args: readonly unknown[]): CallRequest<N> {
  if (args.length > 1 || !isWithinBounds(args[0], MOST_TEXT[name])) {
    throw new AppError('IPC_REFUSED', `The request of ${name} is too large or not plain data.`);
  }
  const parsed = CONTRACT[name].request.safeParse(args[0]);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue === undefined || issue.path.length === 0 ? 'the request' : issue.path.join('.');
    throw new AppError('IPC_REFUSED', `The request of ${name} is not as agreed: ${where} does not fit.`);
  }
  return parsed.data as CallRequest<N>;
}
