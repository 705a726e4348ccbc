import { zoneOffsetMs } from '../../shared/period.ts';

/** Orders are not older; what is, is cut with the first offset. */
const FROM_MS = Date.UTC(2000, 0, 1);
const UNTIL_MS = Date.UTC(2040, 0, 1);
/** No zone changes its offset twice within so short a time. */
const STEP_MS = 7 * 86_400_000;

interface Offset {
  fromMs: number;
  offsetMs: number;
}

const known = new Map<string, Offset[]>();

/** The offsets of a zone from UTC, newest first. */
function offsetsOf(timeZone: string): Offset[] {
  const held = known.get(timeZone);
  if (held !== undefined) return held;
  const found: Offset[] = [{ fromMs: FROM_MS, offsetMs: zoneOffsetMs(FROM_MS, timeZone) }];
  let last = found[0]?.offsetMs ?? 0;
  for (let ms = FROM_MS; ms < UNTIL_MS; ms += STEP_MS) {
    const offsetMs = zoneOffsetMs(ms + STEP_MS, timeZone);
    if (offsetMs !== last) found.unshift({ fromMs: changeWithin(ms, timeZone, last), offsetMs });
    last = offsetMs;
  }
  known.set(timeZone, found);
  return found;
}

/** The millisecond from which the offset is another one, within a step behind `ms`. */
function changeWithin(ms: number, timeZone: string, offsetMs: number): number {
  let before = ms;
  let after = ms + STEP_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zoneOffsetMs(middle, timeZone) === offsetMs) before = middle;
    else after = middle;
  }
  return after;
}

/**
 * SQL for the business day, `YYYY-MM-DD`, of an instant in epoch milliseconds: what `businessDay` answers, for instants
 * between 2000 and 2040. @throws RangeError for a zone that the runtime does not know
 */
export function businessDaySql(instant: string, timeZone: string): string {
  const offsets = offsetsOf(timeZone);
  const cases = offsets.slice(0, -1).map(({ fromMs, offsetMs }) => `WHEN ${instant} >= ${fromMs} THEN ${offsetMs}`);
  const earliest = offsets.at(-1)?.offsetMs ?? 0;
  const offset = cases.length === 0 ? `${earliest}` : `CASE ${cases.join(' ')} ELSE ${earliest} END`;
  return `date((${instant} + ${offset}) / 1000, 'unixepoch')`;
}
