import type { FetchLike } from './http-port.ts';

/** Node's own `fetch`: for the command line, which has no Electron and so no system proxy. */
export const nodeFetch: FetchLike = (url, init) => fetch(url, init);
