import { NO_ORDER_FILTER, type OrderRow } from '../../shared/orders.ts';
import { businessDay, nextDay, type Period } from '../../shared/period.ts';
import { call } from '../bridge/bridge.ts';

/**
 * A pass begins with the list's first page, which tells how many orders there are and holds the oldest ones, and then
 * comes down from the newest. No page is larger than this, so that many oldest orders are left out of account.
 */
const LARGEST_PAGE = 500;
/** Orders looked at for whether dates rise with ids. */
const SAMPLE = 200;
/** Dates that have nothing to do with ids rise half of the time; where they belong together a few still change places. */
const LEAST_RISING = 0.9;

/** True when orders that were placed later have higher ids, but for a few. `rows` are sorted by date placed, ascending. */
export function datesFollowIds(rows: readonly Pick<OrderRow, 'id'>[]): boolean {
  const rising = rows.filter(({ id }, place) => place > 0 && id > (rows[place - 1]?.id ?? id)).length;
  return rows.length > 1 && rising >= (rows.length - 1) * LEAST_RISING;
}

/**
 * The days whose orders a first pass from the newest to the oldest has read so far; null where that cannot be said. The
 * order of the list is that of ids: it says something about dates only where those rise with ids. The first day counts
 * from its successor on, because it may be held in part.
 */
export async function readSoFar(timeZone: string): Promise<Period | null> {
  const { capabilities } = await call('sync.capabilities');
  if (capabilities?.ascending !== true && capabilities?.sort !== true) return null;
  const { rows } = await call('orders.window', {
    filter: NO_ORDER_FILTER,
    sort: { column: 'datePlaced', direction: 'asc' },
    offset: LARGEST_PAGE,
    limit: SAMPLE,
  });
  const { lastDate } = await call('orders.facets', { period: NO_ORDER_FILTER.period });
  const [oldest] = rows;
  if (oldest === undefined || lastDate === null || !datesFollowIds(rows)) return null;
  const from = nextDay(businessDay(Date.parse(oldest.datePlaced), timeZone));
  const to = businessDay(Date.parse(lastDate), timeZone);
  return from <= to ? { from, to } : null;
}
