import type { Migration } from '../../migrate.ts';

/**
 * Payments of single orders: transactions of every set, discount items, cancellation plans, and the parts of the answers
 * that could not be read. `payment_readings` has a row for each order whose payments have been read; `order_version` is
 * the version that the order had then. Amounts are millionths; a NULL currency is the order's. Lists of lines are JSON
 * arrays of ids, NULL where the answer does not tell.
 */
export const paymentsSchema: Migration = {
  version: 3,
  sql: `
CREATE TABLE payment_readings (
  order_id INTEGER PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
  reading INTEGER NOT NULL,
  read_ms INTEGER NOT NULL,
  order_version INTEGER NOT NULL
) STRICT;

CREATE TABLE transactions (
  order_id INTEGER NOT NULL REFERENCES payment_readings (order_id) ON DELETE CASCADE,
  set_name TEXT NOT NULL,
  id INTEGER NOT NULL,
  type TEXT NOT NULL,
  succeeded INTEGER NOT NULL CHECK (succeeded IN (0, 1)),
  amount INTEGER NOT NULL,
  currency TEXT,
  created TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  reference TEXT,
  PRIMARY KEY (order_id, set_name, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE discount_items (
  order_id INTEGER NOT NULL REFERENCES payment_readings (order_id) ON DELETE CASCADE,
  id INTEGER NOT NULL,
  name TEXT,
  type TEXT,
  amount INTEGER NOT NULL,
  line_ids TEXT,
  PRIMARY KEY (order_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cancellation_plans (
  order_id INTEGER NOT NULL REFERENCES payment_readings (order_id) ON DELETE CASCADE,
  id INTEGER NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  refund_amount INTEGER,
  created TEXT,
  modified TEXT,
  line_ids TEXT,
  PRIMARY KEY (order_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE unreadable_payments (
  order_id INTEGER NOT NULL REFERENCES payment_readings (order_id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  path TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (order_id, part)
) STRICT, WITHOUT ROWID;
`,
};
