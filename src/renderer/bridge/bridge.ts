import { AppError, fromErrorShape, toErrorShape } from '../../shared/errors.ts';
import type { AppEvent, CallRequest, CallResponse } from '../../shared/ipc/contract.ts';
import { appEvent, CONTRACT, errorShape } from '../../shared/ipc/contract.ts';
import type { CallName } from '../../shared/ipc/names.ts';

/** The one object that the preload puts on the page. What comes through it is unknown until it has been parsed. */
export interface BridgePort {
  invoke(name: CallName, request: unknown): Promise<unknown>;
  onEvent(listener: (event: unknown) => void): () => void;
}

/** Arguments after the name: none for a call whose request is empty. */
type CallArguments<N extends CallName> = undefined extends CallRequest<N> ? [] : [CallRequest<N>];

/** A typed call to main. @throws AppError with main's code, or INTERNAL when the answer is not the contract's. */
export type Call = <N extends CallName>(name: N, ...request: CallArguments<N>) => Promise<CallResponse<N>>;

export interface Bridge {
  call: Call;
  /** Listens to main's events; the result stops it. Events that are not the contract's are dropped. */
  onEvent(listener: (event: AppEvent) => void): () => void;
}

function unwrap(name: CallName, answer: unknown): unknown {
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
    if (answer.ok === true) return 'value' in answer ? answer.value : undefined;
    const error = errorShape.safeParse('error' in answer ? answer.error : null);
    if (error.success) {
      const { details, ...rest } = error.data;
      throw fromErrorShape(details === undefined ? rest : { ...rest, details });
    }
  }
  throw new AppError('INTERNAL', `The answer to ${name} has no result. Restart the program.`);
}

/** Puts types and checks around the preload's object. */
export function createBridge(port: () => BridgePort): Bridge {
  return {
    async call<N extends CallName>(name: N, ...request: CallArguments<N>): Promise<CallResponse<N>> {
      const answer = await port()
        .invoke(name, request[0])
        .catch((thrown: unknown) => ({ ok: false, error: toErrorShape(thrown) }));
      const parsed = CONTRACT[name].response.safeParse(unwrap(name, answer));
      if (!parsed.success) {
        const where = parsed.error.issues[0]?.path.join('.') ?? '';
        throw new AppError('INTERNAL', `The answer to ${name} is not as agreed (${where}). Restart the program.`);
      }
      return parsed.data as CallResponse<N>;
    },
    onEvent(listener) {
      return port().onEvent((event) => {
        const parsed = appEvent.safeParse(event);
        if (parsed.success) listener(parsed.data);
      });
    },
  };
}

function pagePort(): BridgePort {
  const { mutabakat } = globalThis as { mutabakat?: BridgePort };
  if (mutabakat === undefined) {
    throw new AppError('INTERNAL', 'The window has no connection to the program. Restart the program.');
  }
  return mutabakat;
}

const pageBridge = createBridge(pagePort);
export const call: Call = pageBridge.call;
export const onEvent: Bridge['onEvent'] = pageBridge.onEvent;

/** Whatever was thrown, as an AppError that the window can show. */
export function asAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : fromErrorShape(toErrorShape(thrown));
}
