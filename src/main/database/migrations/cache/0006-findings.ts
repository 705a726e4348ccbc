import { boundedSum } from '../../exact-sum.ts';
import type { Migration } from '../../migrate.ts';

/** What the lines of an order add up to. */
const linesSum = (column: string): string =>
  `(SELECT ${boundedSum(`l.${column}`)} FROM lines l WHERE l.order_id = orders.id)`;

/**
 * Findings that keep their identity: check and subject. `findings` holds the open ones; what closed, changed or came
 * back stands in `finding_events`, where a closed one keeps the time at which it was found first. A finding is due at
 * `due_ms`, from which its age counts; `tolerated` = a tolerance of the rules covers it; `basis` is what a decision about
 * it rests on. `touched_orders` is what the next run of the checks looks at, and `touched_sources` names the sources of
 * data of which so much changed that their checks judge all orders again; triggers fill both, so that no way of writing
 * forgets it. `invoice_uses`, `invoice_gaps` and `oms_pairs` are derived from orders, lines and OMS by that run
 * (src/main/reconcile/derived.ts). `lines_discount` and `lines_interest` are sums over an order's lines like `lines_total`,
 * NULL where a line does not give its part or the sum is too large to hold. `check_skips` counts the orders that a check could not judge. Findings are worked out
 * again after this step.
 */
export const findingsSchema: Migration = {
  version: 6,
  sql: `
ALTER TABLE orders ADD COLUMN lines_discount INTEGER;
ALTER TABLE orders ADD COLUMN lines_interest INTEGER;
UPDATE orders SET lines_discount = ${linesSum('discount_amount')}, lines_interest = ${linesSum('installment_interest_amount')};

DROP TABLE findings;
DROP TABLE check_run;

CREATE TABLE findings (
  check_code TEXT NOT NULL,
  subject INTEGER NOT NULL,
  order_id INTEGER,
  row_id INTEGER,
  currency TEXT NOT NULL,
  date_ms INTEGER,
  expected INTEGER,
  actual INTEGER,
  difference INTEGER,
  facts TEXT NOT NULL,
  opened_ms INTEGER NOT NULL,
  since_ms INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,
  due_ms INTEGER,
  tolerated INTEGER NOT NULL CHECK (tolerated IN (0, 1)),
  basis TEXT NOT NULL GENERATED ALWAYS AS (json_array(expected, actual, difference, json_remove(facts, '$.days'))) STORED,
  PRIMARY KEY (check_code, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_due ON findings (due_ms);
CREATE INDEX findings_order ON findings (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE finding_events (
  id INTEGER PRIMARY KEY,
  check_code TEXT NOT NULL,
  subject INTEGER NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('closed', 'reopened', 'changed')),
  at_ms INTEGER NOT NULL,
  opened_ms INTEGER NOT NULL,
  expected INTEGER,
  actual INTEGER,
  difference INTEGER
) STRICT;
CREATE INDEX finding_events_finding ON finding_events (check_code, subject, id);

CREATE TABLE check_run (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  now_ms INTEGER NOT NULL,
  erp_hours INTEGER NOT NULL,
  time_zone TEXT NOT NULL,
  rules_version INTEGER NOT NULL,
  catalogue TEXT NOT NULL,
  full_ms INTEGER NOT NULL,
  findings INTEGER NOT NULL
) STRICT;

CREATE TABLE check_skips (
  check_code TEXT PRIMARY KEY,
  orders INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE invoice_uses (
  number TEXT NOT NULL,
  order_id INTEGER NOT NULL,
  series TEXT,
  serial INTEGER,
  first_day TEXT,
  last_day TEXT,
  origins TEXT,
  PRIMARY KEY (number, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_uses_order ON invoice_uses (order_id);
CREATE INDEX invoice_uses_odd ON invoice_uses (order_id) WHERE series IS NULL;
CREATE INDEX invoice_uses_undated ON invoice_uses (order_id) WHERE first_day IS NULL;
CREATE INDEX invoice_uses_unlinked ON invoice_uses (order_id) WHERE origins IS NULL;

CREATE TABLE invoice_gaps (
  number TEXT PRIMARY KEY,
  after TEXT NOT NULL,
  missing INTEGER NOT NULL,
  dense INTEGER NOT NULL CHECK (dense IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE oms_pairs (
  order_id INTEGER PRIMARY KEY,
  oms_id INTEGER NOT NULL
) STRICT;

CREATE INDEX transactions_reference ON transactions (reference) WHERE reference IS NOT NULL;

CREATE TABLE touched_orders (order_id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE touched_sources (source TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TRIGGER orders_created AFTER INSERT ON orders BEGIN
  INSERT OR IGNORE INTO touched_orders VALUES (new.id);
END;
CREATE TRIGGER orders_updated AFTER UPDATE OF content_hash, vanished_ms ON orders BEGIN
  INSERT OR IGNORE INTO touched_orders VALUES (new.id);
END;
CREATE TRIGGER payments_read AFTER INSERT ON payment_readings BEGIN
  INSERT OR IGNORE INTO touched_orders VALUES (new.order_id);
END;
CREATE TRIGGER payments_read_again AFTER UPDATE ON payment_readings BEGIN
  INSERT OR IGNORE INTO touched_orders VALUES (new.order_id);
END;
CREATE TRIGGER oms_created AFTER INSERT ON oms_orders BEGIN
  INSERT OR IGNORE INTO touched_orders SELECT id FROM orders WHERE id = new.omnitron_id OR number = new.number;
END;
CREATE TRIGGER oms_updated AFTER UPDATE OF content_hash, vanished_ms ON oms_orders
WHEN (old.content_hash, old.vanished_ms) IS NOT (new.content_hash, new.vanished_ms) BEGIN
  INSERT OR IGNORE INTO touched_orders SELECT id FROM orders WHERE id = new.omnitron_id OR number = new.number;
END;
CREATE TRIGGER oms_deleted AFTER DELETE ON oms_orders BEGIN
  INSERT OR IGNORE INTO touched_orders SELECT id FROM orders WHERE id = old.omnitron_id OR number = old.number;
END;
CREATE TRIGGER oms_invoice_created AFTER INSERT ON oms_invoices BEGIN
  INSERT OR IGNORE INTO touched_orders SELECT o.id FROM oms_orders m JOIN orders o ON o.id = m.omnitron_id OR o.number = m.number
    WHERE m.id = new.order_id;
END;
CREATE TRIGGER oms_invoice_updated AFTER UPDATE OF content_hash, vanished_ms ON oms_invoices
WHEN (old.content_hash, old.vanished_ms) IS NOT (new.content_hash, new.vanished_ms) BEGIN
  INSERT OR IGNORE INTO touched_orders SELECT o.id FROM oms_orders m JOIN orders o ON o.id = m.omnitron_id OR o.number = m.number
    WHERE m.id = new.order_id;
END;
CREATE TRIGGER oms_pass_ended AFTER UPDATE OF state ON oms_passes WHEN new.state = 'complete' BEGIN
  INSERT OR IGNORE INTO touched_sources VALUES ('oms');
END;
CREATE TRIGGER oms_pass_forgotten AFTER DELETE ON oms_passes WHEN old.state = 'complete' BEGIN
  INSERT OR IGNORE INTO touched_sources VALUES ('oms');
END;
`,
};
