import type { Remote, WriterService } from '../../src/main/engine/services.ts';

/** A service of this process as another thread would see it: answers and errors arrive later. */
export function asRemote(service: WriterService): Remote<WriterService> {
  return new Proxy(service, {
    get: (target, method) => {
      const call: unknown = Reflect.get(target, method);
      return typeof call === 'function' ? async (...args: unknown[]) => call.apply(target, args) : call;
    },
  }) as unknown as Remote<WriterService>;
}
