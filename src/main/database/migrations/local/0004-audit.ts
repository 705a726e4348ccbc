import type { Migration } from '../../migrate.ts';

/**
 * People with a PIN, the rules of control, and the chain over the journal. `digest` chains an entry to the one before;
 * `mac` authenticates the digest with the key `key_id`, both null where no key was at hand. Entries written before this
 * step are chained when the file is next opened; from then on the table only grows. `audit_head` says how many entries
 * there are and where the chain ends.
 * `sealed_key` is a person's signing key, locked with the PIN; null = the person works at another workstation.
 */
export const auditSchema: Migration = {
  version: 4,
  sql: `
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  public_key TEXT NOT NULL,
  salt BLOB,
  sealed_key BLOB,
  created_ms INTEGER NOT NULL,
  disabled_ms INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  paused_until_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE control_rules (
  version INTEGER PRIMARY KEY,
  rules TEXT NOT NULL,
  chosen_ms INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;

ALTER TABLE journal ADD COLUMN profile TEXT;
ALTER TABLE journal ADD COLUMN digest TEXT;
ALTER TABLE journal ADD COLUMN key_id TEXT;
ALTER TABLE journal ADD COLUMN mac TEXT;

CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  entries INTEGER NOT NULL,
  digest TEXT NOT NULL,
  key_id TEXT,
  mac TEXT
) STRICT;

CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal WHEN OLD.digest IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'entries of the journal are never changed'); END;
CREATE TRIGGER journal_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'entries of the journal are never removed'); END;
`,
};
