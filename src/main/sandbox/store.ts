import { draftOrder } from './draft-order.ts';
import { isOpen, matchesDraft, matchesOrder, type OrderFilter } from './filters.ts';
import { indexOfNumber, orderNumber } from './numbers.ts';
import { FIRST_GENERATED_ID, type SharedNumber, sharedNumberIndexes } from './planting.ts';
import type { Samples } from './samples.ts';
import { type Changes, type OrderChange, readChanges, writeChanges } from './state-file.ts';
import type { WireLine, WireOrder } from './wire-types.ts';
import { orderIdOfLine, writeOrder } from './write-order.ts';

/** What "another user" changes on an order or on its lines; see {@link Store.change}. */
export type OrderEdit = Partial<Pick<OrderChange, 'fields' | 'lines'>>;

interface StoreOptions {
  orders: number;
  seed: number;
  samples: Samples;
  stateFile: string | undefined;
  maxLimit: number;
  now: () => number;
}

/**
 * All orders of the sandbox: the documented samples first, then the generated ones, each worked out when it is asked
 * for, with what has been changed laid over it.
 */
export class Store {
  /** Samples and generated orders together. */
  readonly size: number;
  /** The most rows of one page. */
  readonly maxLimit: number;
  readonly #options: StoreOptions;
  readonly #samples: WireOrder[];
  readonly #changes: Changes;
  readonly #matches = new Map<string, number[]>();

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#samples = options.samples.orders;
    this.maxLimit = options.maxLimit;
    this.size = this.#samples.length + options.orders;
    this.#changes = options.stateFile === undefined ? new Map() : readChanges(options.stateFile, options.seed);
  }

  /** An order as it stands now, or null. The object and what hangs on it may be shared: read it, do not change it. */
  order(id: number): WireOrder | null {
    const order = this.#unchanged(id);
    if (order === null) return null;
    const change = this.#changes.get(id);
    if (change === undefined) return order;
    const lines = order.orderitem_set.map((line) => ({ ...line, ...change.lines[String(line.id)] }));
    return { ...order, ...change.fields, orderitem_set: lines };
  }

  /** A line as it stands now with its order, or null. */
  line(id: number): { line: WireLine; order: WireOrder } | null {
    const sample = this.#samples.find((order) => order.orderitem_set.some((line) => line.id === id));
    const order = this.order(sample?.id ?? orderIdOfLine(id));
    const line = order?.orderitem_set.find((candidate) => candidate.id === id);
    return order && line ? { line, order } : null;
  }

  /** The order with this number; of two with one number the first. */
  orderByNumber(number: string): WireOrder | null {
    const sample = this.#samples.find((order) => order.number === number);
    if (sample !== undefined) return this.order(sample.id);
    const index = indexOfNumber(this.#options.seed, number, this.#options.orders);
    return index === null ? null : this.order(FIRST_GENERATED_ID + index);
  }

  /** One page of the orders that pass the filter, ids ascending, and how many pass in all. */
  page(filter: OrderFilter, page: number, limit: number): { count: number; orders: WireOrder[] } {
    const first = (page - 1) * limit;
    const ids = isOpen(filter) ? null : this.#idsMatching(filter);
    const count = ids === null ? this.size : ids.length;
    const orders: WireOrder[] = [];
    for (let position = first; position < Math.min(first + limit, count); position++) {
      const order = this.order(ids?.[position] ?? this.#idAt(position));
      if (order !== null) orders.push(order);
    }
    return { count, orders };
  }

  /** When the order or one of its lines was last changed through the sandbox, as the server prints it; else null. */
  modified(orderId: number, lineId: number | null): string | null {
    const change = this.#changes.get(orderId);
    if (change === undefined) return null;
    return lineId === null ? change.modified : (change.linesModified[String(lineId)] ?? null);
  }

  /** Changes fields of an order and of its lines and keeps the change in the state file, if there is one. */
  change(orderId: number, edit: OrderEdit): void {
    const stamp = new Date(this.#options.now()).toISOString().replace('Z', '000Z');
    const known = this.#changes.get(orderId) ?? { fields: {}, lines: {}, modified: null, linesModified: {} };
    const next: OrderChange = { ...known, fields: { ...known.fields, ...edit.fields } };
    if (edit.fields !== undefined) next.modified = stamp;
    for (const [line, fields] of Object.entries(edit.lines ?? {})) {
      next.lines = { ...next.lines, [line]: { ...next.lines[line], ...fields } };
      next.linesModified = { ...next.linesModified, [line]: stamp };
    }
    this.#changes.set(orderId, next);
    if (this.#options.stateFile !== undefined) writeChanges(this.#options.stateFile, this.#options.seed, this.#changes);
  }

  /** The numbers that one order of each channel carries. */
  sharedNumbers(): SharedNumber[] {
    return sharedNumberIndexes(this.#options.orders).map(([first, second]) => ({
      number: orderNumber(this.#options.seed, first),
      orderIds: [FIRST_GENERATED_ID + first, FIRST_GENERATED_ID + second],
    }));
  }

  #idAt(position: number): number {
    return this.#samples[position]?.id ?? FIRST_GENERATED_ID + position - this.#samples.length;
  }

  #unchanged(id: number): WireOrder | null {
    const index = id - FIRST_GENERATED_ID;
    if (index < 0) return this.#samples.find((order) => order.id === id) ?? null;
    const { seed, orders } = this.#options;
    return index < orders ? writeOrder(seed, draftOrder(seed, index)) : null;
  }

  /** What passes without the changes is worked out once per filter; changed orders are judged anew each time. */
  #idsMatching(filter: OrderFilter): number[] {
    const ids = this.#unchangedMatching(filter);
    if (this.#changes.size === 0) return ids;
    const changed = [...this.#changes.keys()].filter((id) => {
      const order = this.order(id);
      return order !== null && matchesOrder(filter, order);
    });
    return [...ids.filter((id) => !this.#changes.has(id)), ...changed].sort((a, b) => a - b);
  }

  #unchangedMatching(filter: OrderFilter): number[] {
    const key = JSON.stringify(filter);
    const known = this.#matches.get(key);
    if (known !== undefined) return known;
    const ids = this.#samples.filter((order) => matchesOrder(filter, order)).map((order) => order.id);
    const { seed, orders } = this.#options;
    for (let index = 0; index < orders; index++) {
      if (matchesDraft(filter, draftOrder(seed, index))) ids.push(FIRST_GENERATED_ID + index);
    }
    this.#matches.set(key, ids);
    return ids;
  }
}
