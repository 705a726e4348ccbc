/** What step 2 gave room for: runs of every kind and state, passes of them, changes, vanished orders, what is known of the server. */
export const CACHE_RUNS = `
INSERT INTO runs (kind, cause, plan, state, started_ms, finished_ms, pages, requests, retries, created, updated, unchanged,
  quarantined, not_seen, remote_count, problem_code, problem) VALUES
  ('refresh', 'interval', '{"kind":"refresh","resumes":false,"steps":[{"step":"new","requests":1},{"step":"status","status":"400","requests":2}],"requests":3}',
   'failed', 1767610000000, 1767610000500, 0, 5, 4, 0, 0, 0, 0, 0, 303, 'TIMEOUT', 'Omnitron did not answer. İnternet yok.'),
  ('changes', 'start', '{"kind":"changes","resumes":false,"steps":[{"step":"changes","since":"2026-01-05T10:00:00.000Z","requests":1}],"requests":1}',
   'cancelled', 1767610100000, 1767610100500, 1, 1, 0, 0, 1, 2, 0, 0, NULL, 'CANCELLED', NULL),
  ('verify', 'command', '{"kind":"verify","resumes":false,"steps":[{"step":"period","period":{"from":"2026-01-01","to":null},"requests":4}],"requests":4}',
   'complete', 1767610200000, 1767610200500, 4, 4, 0, 1, 2, 300, 1, 0, 303, NULL, NULL),
  ('full', 'resume', '{"kind":"full","resumes":true,"steps":[{"step":"all","requests":7}],"requests":7}',
   'interrupted', 1767610300000, 1767610300400, 3, 0, 0, 0, 0, 300, 0, 0, NULL, NULL, NULL),
  ('full', 'manual', '[]', 'running', 1767611000000, NULL, 2, 0, 0, 20, 100, 0, 0, 0, NULL, NULL, NULL);
INSERT INTO passes (state, scope, page_limit, direction, next_page, page_size, seen, quarantined, run_id, in_question,
  count_at_start, remote_count, started_ms, finished_ms) VALUES
  ('complete', 'some', 100, 'up', 0, 100, 12, 0, 7, 0, NULL, 303, 1767610200000, 1767610200500),
  ('complete', 'all', 100, 'down', 0, 50, 300, 1, 7, 2, 300, 303, 1767610200000, 1767610200500),
  ('incomplete', 'all', 100, 'down', 4, 50, 100, 0, 8, 0, 303, 303, 1767610300000, 1767610300400),
  ('running', 'all', 100, 'down', 2, 50, 120, 0, 9, 0, 303, 303, 1767611000000, NULL);
INSERT INTO changes (order_id, line_id, field, old, new, seen_ms, run_id) VALUES
  (1, NULL, 'amount', '1000000', '9007199254740993123', 1767611000000, 9),
  (2, 20, 'line', NULL, 'SKU-2', 1767611000000, 9), (9101, 91012, 'cancel_status', 'waiting', NULL, 1767611000001, NULL),
  (9101, NULL, 'invoice_number', 'IST1', 'İST2026000000001', 1767611000002, NULL);
UPDATE orders SET vanished_ms = 1767611000000, reading = 7 WHERE id = 5;
UPDATE orders SET reading = 9007199254740993 WHERE id = 9101;
UPDATE sync_state SET capabilities = '{}', probed_ms = 1, changes_since_ms = 1767611000000, rolling_after = 4, rolling_ms = 1767611000000,
  next_reading = 10000001;
`;
