import type { Remote, WriterService } from '../../src/main/engine/services.ts';

/** A writer of this process as another thread would see it: answers and errors arrive later. */
export function asRemote(service: WriterService): Remote<WriterService> {
  return asRemoteReader(service);
}

/** The same of a reader. */
export function asRemoteReader<Service extends object>(service: Service): Remote<Service> {
  return new Proxy(service, {
    get: (target, method) => {
      const call: unknown = Reflect.get(target, method);
      return typeof call === 'function' ? async (...args: unknown[]) => call.apply(target, args) : call;
    },
  }) as unknown as Remote<Service>;
}
