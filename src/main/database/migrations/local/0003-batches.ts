import type { Migration } from '../../migrate.ts';

/**
 * Corrections as documents. A batch is numbered per year (`seq`); `content_hash` is the digest of what was submitted,
 * `content_ids` the corrections that it covers, `approval` what its approver signed. A correction's `maker` is who proposed it, `profile` the person of `users` who was signed in;
 * `reverses` names the correction that it takes back, `successor` the one that a person made of it after a conflict,
 * `sends` counts the writes that were begun. `receipts.sent` is the body of a write. A cancellation's `calls` never
 * exceeds 1: it is counted before the call goes out.
 * Corrections that wait for a push when this step runs become the first draft.
 */
export const batchesSchema: Migration = {
  version: 3,
  sql: `
CREATE TABLE batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  year INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('draft', 'for_approval', 'approved', 'pushing', 'done', 'done_with_exceptions', 'discarded')),
  kind TEXT NOT NULL CHECK (kind IN ('corrections', 'reversal')),
  reverses INTEGER REFERENCES batches (id),
  maker TEXT NOT NULL,
  maker_profile TEXT,
  submitter_profile TEXT,
  reason TEXT NOT NULL DEFAULT '',
  created_ms INTEGER NOT NULL,
  submitted_ms INTEGER,
  approved_ms INTEGER,
  approver TEXT,
  approver_profile TEXT,
  approval TEXT,
  pushed_ms INTEGER,
  finished_ms INTEGER,
  content_hash TEXT,
  content_ids TEXT,
  UNIQUE (year, seq)
) STRICT;
CREATE INDEX batches_state ON batches (state, id);

ALTER TABLE corrections ADD COLUMN kind TEXT NOT NULL DEFAULT 'fields' CHECK (kind IN ('fields', 'cancellation'));
ALTER TABLE corrections ADD COLUMN batch_id INTEGER REFERENCES batches (id);
ALTER TABLE corrections ADD COLUMN maker TEXT NOT NULL DEFAULT '';
ALTER TABLE corrections ADD COLUMN profile TEXT;
ALTER TABLE corrections ADD COLUMN reverses INTEGER REFERENCES corrections (id);
ALTER TABLE corrections ADD COLUMN successor INTEGER REFERENCES corrections (id);
ALTER TABLE corrections ADD COLUMN sends INTEGER NOT NULL DEFAULT 0;
CREATE INDEX corrections_batch ON corrections (batch_id, id);
CREATE INDEX corrections_reverses ON corrections (reverses) WHERE reverses IS NOT NULL;

ALTER TABLE receipts ADD COLUMN sent TEXT;

INSERT INTO batches (year, seq, state, kind, maker, created_ms)
  SELECT CAST(strftime('%Y', min(created_ms) / 1000, 'unixepoch') AS INTEGER), 1, 'draft', 'corrections', '', min(created_ms)
  FROM corrections WHERE state NOT IN ('applied', 'withdrawn') HAVING count(*) > 0;
UPDATE corrections SET batch_id = (SELECT min(id) FROM batches) WHERE state NOT IN ('applied', 'withdrawn');

CREATE TABLE cancellations (
  correction_id INTEGER PRIMARY KEY REFERENCES corrections (id),
  body TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  seen TEXT NOT NULL,
  calls INTEGER NOT NULL DEFAULT 0 CHECK (calls IN (0, 1))
) STRICT;
`,
};
