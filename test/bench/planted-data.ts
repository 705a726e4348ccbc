import { draftOrder } from '../../src/main/sandbox/draft-order.ts';
import { plantAt } from '../../src/main/sandbox/planting.ts';
import type { JsonObject, WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { writeOrder } from '../../src/main/sandbox/write-order.ts';

/** Orders that a first reading meets and the next one does not, and rows that cannot be read. */
export interface PlantedData {
  vanishing: WireOrder[];
  /** Of orders that are not held, and of some whose earlier reading is. */
  unreadable: JsonObject[];
}

/** So many of each kind. */
const EACH = 4;
/** Orders far enough behind the generated ones share no number with them. */
const BEYOND = 600;

/**
 * What is planted beside the first `orders` generated orders, in orders that have nothing else planted: a store's history
 * makes it, no single order does.
 */
export function plantedData(seed: number, orders: number): PlantedData {
  const order = (index: number): WireOrder => writeOrder(seed, draftOrder(seed, index));
  const isPlain = (index: number): boolean => index % 25 >= 12 && plantAt(seed, index) === null;
  const beyond = Array.from({ length: 50 }, (_, place) => orders + BEYOND + place).filter(isPlain);
  const held = Array.from({ length: 50 }, (_, place) => orders - 1 - place).filter(
    (index) => index >= 0 && isPlain(index),
  );
  const unreadable = [...beyond.slice(EACH, 2 * EACH), ...held.slice(0, EACH)];
  return {
    vanishing: beyond.slice(0, EACH).map(order),
    unreadable: unreadable.map((index) => ({ ...order(index), amount: '12,50 TL' })),
  };
}

/** The findings about them, as `check order id`. */
export function plantedDataFindings(seed: number, orders: number): string[] {
  const { vanishing, unreadable } = plantedData(seed, orders);
  return [
    ...vanishing.map(({ id }) => `data.vanished order ${id}`),
    ...unreadable.map(({ id }) => `data.quarantined order ${String(id)}`),
  ];
}
