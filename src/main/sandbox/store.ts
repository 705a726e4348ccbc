import { GENERATED_UNTIL_MS } from './calendar.ts';
import { draftOrder } from './draft-order.ts';
import { criterionOf, type OrderFilter } from './filters.ts';
import { numberBearers, type SharedNumber, sharedNumberIndexes } from './number-sharing.ts';
import { indexOfNumber, orderNumber } from './numbers.ts';
import { FIRST_GENERATED_ID, paymentTwistAt, plantAt } from './planting.ts';
import type { PaymentTwist, Plant } from './plants/plant-kind.ts';
import type { Samples } from './samples.ts';
import { type Criterion, type ListOrder, type Selectable, Selector } from './selector.ts';
import { emptyState, type OrderChange, readState, type State, writeState } from './state-file.ts';
import type { Stamps, WireLine, WireOrder } from './wire-types.ts';
import { orderIdOfLine, writeOrder } from './write-order.ts';

/** What "another user" changes on an order or on its lines; see {@link Store.change}. */
export type OrderEdit = Partial<Pick<OrderChange, 'fields' | 'lines'>>;

interface StoreOptions {
  orders: number;
  seed: number;
  samples: Samples;
  stateFile: string | undefined;
  maxLimit: number;
  linesTouchOrder: boolean;
  quantityKey?: string | undefined;
  now: () => number;
}

/**
 * All orders of the sandbox: the documented samples first, then the generated ones, each worked out when it is asked
 * for, with what has been changed laid over it, then the inserted ones, less those removed.
 */
