import type { Migration } from '../../migrate.ts';

/** What a run read of OMS after it had read Omnitron; all null where it read nothing of it. Counts are of orders. */
export const omsRunsSchema: Migration = {
  version: 7,
  sql: `
ALTER TABLE runs ADD COLUMN oms_state TEXT
  CHECK (oms_state IN ('complete', 'incomplete', 'cancelled', 'failed'));
ALTER TABLE runs ADD COLUMN oms_requests INTEGER;
ALTER TABLE runs ADD COLUMN oms_created INTEGER;
ALTER TABLE runs ADD COLUMN oms_updated INTEGER;
ALTER TABLE runs ADD COLUMN oms_unchanged INTEGER;
ALTER TABLE runs ADD COLUMN oms_quarantined INTEGER;
ALTER TABLE runs ADD COLUMN oms_not_seen INTEGER;
ALTER TABLE runs ADD COLUMN oms_remote_count INTEGER;
ALTER TABLE runs ADD COLUMN oms_problem_code TEXT;
ALTER TABLE runs ADD COLUMN oms_problem TEXT;
`,
};
