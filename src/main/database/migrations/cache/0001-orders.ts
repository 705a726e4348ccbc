import type { Migration } from '../../migrate.ts';

/**
 * Orders, lines, passes, quarantine and findings. Amounts are millionths. `lines_total`, `line_count`,
 * `mixed_currency` and `search` are derived from the lines when a row is written. The `sort_` columns give
 * NULL a place in the order. Each sortable column has an index that ends in the key.
 */
export const ordersSchema: Migration = {
  version: 1,
  sql: `
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  channel TEXT,
  status TEXT NOT NULL,
  date_placed TEXT NOT NULL,
  date_placed_ms INTEGER NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  shipping_amount INTEGER,
  net_shipping_amount INTEGER,
  discount_amount INTEGER,
  installment_interest_amount INTEGER,
  shipping_interest_amount INTEGER,
  refund_amount INTEGER,
  discount_refund_amount INTEGER,
  shipping_refund_amount INTEGER,
  sent INTEGER NOT NULL CHECK (sent IN (0, 1)),
  invoice_number TEXT,
  invoice_date TEXT,
  e_archive_url TEXT,
  payment_option TEXT,
  installment_count INTEGER,
  tracking_number TEXT,
  line_count INTEGER NOT NULL,
  lines_total INTEGER NOT NULL,
  mixed_currency INTEGER NOT NULL CHECK (mixed_currency IN (0, 1)),
  search TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  version INTEGER NOT NULL,
  seen_pass INTEGER NOT NULL,
  read_ms INTEGER NOT NULL,
  sort_channel TEXT GENERATED ALWAYS AS (ifnull(channel, '')) STORED,
  sort_invoice TEXT GENERATED ALWAYS AS (ifnull(invoice_number, '')) STORED,
  sort_refund INTEGER GENERATED ALWAYS AS (ifnull(refund_amount, 0)) STORED
) STRICT;
CREATE INDEX orders_date ON orders (date_placed_ms, id);
CREATE INDEX orders_number ON orders (number, id);
CREATE INDEX orders_channel ON orders (sort_channel, id);
CREATE INDEX orders_status ON orders (status, id);
CREATE INDEX orders_currency ON orders (currency, id);
CREATE INDEX orders_amount ON orders (amount, id);
CREATE INDEX orders_refund ON orders (sort_refund, id);
CREATE INDEX orders_sent ON orders (sent, id);
CREATE INDEX orders_invoice ON orders (sort_invoice, id);

CREATE TABLE lines (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  sku TEXT NOT NULL,
  status TEXT NOT NULL,
  currency TEXT NOT NULL,
  price INTEGER NOT NULL,
  tax_rate INTEGER,
  discount_amount INTEGER,
  installment_interest_amount INTEGER,
  quantity INTEGER,
  cancel_status TEXT,
  invoice_number TEXT,
  invoice_date TEXT,
  e_archive_url TEXT,
  tracking_number TEXT,
  shipping_company TEXT
) STRICT;
CREATE INDEX lines_order ON lines (order_id);

CREATE TABLE passes (
  id INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'incomplete')),
  page_limit INTEGER NOT NULL,
  next_page INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  count_at_start INTEGER,
  remote_count INTEGER,
  started_ms INTEGER NOT NULL,
  finished_ms INTEGER
) STRICT;

CREATE TABLE quarantine (
  row_key TEXT PRIMARY KEY,
  pass_id INTEGER NOT NULL,
  order_id INTEGER,
  page INTEGER NOT NULL,
  path TEXT NOT NULL,
  code TEXT NOT NULL,
  seen_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE findings (
  check_code TEXT NOT NULL,
  order_id INTEGER NOT NULL,
  expected INTEGER,
  actual INTEGER,
  difference INTEGER,
  facts TEXT NOT NULL,
  PRIMARY KEY (check_code, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_order ON findings (order_id);

CREATE TABLE check_run (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  now_ms INTEGER NOT NULL,
  erp_hours INTEGER NOT NULL,
  findings INTEGER NOT NULL
) STRICT;
`,
};
