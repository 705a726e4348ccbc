import type { SandboxControl } from './control.ts';

type Method = keyof SandboxControl;

/** One call of the control face, on its way to the thread. */
export interface ControlCall {
  id: number;
  method: Method;
  args: readonly unknown[];
}

/** The control face of a sandbox in another thread: the same methods, each answering later. */
export type ThreadControl = {
  [M in Method]: (...args: Parameters<SandboxControl[M]>) => Promise<ReturnType<SandboxControl[M]>>;
};

/** Makes the call that came from the other thread. */
export function callControl(control: SandboxControl, { method, args }: ControlCall): unknown {
  // The types of the arguments were held against the method where the call was made.
  const run = control[method] as (...args: readonly unknown[]) => unknown;
  return run(...args);
}

/** A control face that hands every call to `send` and answers what comes back. */
export function remoteControl(send: (method: Method, args: readonly unknown[]) => Promise<unknown>): ThreadControl {
  const face = <M extends Method>(method: M): ThreadControl[M] =>
    ((...args: Parameters<SandboxControl[M]>) => send(method, args)) as ThreadControl[M];
  return {
    planted: face('planted'),
    sharedNumbers: face('sharedNumbers'),
    ids: face('ids'),
    order: face('order'),
    edit: face('edit'),
    touch: face('touch'),
    insert: face('insert'),
    remove: face('remove'),
    setFaults: face('setFaults'),
    counts: face('counts'),
    expireTokens: face('expireTokens'),
    signIns: face('signIns'),
    omsPlanted: face('omsPlanted'),
    omsCounts: face('omsCounts'),
    setOmsFaults: face('setOmsFaults'),
  };
}
