import type { Door, SignIns } from './door.ts';
import { FaultRunner } from './fault-runner.ts';
import type { FaultScript } from './fault-types.ts';
import type { SharedNumber } from './number-sharing.ts';
import { listOmsPlanted, type PlantedOmsDifference } from './oms-planting.ts';
import { listPlanted, type PlantedDiscrepancy } from './planting.ts';
import type { SandboxCounters, Service } from './service.ts';
import type { OrderEdit, Store } from './store.ts';
import type { WireOrder } from './wire-types.ts';

/** How tests and benchmarks look into a sandbox and change it from behind; every change shows at once in every answer. */
export interface SandboxControl {
  /** Every finding that the checks must report on the orders as generated, and no other; ids ascend. */
  planted(): PlantedDiscrepancy[];
  /** The order numbers that occur in both channels. */
  sharedNumbers(): SharedNumber[];
  /** The ids of all orders that are there, ascending. */
  ids(): number[];
  /** A copy of an order as it stands now, in the i1 shape; null when there is none. */
  order(id: number): WireOrder | null;
  /** Changes an order or its lines as another user would, past every rule. Throws when the order does not exist. */
  edit(orderId: number, edit: OrderEdit): void;
  /** Modifies nothing but an order's `modified_date`. Throws when the order does not exist. */
  touch(id: number): void;
  /** Adds clean orders, 1 by default, behind the last id and answers their ids. */
  insert(count?: number): number[];
  /** Takes an order away; its id never comes back. Throws when the order does not exist. */
  remove(id: number): void;
  /** Replaces the fault script; its rules count from here on. */
  setFaults(script: FaultScript): void;
  /** A copy of the counters as they stand. */
  counts(): SandboxCounters;
  /** Every key that is valid now, the first token included, is answered 401 from here on. */
  expireTokens(): void;
  /** How often somebody wanted to sign in, and how often a key was handed out. */
  signIns(): SignIns;
  /** Every difference between OMS and the orders as generated, and no other; ids ascend. */
  omsPlanted(): PlantedOmsDifference[];
  /** A copy of OMS's counters as they stand; empty where it is not served. */
  omsCounts(): SandboxCounters;
  /** Replaces OMS's fault script. Throws where OMS is not served. */
  setOmsFaults(script: FaultScript): void;
}

/** The control face over a running sandbox, and over OMS where that is served. */
export function createControl(store: Store, door: Door, service: Service, oms: Service | null): SandboxControl {
  const known = (id: number): number => {
    if (store.has(id)) return id;
    throw new Error(`The sandbox has no order with the id ${id}.`);
  };
  return {
    planted: () => listPlanted(store.seed, store.generated),
    sharedNumbers: () => store.sharedNumbers(),
    ids: () => Array.from(store.ids()),
    order: (id) => structuredClone(store.order(id)),
    edit: (orderId, edit) => store.change(known(orderId), structuredClone(edit)),
    touch: (id) => store.change(known(id), {}),
    insert: (count = 1) => store.insert(count),
    remove: (id) => store.remove(known(id)),
    setFaults: (script) => {
      service.faults = new FaultRunner(script);
    },
    counts: () => structuredClone(service.counters),
    expireTokens: () => door.expireTokens(),
    signIns: () => door.signIns(),
    omsPlanted: () => listOmsPlanted(store.seed, store.generated),
    omsCounts: () => structuredClone(oms?.counters ?? { requests: {}, writes: {} }),
    setOmsFaults: (script) => {
      if (oms === null) throw new Error('OMS is not served: start the sandbox with the option oms.');
      oms.faults = new FaultRunner(script);
    },
  };
}
