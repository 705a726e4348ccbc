import { createServer, type Server } from 'node:http';
import { FaultRunner } from './fault-runner.ts';
import type { FaultScript } from './fault-types.ts';
import { listPlanted, type PlantedDiscrepancy, type SharedNumber } from './planting.ts';
import { readSamples } from './samples.ts';
import { type SandboxCounters, Service } from './service.ts';
import { type OrderEdit, Store } from './store.ts';
import type { WireOrder } from './wire-types.ts';

export interface SandboxOptions {
  /** How many orders are generated; the documented samples come on top of them. */
  orders: number;
  /** The same seed always gives the same orders. */
  seed: number;
  /** 0, the default, takes any free port. */
  port?: number;
  /** The token that requests must carry. The default follows from the seed; it protects nothing. */
  token?: string;
  /** The folder with the documented samples. */
  samplesDir: string;
  faults?: FaultScript;
  /** What larger `limit`s are cut to without a word (assumed: the real maximum is unknown). 100 by default. */
  maxLimit?: number;
  /** Where changes are kept over restarts; without it they end with the server. */
  stateFile?: string;
  /** The clock behind `modified_date`, in epoch milliseconds. */
  now?: () => number;
}

/** A running sandbox. */
export interface Sandbox {
  /** The host's root, for example `http://127.0.0.1:40123`. */
  readonly baseUrl: string;
  readonly token: string;
  /** Samples and generated orders together: what an unfiltered list counts. */
  readonly size: number;
  readonly counters: SandboxCounters;
  /** Every finding that the checks must report on the orders as generated, and no other; ids ascend. */
  planted(): PlantedDiscrepancy[];
  /** The order numbers that occur in both channels. */
  sharedNumbers(): SharedNumber[];
  /** A copy of an order as it stands now, in the i1 shape; null when there is none. */
  order(id: number): WireOrder | null;
  /** Changes an order or its lines as another user would, past every rule. Throws when the order does not exist. */
  edit(orderId: number, edit: OrderEdit): void;
  /** Replaces the fault script; its rules count from here on. */
  setFaults(script: FaultScript): void;
  /** Stops listening and hangs up on everybody. */
  close(): Promise<void>;
}

/**
 * Starts a look-alike of Omnitron on 127.0.0.1. Rejects when the samples or the state file cannot be read, or when the
 * port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const samples = readSamples(options.samplesDir);
  const { orders, seed, stateFile } = options;
  const store = new Store({
    orders,
    seed,
    samples,
    stateFile,
    maxLimit: options.maxLimit ?? 100,
    now: options.now ?? Date.now,
  });
  const service = new Service(store, samples, options.token ?? `demo-token-${seed}`, options.faults ?? []);
  const server = createServer((request, response) => service.handle(request, response));
  const port = await listen(server, options.port ?? 0);
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    token: service.token,
    size: store.size,
    counters: service.counters,
    planted: () => listPlanted(seed, orders),
    sharedNumbers: () => store.sharedNumbers(),
    order: (id) => structuredClone(store.order(id)),
    edit: (orderId, edit) => {
      if (store.order(orderId) === null) throw new Error(`The sandbox has no order with the id ${orderId}.`);
      store.change(orderId, structuredClone(edit));
    },
    setFaults: (script) => {
      service.faults = new FaultRunner(script);
    },
    close: () => service.close(server),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The sandbox has no port.'));
      else resolve(address.port);
    });
  });
}
