import { FIRST_GENERATED_ID } from './planting.ts';
import { elementAt, mix } from './random.ts';

/** What OMS tells differently about an order, or that it does not know it. */
export const OMS_DIFFERENCES = ['missing', 'state', 'line-price', 'line-count', 'invoice'] as const;
export type OmsDifference = (typeof OMS_DIFFERENCES)[number];

/** A difference between OMS and the orders as generated. */
export interface PlantedOmsDifference {
  difference: OmsDifference;
  orderId: number;
}

/** One order of a block differs, the kinds taking turns. */
const BLOCK = 60;
const PURPOSE_OMS = 12;

/** The documented OMS orders stand for these Omnitron ids, under numbers that no generated order has. */
const DOCUMENTED_OMNITRON_IDS: readonly number[] = [63_460, 63_461];

/** What OMS tells differently about the generated order with this index; null where it agrees. */
export function omsDifferenceAt(seed: number, index: number): OmsDifference | null {
  if (DOCUMENTED_OMNITRON_IDS.includes(FIRST_GENERATED_ID + index)) return 'missing';
  const block = Math.floor(index / BLOCK);
  return index === plantedIndex(seed, block) ? elementAt(OMS_DIFFERENCES, block) : null;
}

function plantedIndex(seed: number, block: number): number {
  return block * BLOCK + (mix(seed, block, PURPOSE_OMS) % BLOCK);
}

/** Every difference among the first `orders` generated orders, and no other; ids ascend. */
export function listOmsPlanted(seed: number, orders: number): PlantedOmsDifference[] {
  const indexes = new Set(DOCUMENTED_OMNITRON_IDS.map((id) => id - FIRST_GENERATED_ID));
  for (let block = 0; block * BLOCK < orders; block++) indexes.add(plantedIndex(seed, block));
  const found: PlantedOmsDifference[] = [];
  for (const index of indexes) {
    const difference = index < orders ? omsDifferenceAt(seed, index) : null;
    if (difference !== null) found.push({ difference, orderId: FIRST_GENERATED_ID + index });
  }
  return found.sort((a, b) => a.orderId - b.orderId);
}
