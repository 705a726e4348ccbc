import { createReader } from '../../src/main/engine/reader.ts';
import { NO_ORDER_FILTER, ORDER_SORT_COLUMNS, type OrderFilter, type OrderSort } from '../../src/shared/orders.ts';
import { timed } from './table.ts';

const TIME_ZONE = 'Europe/Istanbul';
const FILTERS: readonly OrderFilter[] = [
  NO_ORDER_FILTER,
  { ...NO_ORDER_FILTER, period: { from: '2026-01-01', to: '2026-03-31' } },
  { ...NO_ORDER_FILTER, statuses: ['400', '450'] },
  { ...NO_ORDER_FILTER, sent: false },
  { ...NO_ORDER_FILTER, withFindings: true },
  { ...NO_ORDER_FILTER, currencies: ['eur'] },
];

/** First and random windows, totals and checks over a filled connection folder. The seed of the choice is printed. */
export function measureReading(folder: string) {
  const seed = 20_260_101;
  process.stdout.write(`window choice seed ${seed}\n\n`);
  const next = pseudoRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const firstMs: number[] = [];
  for (const column of ORDER_SORT_COLUMNS) {
    const reader = createReader(folder, () => performance.now(), Date.now);
    const sort: OrderSort = { column, direction: 'desc' };
    firstMs.push(
      timed(() => reader.ordersWindow({ filter: NO_ORDER_FILTER, sort, timeZone: TIME_ZONE, offset: 0, limit: 200 })),
    );
    reader.close();
  }
  const reader = createReader(folder, () => performance.now(), Date.now);
  const checksMs = timed(() => reader.refreshFindings({ nowMs: Date.now(), erpHours: 24, timeZone: TIME_ZONE }));
  const anyMs: number[] = [];
  // Each view is opened, then read at random places; the first deep look, which lists the view, is one of them.
  for (const filter of FILTERS) {
    for (const column of ORDER_SORT_COLUMNS) {
      const view = {
        filter,
        sort: { column, direction: pick(['asc', 'desc'] as const) },
        timeZone: TIME_ZONE,
        limit: 200,
      };
      let total = 0;
      firstMs.push(
        timed(() => {
          ({ total } = reader.ordersWindow({ ...view, offset: 0 }));
        }),
      );
      for (let window = 0; window < 25; window += 1) {
        anyMs.push(timed(() => reader.ordersWindow({ ...view, offset: Math.floor(next() * total) })));
      }
    }
  }
  const totalsMs = FILTERS.map((filter) =>
    timed(() => reader.ordersTotals({ filter, selection: { mode: 'ids', ids: [1, 2, 1001] }, timeZone: TIME_ZONE })),
  );
  reader.close();
  return { firstMs, anyMs, totalsMs, checksMs };
}

/** A small linear congruential generator: the same windows at every run. */
function pseudoRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
