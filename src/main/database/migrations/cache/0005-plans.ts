import type { Migration } from '../../migrate.ts';

/** Server time up to which changes of cancellation plans are known. */
export const plansSchema: Migration = {
  version: 5,
  sql: `
ALTER TABLE sync_state ADD COLUMN plans_since_ms INTEGER;
`,
};
