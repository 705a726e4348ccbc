import { elementAt, mix } from './random.ts';

/** The first id of a generated order: index 0 has id 1001. */
export const FIRST_GENERATED_ID = 1001;

/** What a check of the program under test must report about one generated order. */
export interface PlantedDiscrepancy {
  check: string;
  orderId: number;
}

/** An order number that one order of each channel carries. */
export interface SharedNumber {
  number: string;
  orderIds: [number, number];
}

export type PlantKind =
  | 'amount.total'
  | 'amount.currency'
  | 'amount.shipping'
  | 'refund.exceeds-order'
  | 'refund.missing'
  | 'invoice.missing'
  | 'invoice.line-mismatch'
  | 'erp.not-sent'
  | 'invoice.missing + erp.not-sent'
  | 'duplicate-owner'
  | 'duplicate-copy';

/** What is wrong with one order, and which of the possible forms it takes. */
export interface Plant {
  kind: PlantKind;
  variant: number;
  /** For a copy of an invoice number: the index of the order that has it by right. */
  ownerIndex: number;
}

/*
 * Orders come in blocks of 300, a block in 12 cells of 25. One order of a cell, never one of its first twelve, carries
 * the cell's discrepancy: cell 0 owns an invoice number that cell 11 repeats, cells 1 to 10 take the kinds below,
 * rotated per block; null leaves a cell clean. So whether order k is planted, and with what, follows from k alone, and
 * 11 of 300 orders (3.7 %) carry something.
 */
const BLOCK = 300;
const CELL = 25;
const CELLS = BLOCK / CELL;
const FIRST_POSITION = 12;
const KINDS: readonly (PlantKind | null)[] = [
  'amount.total',
  'erp.not-sent',
  'amount.currency',
  'invoice.missing',
  'amount.shipping',
  'refund.exceeds-order',
  'invoice.line-mismatch',
  'refund.missing',
  'invoice.missing + erp.not-sent',
  null,
];
const PURPOSE_ROTATION = 3;
const PURPOSE_POSITION = 4;

/** Within a block, these two orders share one number: the first in the shop, the second on the marketplace. */
const NUMBER_OWNER = 4;
const NUMBER_SHARER = 11;

/** What is planted on the order with this index; null for a clean one. */
export function plantAt(seed: number, index: number): Plant | null {
  const block = Math.floor(index / BLOCK);
  const cell = Math.floor((index % BLOCK) / CELL);
  if (index !== plantedIndex(seed, block, cell)) return null;
  const kind = kindOfCell(seed, block, cell);
  if (kind === null) return null;
  return { kind, variant: block + cell, ownerIndex: plantedIndex(seed, block, 0) };
}

function plantedIndex(seed: number, block: number, cell: number): number {
  const position = FIRST_POSITION + (mix(seed, block * CELLS + cell, PURPOSE_POSITION) % (CELL - FIRST_POSITION));
  return block * BLOCK + cell * CELL + position;
}

function kindOfCell(seed: number, block: number, cell: number): PlantKind | null {
  if (cell === 0) return 'duplicate-owner';
  if (cell === CELLS - 1) return 'duplicate-copy';
  return elementAt(KINDS, cell - 1 + (mix(seed, block, PURPOSE_ROTATION) % KINDS.length));
}

/** Every finding that the checks must report on the first `orders` generated orders, and no other; ids ascend. */
export function listPlanted(seed: number, orders: number): PlantedDiscrepancy[] {
  const found: PlantedDiscrepancy[] = [];
  for (let block = 0; block * BLOCK < orders; block++) {
    const duplicated = plantedIndex(seed, block, CELLS - 1) < orders;
    for (let cell = 0; cell < CELLS; cell++) {
      const index = plantedIndex(seed, block, cell);
      if (index >= orders) break;
      for (const check of checksOf(kindOfCell(seed, block, cell), duplicated)) {
        found.push({ check, orderId: FIRST_GENERATED_ID + index });
      }
    }
  }
  return found;
}

/** An invoice number is a duplicate only where the store is large enough to hold the order that repeats it. */
function checksOf(kind: PlantKind | null, duplicated: boolean): string[] {
  if (kind === null) return [];
  if (kind === 'duplicate-owner' || kind === 'duplicate-copy') return duplicated ? ['invoice.duplicate'] : [];
  return kind.split(' + ');
}

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
