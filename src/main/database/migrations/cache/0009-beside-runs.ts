import type { Migration } from '../../migrate.ts';

/**
 * What a run asked for beside the lists of orders: the probe before them and the payments after them; all null where it
 * did not. Why the payments of an order could not be read the last time; a good reading takes the row away. And when a row
 * of OMS was put aside: of those from before, what is known of their pass.
 */
export const besideRunsSchema: Migration = {
  version: 9,
  sql: `
ALTER TABLE runs ADD COLUMN probe_requests INTEGER;
ALTER TABLE runs ADD COLUMN probe_retries INTEGER;
ALTER TABLE runs ADD COLUMN payments_read INTEGER;
ALTER TABLE runs ADD COLUMN payments_failed INTEGER;
ALTER TABLE runs ADD COLUMN payments_requests INTEGER;
ALTER TABLE runs ADD COLUMN payments_retries INTEGER;

CREATE TABLE payment_failures (
  order_id INTEGER PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  failed_ms INTEGER NOT NULL
) STRICT;

ALTER TABLE oms_quarantine ADD COLUMN seen_ms INTEGER NOT NULL DEFAULT 0;
UPDATE oms_quarantine AS q SET seen_ms = coalesce(
  (SELECT ifnull(p.finished_ms, p.started_ms) FROM oms_passes p WHERE p.id = q.pass_id),
  (SELECT min(p.started_ms) FROM oms_passes p WHERE p.list = q.list), 0);
`,
};
