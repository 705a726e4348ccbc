import type { Migration } from '../../migrate.ts';

/**
 * Rules, statements with their profiles and rows, matches, and what people decide. Amounts are millionths; a row's
 * amount is gross and negative for a refund, `rate` is the order's currency for one unit of the row's. `date_ms` is the
 * start of the row's day in the business time zone. `damaged` names the column whose key a spreadsheet has cut.
 * `occurrence` numbers rows of one file that are equal in everything. A match is the pairs of rows and orders with the
 * same `group_id`, the smallest row of the group. `from_ms` and `until_ms` are the
 * first and the last millisecond of a statement's days, `leans_on` lists the statements that hold what it left out as
 * duplicates. `journal_findings` names the findings that an entry is about.
 * `match_paused` lists the rows of undone runs, which are matched again only when somebody asks.
 * `touched` is what the next run of the checks looks at.
 */
export const statementsSchema: Migration = {
  version: 2,
  sql: `
CREATE TABLE rules (
  version INTEGER PRIMARY KEY,
  rules TEXT NOT NULL,
  chosen_ms INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE profiles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('erp', 'gateway', 'bank', 'marketplace')),
  version INTEGER NOT NULL,
  spec TEXT NOT NULL,
  saved_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE statements (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('erp', 'gateway', 'bank', 'marketplace')),
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  profile TEXT,
  spec TEXT NOT NULL,
  rows INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  totals TEXT NOT NULL,
  from_day TEXT,
  to_day TEXT,
  from_ms INTEGER,
  until_ms INTEGER,
  leans_on TEXT NOT NULL DEFAULT '[]',
  imported_ms INTEGER NOT NULL,
  withdrawn_ms INTEGER
) STRICT;
CREATE INDEX statements_file ON statements (sha256);

CREATE TABLE statement_rows (
  id INTEGER PRIMARY KEY,
  statement_id INTEGER NOT NULL REFERENCES statements (id),
  line INTEGER NOT NULL,
  order_key TEXT,
  invoice_key TEXT,
  transaction_key TEXT,
  batch_key TEXT,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  fee INTEGER,
  net INTEGER,
  rate INTEGER,
  day TEXT,
  date_ms INTEGER,
  damaged TEXT,
  occurrence INTEGER NOT NULL
) STRICT;
CREATE INDEX statement_rows_place ON statement_rows (statement_id, line);
CREATE INDEX statement_rows_damaged ON statement_rows (date_ms) WHERE damaged IS NOT NULL;
CREATE INDEX statement_rows_order ON statement_rows (order_key) WHERE order_key IS NOT NULL;
CREATE INDEX statement_rows_invoice ON statement_rows (invoice_key) WHERE invoice_key IS NOT NULL;
CREATE INDEX statement_rows_transaction ON statement_rows (transaction_key) WHERE transaction_key IS NOT NULL;
CREATE INDEX statement_rows_batch ON statement_rows (batch_key) WHERE batch_key IS NOT NULL;

CREATE TABLE rejected_rows (
  statement_id INTEGER NOT NULL REFERENCES statements (id),
  line INTEGER NOT NULL,
  field TEXT NOT NULL,
  code TEXT NOT NULL,
  value TEXT,
  PRIMARY KEY (statement_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE match_rules (
  version INTEGER PRIMARY KEY,
  rules TEXT NOT NULL,
  chosen_ms INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE match_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  rules_version INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  suggested INTEGER NOT NULL,
  ambiguous INTEGER NOT NULL,
  undone_ms INTEGER
) STRICT;

CREATE TABLE matches (
  row_id INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  group_id INTEGER NOT NULL,
  run_id INTEGER,
  rule TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('confirmed', 'suggested', 'ambiguous')),
  by_person INTEGER NOT NULL CHECK (by_person IN (0, 1)),
  PRIMARY KEY (row_id, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX matches_order ON matches (order_id);
CREATE INDEX matches_group ON matches (group_id, row_id) WHERE group_id <> row_id;
CREATE INDEX matches_undecided ON matches (state, row_id) WHERE state <> 'confirmed';

CREATE TABLE match_rejections (
  row_id INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  PRIMARY KEY (row_id, order_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE match_paused (row_id INTEGER PRIMARY KEY) STRICT;

CREATE TABLE finding_decisions (
  check_code TEXT NOT NULL,
  subject INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'in_progress', 'explained', 'accepted', 'corrected', 'ignored')),
  reason_code TEXT,
  owner TEXT,
  basis TEXT NOT NULL,
  correction_id INTEGER,
  decided_ms INTEGER NOT NULL,
  PRIMARY KEY (check_code, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  check_code TEXT NOT NULL,
  subject INTEGER NOT NULL,
  text TEXT NOT NULL,
  who TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  removed_ms INTEGER
) STRICT;
CREATE INDEX finding_notes_finding ON finding_notes (check_code, subject, id);

CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  who TEXT NOT NULL,
  host TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  before TEXT,
  after TEXT,
  reason TEXT,
  undoes INTEGER REFERENCES journal (id)
) STRICT;
CREATE UNIQUE INDEX journal_undone ON journal (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE journal_findings (
  check_code TEXT NOT NULL,
  subject INTEGER NOT NULL,
  entry_id INTEGER NOT NULL REFERENCES journal (id),
  PRIMARY KEY (check_code, subject, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_findings_entry ON journal_findings (entry_id);

CREATE TABLE touched (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('order', 'row', 'statements', 'rules')),
  subject INTEGER NOT NULL
) STRICT;
`,
};
