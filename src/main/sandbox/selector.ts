import { DateIndex } from './date-index.ts';
import { ALWAYS, type InstantRange } from './instant-range.ts';
import { FIRST_GENERATED_ID } from './planting.ts';
import { mix } from './random.ts';
import type { WireOrder } from './wire-types.ts';

/** In which order a list stands: by id, or in none that can be told. */
export const LIST_ORDERS = ['ascending', 'descending', 'shuffled'] as const;
export type ListOrder = (typeof LIST_ORDERS)[number];

/** What is selected from all orders. */
export interface Criterion {
  /** Names the criterion: what two with one key select is the same. */
  key: string;
  /** Whether the generated order with this index passes as long as nobody has touched it. */
  base(index: number): boolean;
  /** Whether an order passes as it stands now. */
  current(order: WireOrder): boolean;
  /** A span outside of which no untouched order passes; endless where nothing is known. */
  placed: InstantRange;
}

/** What the orders are selected from. */
export interface Selectable {
  readonly seed: number;
  /** How many orders are generated at the start; what is inserted later comes on top. */
  readonly generated: number;
  /** Grows with every change of any order. */
  readonly version: number;
  /** Every id, ascending. */
  ids(): Uint32Array;
  /** True when the order is there. */
  has(id: number): boolean;
  /** The ids that must be judged as they stand: samples, inserted and changed orders; some may have been removed. */
  special(): ReadonlySet<number>;
  order(id: number): WireOrder | null;
}

/** Selections are walked page by page; more than a few at a time are not. */
const MOST_REMEMBERED = 16;
const PURPOSE_SHUFFLE = 8;

/**
 * Selects orders. What passes among the untouched ones is worked out once per criterion; the others are judged anew
 * after every change, so that a million orders with a few changes are answered at once.
 */
export class Selector {
  readonly #from: Selectable;
  readonly #dates: DateIndex;
  readonly #base = new Map<string, Uint32Array>();
  readonly #found = new Map<string, { version: number; ids: Uint32Array }>();

  constructor(from: Selectable) {
    this.#from = from;
    this.#dates = new DateIndex(from.seed, from.generated);
  }

  /** The ids that pass, in the given order; all of them without a criterion. Do not change the list. */
  select(criterion: Criterion | null, order: ListOrder = 'ascending'): Uint32Array {
    const key = `${order} ${criterion?.key ?? ''}`;
    const known = this.#found.get(key);
    if (known?.version === this.#from.version) return known.ids;
    const ids = order === 'ascending' ? this.#passing(criterion) : this.#arranged(this.select(criterion), order);
    remember(this.#found, key, { version: this.#from.version, ids });
    return ids;
  }

  #passing(criterion: Criterion | null): Uint32Array {
    if (criterion === null) return this.#from.ids();
    const special = this.#from.special();
    const untouched = this.#passingBase(criterion).filter((id) => !special.has(id) && this.#from.has(id));
    const others: number[] = [];
    for (const id of special) {
      const order = this.#from.order(id);
      if (order !== null && criterion.current(order)) others.push(id);
    }
    const ids = new Uint32Array(untouched.length + others.length);
    ids.set(untouched);
    ids.set(others, untouched.length);
    return ids.sort();
  }

  #passingBase(criterion: Criterion): Uint32Array {
    const known = this.#base.get(criterion.key);
    if (known !== undefined) return known;
    const found: number[] = [];
    const judge = (index: number) => {
      if (criterion.base(index)) found.push(FIRST_GENERATED_ID + index);
    };
    const { from, to } = criterion.placed;
    if (from === ALWAYS.from && to === ALWAYS.to) {
      for (let index = 0; index < this.#from.generated; index++) judge(index);
    } else {
      for (const index of this.#dates.candidates(criterion.placed)) judge(index);
    }
    const ids = Uint32Array.from(found);
    remember(this.#base, criterion.key, ids);
    return ids;
  }

  /** A shuffled list keeps its order while others come and go: a new order lands somewhere in its middle. */
  #arranged(ids: Uint32Array, order: 'descending' | 'shuffled'): Uint32Array {
    if (order === 'descending') return ids.slice().reverse();
    const room = 2 ** 25;
    const keys = Float64Array.from(ids, (id) => (mix(this.#from.seed, id, PURPOSE_SHUFFLE) >>> 5) * room + id);
    return Uint32Array.from(keys.sort(), (key) => key % room);
  }
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > MOST_REMEMBERED && oldest !== undefined) map.delete(oldest);
}
