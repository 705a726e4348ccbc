import { expect, test } from 'vitest';
import { createReader } from '../../src/main/engine/reader.ts';
import { closeAfterTest, ISTANBUL, orderFilter, startEngine, storeOrders } from '../support/engine.ts';
import { wireOrder } from '../support/wire-orders.ts';

const view = {
  filter: orderFilter(),
  sort: { column: 'number', direction: 'asc' },
  timeZone: ISTANBUL,
  offset: 0,
  limit: 10,
} as const;

test('a window may be old while rows pour in, but not once the connection’s state was asked for', () => {
  const engine = startEngine();
  // A clock that stands still: by age alone no view would ever be counted again.
  const reader = closeAfterTest(
    createReader(
      engine.folder,
      () => 0,
      () => 0,
    ),
  );
  expect(reader.ordersWindow(view).total).toBe(0);
  storeOrders(engine.writer, [wireOrder(1), wireOrder(2), wireOrder(3)]);
  expect(reader.ordersWindow(view).total).toBe(0);
  expect(reader.overview().orders).toBe(3);
  expect(reader.ordersWindow(view).total).toBe(3);
});
