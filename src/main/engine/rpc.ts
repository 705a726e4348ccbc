import { AppError, type ErrorShape, fromErrorShape, toErrorShape } from '../../shared/errors.ts';

/** What a called method may use besides its arguments. */
export interface CallContext {
  signal: AbortSignal;
  progress(value: unknown): void;
}

/** A thread's end of the line, so that tests can use a MessageChannel and the program a Worker. */
export interface RpcPort {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

type Request = { kind: 'call'; id: number; method: string; args: unknown } | { kind: 'cancel'; id: number };
type Reply =
  | { kind: 'value'; id: number; value: unknown }
  | { kind: 'error'; id: number; error: ErrorShape }
  | { kind: 'progress'; id: number; value: unknown };

/** Answers calls on `port` with the methods of `service`. `close` answers first and then calls `onClosed`. */
export function serveRpc(port: RpcPort, service: object, onClosed: () => void): void {
  const running = new Map<number, AbortController>();

  async function answer(id: number, method: string, args: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const work: unknown = Object.hasOwn(service, method) ? Reflect.get(service, method) : undefined;
      if (typeof work !== 'function') throw new AppError('INTERNAL', `The engine has no method "${method}".`);
      const progress = (value: unknown): void => port.postMessage({ kind: 'progress', id, value } satisfies Reply);
      const value: unknown = await work.call(service, args, { signal: controller.signal, progress });
      port.postMessage({ kind: 'value', id, value } satisfies Reply);
    } catch (thrown) {
      port.postMessage({ kind: 'error', id, error: toErrorShape(thrown) } satisfies Reply);
    } finally {
      running.delete(id);
    }
    if (method === 'close') onClosed();
  }

  port.on('message', (message) => {
    const request = message as Request;
    if (request.kind === 'cancel') running.get(request.id)?.abort();
    else void answer(request.id, request.method, request.args);
  });
}

/** The calling end: `call` for one method, `fail` when the other thread is gone, so that no call ever hangs. */
export interface RpcClient {
  call(
    method: string,
    args: unknown,
    options?: { signal?: AbortSignal; onProgress?(value: unknown): void; transfer?: readonly ArrayBuffer[] },
  ): Promise<unknown>;
  fail(reason: AppError): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(reason: unknown): void;
  onProgress: ((value: unknown) => void) | undefined;
}

/** Makes calls over `port`. */
export function createRpcClient(port: RpcPort): RpcClient {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let gone: AppError | null = null;

  port.on('message', (message) => {
    const reply = message as Reply;
    const entry = waiting.get(reply.id);
    if (entry === undefined) return;
    if (reply.kind === 'progress') {
      entry.onProgress?.(reply.value);
      return;
    }
    waiting.delete(reply.id);
    if (reply.kind === 'value') entry.resolve(reply.value);
    else entry.reject(fromErrorShape(reply.error));
  });

  return {
    call(method, args, options = {}) {
      if (gone !== null) return Promise.reject(gone);
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const cancel = (): void => port.postMessage({ kind: 'cancel', id } satisfies Request);
        const settle =
          <T>(then: (value: T) => void) =>
          (value: T): void => {
            options.signal?.removeEventListener('abort', cancel);
            then(value);
          };
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject), onProgress: options.onProgress });
        port.postMessage({ kind: 'call', id, method, args } satisfies Request, options.transfer);
        options.signal?.addEventListener('abort', cancel, { once: true });
        if (options.signal?.aborted === true) cancel();
      });
    },
    fail(reason) {
      gone = reason;
      for (const entry of waiting.values()) entry.reject(reason);
      waiting.clear();
    },
  };
}
