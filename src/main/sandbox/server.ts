import { orderRoutes, type Prefix } from './api.ts';
import { cancelRoutes } from './cancel-order.ts';
import { createControl, type SandboxControl } from './control.ts';
import { discountRoutes } from './discount-items.ts';
import { Door, type SandboxUser, signInRoutes } from './door.ts';
import type { FaultScript } from './fault-types.ts';
import type { Honourable } from './filters.ts';
import { listen } from './listen.ts';
import { type Oms, type OmsOptions, startOms } from './oms.ts';
import { planRoutes } from './plans.ts';
import { answerFrom, type SlashRule } from './routes.ts';
import { readOmsSamples, readSamples } from './samples.ts';
import type { ListOrder } from './selector.ts';
import { type SandboxCounters, Service } from './service.ts';
import { Store } from './store.ts';

export interface SandboxOptions {
  /** How many orders are generated; the documented samples come on top of them. */
  orders: number;
  /** The same seed always gives the same orders. */
  seed: number;
  /** 0, the default, takes any free port. */
  port?: number;
  /** The token that requests must carry. The default follows from the seed; it protects nothing. */
  token?: string;
  /** Who can sign in. By default one user, `demo`, whose password follows from the seed. */
  users?: readonly SandboxUser[];
  /** True: signing in demands a one-time code, which nobody can give (the shape of that is assumed). */
  totp?: boolean;
  /** The folder with the documented samples. */
  samplesDir: string;
  faults?: FaultScript;
  /** What larger `limit`s are cut to without a word (assumed: the real maximum is unknown). 100 by default. */
  maxLimit?: number;
  /** Which undocumented parameters of the order list do something; the others are ignored in silence. None by default. */
  honours?: readonly Honourable[];
  /** How the order list stands without an honoured `sort`. Ascending by id by default. */
  listOrder?: ListOrder;
  /** Under which prefixes the order list is served; i1 alone by default. */
  prefixes?: readonly Prefix[];
  /** What a path without its last slash gets; 404 by default. */
  slash?: SlashRule;
  /** Whether a change of a line modifies its order too, which is unknown of the real server. True by default. */
  linesTouchOrder?: boolean;
  /** The attribute with the units of merged lines, whose prices then are those of one unit; see `writeOrder`. */
  quantityKey?: string;
  /** Serves OMS too, at a port and with a token of its own; without it there is none. */
  oms?: OmsOptions;
  /** Where changes are kept over restarts; without it they end with the server. */
  stateFile?: string;
  /** The clock behind `modified_date`, in epoch milliseconds. */
  now?: () => number;
}

/** A running sandbox. */
export interface Sandbox extends SandboxControl {
  /** The host's root, for example `http://127.0.0.1:40123`. */
  readonly baseUrl: string;
  readonly token: string;
  readonly users: readonly SandboxUser[];
  /** Samples and generated orders together, as they are now: what an unfiltered list counts. */
  readonly size: number;
  readonly counters: SandboxCounters;
  /** OMS, where it was asked for. */
  readonly oms: Oms | null;
  /** Stops listening and hangs up on everybody. */
  close(): Promise<void>;
}

/**
 * Starts a look-alike of Omnitron on 127.0.0.1. Rejects when the samples or the state file cannot be read, or when the
 * port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { orders, seed } = options;
  const { faults = [], prefixes = ['i1'], slash = 'required', listOrder = 'ascending' } = options;
  const { token = `demo-token-${seed}`, users = [{ username: 'demo', password: `demo-password-${seed}` }] } = options;
  const samples = readSamples(options.samplesDir);
  const store = new Store({
    orders,
    seed,
    samples,
    stateFile: options.stateFile,
    maxLimit: options.maxLimit ?? 100,
    linesTouchOrder: options.linesTouchOrder ?? true,
    quantityKey: options.quantityKey,
    now: options.now ?? Date.now,
  });
  const door = new Door({ seed, token, users, totp: options.totp ?? false });
  const routes = [
    ...signInRoutes(door),
    ...discountRoutes(store),
    ...planRoutes(store),
    ...cancelRoutes(store, (id) => service.countWrite('cancellation', id)),
    ...orderRoutes({
      store,
      samples,
      prefixes,
      lists: { honours: new Set(options.honours), listOrder },
      onWrite: (kind, pk) => service.countWrite(kind, pk),
    }),
  ];
  const service = new Service({
    answer: (request) => answerFrom(routes, slash, request),
    admits: (authorization) => door.admits(authorization),
    faults,
  });
  const oms = options.oms === undefined ? null : await startOms(store, readOmsSamples(options.samplesDir), options.oms);
  const { baseUrl, close } = await listen(service, options.port ?? 0).catch(async (error: unknown) => {
    await oms?.close();
    throw error;
  });
  return {
    baseUrl,
    token,
    users,
    get size() {
      return store.size;
    },
    counters: service.counters,
    ...createControl(store, door, service, oms?.service ?? null),
    oms: oms && { baseUrl: oms.baseUrl, token: oms.token, counters: oms.counters },
    close: async () => {
      await Promise.all([close(), oms?.close()]);
    },
  };
}
