import type { Migration } from '../../migrate.ts';

/**
 * The few lines with a cancellation under way, so that planning a run does not walk every line. The condition is the one
 * that sync-state.ts asks with: SQLite uses the index only where the two are the same.
 */
export const cancellingLinesSchema: Migration = {
  version: 8,
  sql: `
CREATE INDEX lines_cancelling ON lines (cancel_status, order_id)
  WHERE ifnull(cancel_status, '') NOT IN ('', 'completed', 'rejected');
`,
};
