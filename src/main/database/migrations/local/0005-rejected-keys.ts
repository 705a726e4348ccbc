import type { Migration } from '../../migrate.ts';

/**
 * The keys of rejected rows, as far as they could be read: the file does have a row for the order that such a key names,
 * so that nothing may be said to be absent. Rows that were rejected before this step have none.
 */
export const rejectedKeysSchema: Migration = {
  version: 5,
  sql: `
ALTER TABLE rejected_rows ADD COLUMN order_key TEXT;
ALTER TABLE rejected_rows ADD COLUMN invoice_key TEXT;
ALTER TABLE rejected_rows ADD COLUMN transaction_key TEXT;
CREATE INDEX rejected_rows_order ON rejected_rows (order_key) WHERE order_key IS NOT NULL;
CREATE INDEX rejected_rows_invoice ON rejected_rows (invoice_key) WHERE invoice_key IS NOT NULL;
CREATE INDEX rejected_rows_transaction ON rejected_rows (transaction_key) WHERE transaction_key IS NOT NULL;
`,
};
