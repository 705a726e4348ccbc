import type { Migration } from '../../migrate.ts';

/** What cannot be fetched again: the outbox of corrections, and their receipts. */
export const correctionsSchema: Migration = {
  version: 1,
  sql: `
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL,
  order_number TEXT NOT NULL,
  line_id INTEGER,
  state TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  updated_ms INTEGER NOT NULL,
  problem_code TEXT,
  problem_message TEXT
) STRICT;
CREATE INDEX corrections_order ON corrections (order_id, state);
CREATE INDEX corrections_state ON corrections (state, id);

-- Values are JSON texts: true, "text", null. server is SQL NULL until Omnitron has been asked.
CREATE TABLE correction_fields (
  correction_id INTEGER NOT NULL REFERENCES corrections (id),
  field TEXT NOT NULL,
  base TEXT NOT NULL,
  target TEXT NOT NULL,
  server TEXT,
  PRIMARY KEY (correction_id, field)
) STRICT, WITHOUT ROWID;

-- Both readings of a push, before and after the write, as JSON objects of the corrected fields.
CREATE TABLE receipts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  correction_id INTEGER NOT NULL REFERENCES corrections (id),
  at_ms INTEGER NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('read', 'write', 'read-back')),
  http_status INTEGER,
  reading TEXT
) STRICT;
CREATE INDEX receipts_correction ON receipts (correction_id, id);
`,
};
