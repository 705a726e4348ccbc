import { GENERATED_UNTIL_MS, placedAtMs } from './calendar.ts';
import { followsGap, seriesIndexes } from './dense-series.ts';
import { BLOCK } from './number-sharing.ts';
import { AMOUNT_PLANTS } from './plants/amount-plants.ts';
import { DATA_PLANTS } from './plants/data-plants.ts';
import { DUPLICATE_COPY, DUPLICATE_OWNER, EVERY_BLOCK } from './plants/every-block.ts';
import { INVOICE_PLANTS } from './plants/invoice-plants.ts';
import type { Needs, PaymentTwist, Plant, PlantKind } from './plants/plant-kind.ts';
import { REFUND_PLANTS } from './plants/refund-plants.ts';
import { elementAt, mix } from './random.ts';

/** The first id of a generated order: index 0 has id 1001. */
export const FIRST_GENERATED_ID = 1001;

/** What a check of the program under test must report about one generated order. */
export interface PlantedDiscrepancy {
  check: string;
  orderId: number;
  /** What must have been read for the finding to show. */
  needs: Needs;
}

/*
 * Orders come in blocks of 300, a block in 12 cells of 25. Two orders of a cell carry something, never one of its first
 * twelve. The first: cell 0 owns an invoice number that cell 11 repeats, cells 1 to 10 take the kinds that every block
 * has, rotated per block. The second takes the other kinds in turn, going on from block to block, so that a store of
 * 1,000 orders has each of them as long as they are no more than 40. So whether order k is planted, and with what,
 * follows from k and the seed alone. Gaps in invoice numbers stand apart, among the first twelve: see dense-series.ts.
 */
const DAY_MS = 86_400_000;
const CELL = 25;
const CELLS = BLOCK / CELL;
const FIRST_POSITION = 12;
const POSITIONS = CELL - FIRST_POSITION;
const PURPOSE_ROTATION = 3;
const PURPOSE_POSITION = 4;
const PURPOSE_SECOND = 13;

/** The kinds that take turns from cell to cell. */
export const IN_TURN: readonly PlantKind[] = [...AMOUNT_PLANTS, ...REFUND_PLANTS, ...DATA_PLANTS, ...INVOICE_PLANTS];

interface PlacedPlant extends Plant {
  index: number;
}

/** What is planted on the order with this index; null for a clean one. */
export function plantAt(seed: number, index: number): Plant | null {
  if (index % CELL < FIRST_POSITION) return null;
  return plantsOfCell(seed, Math.floor(index / CELL)).find((plant) => plant.index === index) ?? null;
}

/** What the answers about the payments of the order with this index say differently; null = nothing. */
export function paymentTwistAt(seed: number, index: number): PaymentTwist | null {
  const plant = plantAt(seed, index);
  return plant?.kind.twist?.(plant.variant) ?? null;
}

/** The plants of a cell, counted over all blocks; in no order. */
function plantsOfCell(seed: number, cell: number): PlacedPlant[] {
  const block = Math.floor(cell / CELLS);
  const place = cell % CELLS;
  const first = firstIndex(seed, cell);
  const pair = { ownerIndex: firstIndex(seed, block * CELLS), copyIndex: firstIndex(seed, (block + 1) * CELLS - 1) };
  const plants: PlacedPlant[] = [];
  const kind = firstKind(seed, block, place);
  if (kind !== null) plants.push({ index: first, kind, variant: block + place, ...pair });
  if (IN_TURN.length > 0) {
    const turn = cell + (mix(seed, 0, PURPOSE_SECOND) % IN_TURN.length);
    const variant = Math.floor(turn / IN_TURN.length) + (mix(seed, 1, PURPOSE_SECOND) % IN_TURN.length);
    const second = elementAt(IN_TURN, turn);
    plants.push({ index: secondIndex(seed, cell, first, second), kind: second, variant, ...pair });
  }
  return plants;
}

function firstIndex(seed: number, cell: number): number {
  return cell * CELL + FIRST_POSITION + (mix(seed, cell, PURPOSE_POSITION) % POSITIONS);
}

/** Any position of the cell but the first one's, and of those the first where an order was placed early enough. */
function secondIndex(seed: number, cell: number, first: number, { placedDaysAgo }: PlantKind): number {
  const from = cell * CELL + FIRST_POSITION;
  const latestMs = GENERATED_UNTIL_MS - placedDaysAgo * DAY_MS;
  const start = mix(seed, cell, PURPOSE_SECOND) % (POSITIONS - 1);
  const candidates = Array.from({ length: POSITIONS - 1 }, (_, place) => {
    const distance = 1 + ((start + place) % (POSITIONS - 1));
    return from + ((first - from + distance) % POSITIONS);
  });
  return candidates.find((index) => placedAtMs(seed, index) <= latestMs) ?? elementAt(candidates, 0);
}

function firstKind(seed: number, block: number, place: number): PlantKind | null {
  if (place === 0) return DUPLICATE_OWNER;
  if (place === CELLS - 1) return DUPLICATE_COPY;
  return elementAt(EVERY_BLOCK, place - 1 + (mix(seed, block, PURPOSE_ROTATION) % EVERY_BLOCK.length));
}

/** Every finding that the checks must report on the first `orders` generated orders, and no other; ids ascend. */
export function listPlanted(seed: number, orders: number): PlantedDiscrepancy[] {
  const found: PlantedDiscrepancy[] = [];
  for (let cell = 0; cell * CELL < orders; cell++) {
    for (const index of seriesIndexes(cell * CELL, Math.min((cell + 1) * CELL, orders))) {
      if (followsGap(seed, index))
        found.push({ check: 'invoice.gap', needs: 'orders', orderId: FIRST_GENERATED_ID + index });
    }
    const plants = plantsOfCell(seed, cell).filter(({ index }) => index < orders);
    for (const plant of plants.sort((a, b) => a.index - b.index)) {
      if (isAlone(plant, seed, cell, orders)) continue;
      for (const trip of plant.kind.trips) found.push({ ...trip, orderId: FIRST_GENERATED_ID + plant.index });
    }
  }
  return found;
}

/** An invoice number is a duplicate only where the store is large enough to hold the order that repeats it. */
function isAlone({ kind }: Plant, seed: number, cell: number, orders: number): boolean {
  return kind === DUPLICATE_OWNER && firstIndex(seed, cell + CELLS - 1) >= orders;
}
