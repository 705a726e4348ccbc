/** So many orders make a block: what repeats among the generated orders repeats from block to block. */
export const BLOCK = 300;

/** An order number that one order of each channel carries. */
export interface SharedNumber {
  number: string;
  orderIds: [number, number];
}

/** Within a block, these two orders share one number: the first in the shop, the second on the marketplace. */
const NUMBER_OWNER = 4;
const NUMBER_SHARER = 11;

/** The index whose number the order with this index carries: its own, but for the second order of a shared number. */
export function numberOwner(index: number): number {
  return index % BLOCK === NUMBER_SHARER ? index - NUMBER_SHARER + NUMBER_OWNER : index;
}

/** The indexes that carry the number which belongs to this one: itself, and where the number is shared the second one. */
export function numberBearers(owner: number): number[] {
  return owner % BLOCK === NUMBER_OWNER ? [owner, owner + NUMBER_SHARER - NUMBER_OWNER] : [owner];
}

/** Which channel is forced on an order because its number is shared; null where the channel is free. */
export function forcedChannel(index: number): 'shop' | 'marketplace' | null {
  const position = index % BLOCK;
  if (position === NUMBER_OWNER) return 'shop';
  return position === NUMBER_SHARER ? 'marketplace' : null;
}

/** The pairs of indexes that share a number among the first `orders` generated orders. */
export function sharedNumberIndexes(orders: number): [number, number][] {
  const pairs: [number, number][] = [];
  for (let start = 0; start + NUMBER_SHARER < orders; start += BLOCK) {
    pairs.push([start + NUMBER_OWNER, start + NUMBER_SHARER]);
  }
  return pairs;
}