export class Store implements Selectable {
  readonly seed: number;
  readonly generated: number;
  /** The most rows of one page. */
  readonly maxLimit: number;
  readonly #options: StoreOptions;
  readonly #samples: WireOrder[];
  readonly #state: State;
  readonly #selector: Selector;
  #version = 0;
  #ids: { version: number; ids: Uint32Array } | null = null;
  #special: { version: number; ids: Set<number> } | null = null;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#samples = options.samples.orders;
    this.seed = options.seed;
    this.generated = options.orders;
    this.maxLimit = options.maxLimit;
    this.#state = options.stateFile === undefined ? emptyState() : readState(options.stateFile, options.seed);
    this.#selector = new Selector(this);
  }

  /** Grows with every change of any order. */
  get version(): number {
    return this.#version;
  }

  /** How many orders there are now, samples included. */
  get size(): number {
    return this.#samples.length + this.generated + this.#state.inserted.length - this.#state.removed.size;
  }

  /** Every id, ascending. Do not change the list. */
  ids(): Uint32Array {
    if (this.#ids?.version !== this.#version) this.#ids = { version: this.#version, ids: this.#collectIds() };
    return this.#ids.ids;
  }

  /** True when the order is there. */
  has(id: number): boolean {
    if (this.#state.removed.has(id)) return false;
    if (id < FIRST_GENERATED_ID) return this.#samples.some((order) => order.id === id);
    return id < this.#endId();
  }

  /** The ids of samples, inserted and changed orders; some may have been removed. */
  special(): ReadonlySet<number> {
    if (this.#special?.version !== this.#version) {
      const inserted = this.#state.inserted.map((_, place) => this.#firstInsertedId() + place);
      const ids = new Set([...this.#samples.map(({ id }) => id), ...this.#state.changes.keys(), ...inserted]);
      this.#special = { version: this.#version, ids };
    }
    return this.#special.ids;
  }

  /** An order as it stands now, or null. The object and what hangs on it may be shared: read it, do not change it. */
  order(id: number): WireOrder | null {
    const order = this.#unchanged(id);
    if (order === null) return null;
    const change = this.#state.changes.get(id);
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

  /** The order with this number, as numbers stand now; of several the one with the lowest id. */
  orderByNumber(number: string): WireOrder | null {
    const sample = this.#samples.find((order) => order.number === number);
    const owner = indexOfNumber(this.seed, number, this.#indexes());
    const bearers = owner === null ? [] : numberBearers(owner).map((index) => FIRST_GENERATED_ID + index);
    const renamed = [...this.#state.changes].filter(([, { fields }]) => fields.number === number).map(([id]) => id);
    const ids = [...(sample === undefined ? [] : [sample.id]), ...bearers, ...renamed].sort((a, b) => a - b);
    for (const id of ids) {
      const order = this.order(id);
      if (order?.number === number) return order;
    }
    return null;
  }

  /** What is planted on an order; null for a clean one. */
  plant(id: number): Plant | null {
    const index = id - FIRST_GENERATED_ID;
    return index >= 0 && index < this.generated ? plantAt(this.seed, index) : null;
  }

  /** What the answers about an order's payments say differently; null = nothing. */
  twist(id: number): PaymentTwist | null {
    const index = id - FIRST_GENERATED_ID;
    return index >= 0 && index < this.generated ? paymentTwistAt(this.seed, index) : null;
  }

  /** One page of the orders that pass the filter, and how many pass in all. */
  page(filter: OrderFilter, listOrder: ListOrder, page: number, limit: number): { count: number; orders: WireOrder[] } {
    const criterion = criterionOf(this.seed, filter, (order) => this.stamps(order));
    const ids = this.select(criterion, listOrder);
    const orders: WireOrder[] = [];
    for (const id of ids.subarray((page - 1) * limit, page * limit)) {
      const order = this.order(id);
      if (order !== null) orders.push(order);
    }
    return { count: ids.length, orders };
  }

  /** The ids of the orders that pass, in the given order. Do not change the list. */
  select(criterion: Criterion | null, listOrder: ListOrder = 'ascending'): Uint32Array {
    return this.#selector.select(criterion, listOrder);
  }

  /** When the order was created and last modified. An untouched one both when it was placed (assumed). */
  stamps(order: WireOrder): Stamps {
    const created = this.#state.inserted[order.id - this.#firstInsertedId()] ?? order.date_placed;
    return { created, modified: this.#state.changes.get(order.id)?.modified ?? created };
  }

  /** The same for a line: a line is not modified by what happens to its order. */
  lineStamps(line: WireLine, order: WireOrder): Stamps {
    const { created } = this.stamps(order);
    return { created, modified: this.#state.changes.get(order.id)?.linesModified[String(line.id)] ?? created };
  }

  /** Changes fields of an order and of its lines and keeps the change in the state file, if there is one. */
  change(orderId: number, edit: OrderEdit): void {
    const stamp = this.#stamp();
    const known = this.#state.changes.get(orderId);
    const next: OrderChange = known ? { ...known } : { fields: {}, lines: {}, modified: null, linesModified: {} };
    next.fields = { ...next.fields, ...edit.fields };
    if (edit.lines === undefined || this.#options.linesTouchOrder) next.modified = stamp;
    for (const [line, fields] of Object.entries(edit.lines ?? {})) {
      next.lines = { ...next.lines, [line]: { ...next.lines[line], ...fields } };
      next.linesModified = { ...next.linesModified, [line]: stamp };
    }
    if (edit.fields !== undefined) next.modified = stamp;
    this.#state.changes.set(orderId, next);
    this.#changed();
  }

  /** Adds clean orders behind the last id and answers their ids. They were placed in the generated year as all are. */
  insert(count: number): number[] {
    const first = this.#endId();
    const stamp = this.#stamp();
    for (let place = 0; place < count; place++) this.#state.inserted.push(stamp);
    this.#changed();
    return Array.from({ length: count }, (_, place) => first + place);
  }

  /** Takes an order out of everything; its id never comes back. */
  remove(id: number): void {
    this.#state.removed.add(id);
    this.#changed();
  }

  /** The numbers that one order of each channel carries. */
  sharedNumbers(): SharedNumber[] {
    const pairs = sharedNumberIndexes(this.#indexes()).map(
      ([first, second]): SharedNumber => ({
        number: orderNumber(this.seed, first),
        orderIds: [FIRST_GENERATED_ID + first, FIRST_GENERATED_ID + second],
      }),
    );
    return pairs.filter(({ orderIds }) => orderIds.every((id) => this.has(id)));
  }

  #unchanged(id: number): WireOrder | null {
    if (!this.has(id)) return null;
    const index = id - FIRST_GENERATED_ID;
    if (index < 0) return this.#samples.find((order) => order.id === id) ?? null;
    const draft = index < this.generated ? draftOrder(this.seed, index) : draftOrder(this.seed, index, null);
    return writeOrder(this.seed, draft, this.#options.quantityKey);
  }

  #collectIds(): Uint32Array {
    const ids = new Uint32Array(this.size);
    let place = 0;
    for (const { id } of this.#samples) if (!this.#state.removed.has(id)) ids[place++] = id;
    for (let id = FIRST_GENERATED_ID; id < this.#endId(); id++) if (!this.#state.removed.has(id)) ids[place++] = id;
    return ids;
  }

  /** How many indexes have been given to generated and inserted orders. */
  #indexes(): number {
    return this.generated + this.#state.inserted.length;
  }

  #firstInsertedId(): number {
    return FIRST_GENERATED_ID + this.generated;
  }

  #endId(): number {
    return FIRST_GENERATED_ID + this.#indexes();
  }

  /** Never before the generated orders end: a change is not older than what it changes, whatever the clock says. */
  #stamp(): string {
    return new Date(Math.max(this.#options.now(), GENERATED_UNTIL_MS)).toISOString().replace('Z', '000Z');
  }

  #changed(): void {
    this.#version += 1;
    if (this.#options.stateFile !== undefined) writeState(this.#options.stateFile, this.seed, this.#state);
  }
}
