import type { Migration } from '../../migrate.ts';

/**
 * What OMS says: its orders with their lines, its invoices, and the rows that do not fit its description. A mirror that
 * is only read; it is joined with `orders` by `omnitron_id` and number when it is shown, so nothing refers to `orders`.
 * `oms_invoices.order_id` is the id of an OMS order, which may not be held. Amounts are millionths. Numbers of passes
 * are never used again, for they are the marks of what a pass has met.
 */
export const omsSchema: Migration = {
  version: 4,
  sql: `
CREATE TABLE oms_passes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list TEXT NOT NULL CHECK (list IN ('orders', 'invoices')),
  state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'incomplete')),
  in_question INTEGER NOT NULL DEFAULT 0,
  started_ms INTEGER NOT NULL,
  finished_ms INTEGER
) STRICT;

CREATE TABLE oms_orders (
  id INTEGER PRIMARY KEY,
  omnitron_id INTEGER,
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  seen_pass INTEGER NOT NULL,
  read_ms INTEGER NOT NULL,
  vanished_ms INTEGER
) STRICT;
CREATE INDEX oms_orders_number ON oms_orders (number);

CREATE TABLE oms_lines (
  order_id INTEGER NOT NULL REFERENCES oms_orders (id) ON DELETE CASCADE,
  id INTEGER NOT NULL,
  omnitron_id INTEGER,
  sku TEXT NOT NULL,
  state TEXT NOT NULL,
  currency TEXT NOT NULL,
  price INTEGER NOT NULL,
  net_amount INTEGER,
  retail_price INTEGER,
  discount_amount INTEGER,
  tax_rate INTEGER,
  PRIMARY KEY (order_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE oms_invoices (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL,
  number TEXT,
  type TEXT,
  status TEXT,
  content_hash TEXT NOT NULL,
  seen_pass INTEGER NOT NULL,
  read_ms INTEGER NOT NULL,
  vanished_ms INTEGER
) STRICT;
CREATE INDEX oms_invoices_order ON oms_invoices (order_id);

CREATE TABLE oms_quarantine (
  list TEXT NOT NULL,
  row_key TEXT NOT NULL,
  pass_id INTEGER NOT NULL,
  path TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (list, row_key)
) STRICT, WITHOUT ROWID;
`,
};
