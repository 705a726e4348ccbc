import type { Migration } from '../../migrate.ts';

/**
 * With which key the quantities of merged lines were read: of a pass, and of everything that is held; null = not all with the
 * same one. Until now it was `quantity` alone. And the names of other attributes whose values look like a quantity.
 */
export const quantityKeySchema: Migration = {
  version: 10,
  sql: `
ALTER TABLE passes ADD COLUMN quantity_key TEXT DEFAULT 'quantity';
ALTER TABLE sync_state ADD COLUMN quantity_key TEXT DEFAULT 'quantity';
ALTER TABLE sync_state ADD COLUMN quantity_names TEXT NOT NULL DEFAULT '[]';
`,
};
