import { mix } from './random.ts';

/*
 * Most generated invoice numbers come from the index of their order, so that their series are full of holes, as those of
 * a shop are that sells elsewhere too. Four orders of every 25, none of which carries anything planted, take the numbers of
 * one series of their own instead, whose numbers follow one another but for a gap of one or two before every fiftieth.
 */
const CELL = 25;
/** Before the first position at which something may be planted, and none that shares its order number. */
const POSITIONS: readonly number[] = [1, 3, 6, 9];
const BETWEEN_GAPS = 50;
/** So many numbers must stand before a gap for anybody to call it one. */
const STRETCH = 100;
const PURPOSE_SHIFT = 14;

/** All invoices of the series are dated in one year: none earlier than this, in epoch milliseconds. */
export const SERIES_FROM_MS = Date.UTC(2026, 0, 2);
/** Prefix and year of its numbers. */
export const SERIES = 'SER2026';

/** The place of the order with this index in the series, from 0 on; null for one that is not of it. */
export function placeInSeries(index: number): number | null {
  const place = POSITIONS.indexOf(index % CELL);
  return place < 0 ? null : Math.floor(index / CELL) * POSITIONS.length + place;
}

/** How many gaps there are up to this place. */
function gapsUpTo(seed: number, place: number): number {
  return Math.floor((place + (mix(seed, 0, PURPOSE_SHIFT) % BETWEEN_GAPS)) / BETWEEN_GAPS);
}

/** The number at a place of the series. Gaps of two numbers and of one take turns. */
export function serialAt(seed: number, place: number): number {
  const gaps = gapsUpTo(seed, place);
  return place + 1 + gaps + Math.ceil(gaps / 2);
}

/** Whether numbers are missing before that of the order with this index, behind a stretch long enough to tell. */
export function followsGap(seed: number, index: number): boolean {
  const place = placeInSeries(index);
  return place !== null && place >= STRETCH && gapsUpTo(seed, place) > gapsUpTo(seed, place - 1);
}

/** The indexes of the series among the orders from `first` to before `end`. */
export function seriesIndexes(first: number, end: number): number[] {
  const found: number[] = [];
  for (let index = first; index < end; index++) if (placeInSeries(index) !== null) found.push(index);
  return found;
}
