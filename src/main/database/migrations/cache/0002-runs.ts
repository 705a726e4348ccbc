import type { Migration } from '../../migrate.ts';

/**
 * Runs with their plan and counts, the history of changes, the guard against older readings, orders that vanished, and
 * what was learnt about the server. Passes know the run they belong to and the direction they walk in; those that were
 * under way walked in another manner and are given up.
 */
export const runsSchema: Migration = {
  version: 2,
  sql: `
ALTER TABLE orders ADD COLUMN reading INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN vanished_ms INTEGER;
CREATE INDEX orders_vanished ON orders (id) WHERE vanished_ms IS NOT NULL;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('full', 'changes', 'refresh', 'verify')),
  cause TEXT NOT NULL,
  plan TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'incomplete', 'cancelled', 'failed', 'interrupted')),
  started_ms INTEGER NOT NULL,
  finished_ms INTEGER,
  pages INTEGER NOT NULL DEFAULT 0,
  requests INTEGER NOT NULL DEFAULT 0,
  retries INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  quarantined INTEGER NOT NULL DEFAULT 0,
  not_seen INTEGER NOT NULL DEFAULT 0,
  remote_count INTEGER,
  problem_code TEXT,
  problem TEXT
) STRICT;

ALTER TABLE passes ADD COLUMN scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('all', 'some'));
ALTER TABLE passes ADD COLUMN run_id INTEGER;
ALTER TABLE passes ADD COLUMN direction TEXT NOT NULL DEFAULT 'up' CHECK (direction IN ('up', 'down'));
ALTER TABLE passes ADD COLUMN page_size INTEGER;
ALTER TABLE passes ADD COLUMN in_question INTEGER NOT NULL DEFAULT 0;
UPDATE passes SET state = 'incomplete', finished_ms = started_ms WHERE state = 'running';
INSERT INTO runs (kind, cause, plan, state, started_ms, finished_ms, remote_count)
  SELECT 'full', 'unknown', '[]', state, started_ms, finished_ms, remote_count FROM passes ORDER BY id;

CREATE TABLE changes (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL,
  line_id INTEGER,
  field TEXT NOT NULL,
  old TEXT,
  new TEXT,
  seen_ms INTEGER NOT NULL,
  run_id INTEGER
) STRICT;
CREATE INDEX changes_order ON changes (order_id, id);
CREATE INDEX changes_seen ON changes (seen_ms);

CREATE TABLE sync_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  capabilities TEXT,
  probed_ms INTEGER,
  changes_since_ms INTEGER,
  rolling_after INTEGER NOT NULL DEFAULT 0,
  rolling_ms INTEGER,
  next_reading INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO sync_state (id) VALUES (1);
`,
};
