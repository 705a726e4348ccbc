/**
 * What step 6 gave room for: open findings about an order, a row of a statement and neither, events of each kind, what
 * the last run of the checks looked at and worked out, orders written by that program, and what it has touched since.
 */
export const CACHE_FINDINGS = `
INSERT INTO findings (check_code, subject, order_id, row_id, currency, date_ms, expected, actual, difference, facts,
  opened_ms, since_ms, changed_ms, due_ms, tolerated) VALUES
  ('amount.total', 9101, 9101, NULL, 'try', 1767558600123, 9007199254740993, -9007199254740993, 18014398509481986, '{"ürün":"ş"}',
   1767615000000, 1767615000001, 1767615000002, 1767615000003, 0),
  ('invoice.missing', 2, 2, NULL, 'try', 1767607200002, NULL, NULL, NULL, '{"days":3,"lines":[20]}', 1, 1, 2, NULL, 1),
  ('statement.unmatched-row', 2, NULL, 2, 'usd', NULL, NULL, -1, 0, '{}', 1767615000000, 1767615000000, 1767615000000, 1767615000000, 0),
  ('data.quarantined', 9001, NULL, NULL, '', NULL, 1, 0, -1, '{"path":"id"}', 1767615000000, 1767615000000, 1767615000000, NULL, 0);
INSERT INTO finding_events (check_code, subject, event, at_ms, opened_ms, expected, actual, difference) VALUES
  ('amount.total', 9101, 'changed', 1767615000002, 1767615000000, 9007199254740993, 0, 9007199254740993),
  ('amount.total', 3, 'closed', 1767615000000, 1767600000000, NULL, NULL, NULL),
  ('invoice.missing', 2, 'closed', 1767614000000, 1, NULL, NULL, NULL), ('invoice.missing', 2, 'reopened', 1767615000000, 1, -1, 0, 1);
INSERT INTO check_run VALUES (1, 1767615000000, 24, 'Europe/Istanbul', 2, '1', 1767615000000, 4);
INSERT INTO check_skips VALUES ('amount.payment', 24), ('amount.discount', 0);
INSERT INTO invoice_uses VALUES ('ABC4', 4, 'ABC', 4, '2026-01-06', '2026-01-07', 'https://earsiv.example.com'),
  ('İST2026000000001', 9101, NULL, NULL, NULL, NULL, NULL);
INSERT INTO invoice_gaps VALUES ('ABC8', 'ABC4', 3, 1), ('ABC12', 'ABC8', 9007199254740993, 0);
INSERT INTO oms_pairs VALUES (1, 71), (2, 72);
DELETE FROM touched_orders;
INSERT INTO orders (id, number, status, date_placed, date_placed_ms, currency, amount, sent, line_count, lines_total, mixed_currency,
  search, content_hash, version, seen_pass, read_ms, lines_discount, lines_interest) VALUES
  (9201, 'N9201', '550', '2026-01-05T10:00:00Z', 1767607200000, 'try', 9007199254740993, 0, 1, 9007199254740993, 0, 'n9201', 'hash9201', 1, 7, 1,
   -9007199254740993, 12345678901234567);
INSERT INTO lines (id, order_id, sku, status, currency, price, cancel_status) VALUES
  (92011, 9201, 'SKU-1', '550', 'try', 9007199254740993, 'waiting');
UPDATE orders SET content_hash = 'hash9104-2', version = 2 WHERE id = 9104;
INSERT INTO touched_sources VALUES ('oms');
`;

/** What step 7 gave room for: runs that read OMS too, with each end. */
export const CACHE_OMS_RUNS = `
INSERT INTO runs (kind, cause, plan, state, started_ms, finished_ms, oms_state, oms_requests, oms_created, oms_updated,
  oms_unchanged, oms_quarantined, oms_not_seen, oms_remote_count, oms_problem_code, oms_problem) VALUES
  ('refresh', 'manual', '{"kind":"refresh","resumes":false,"steps":[{"step":"oms","requests":2}],"requests":2}', 'complete', 1767616000000,
   1767616000500, 'complete', 2, 1, 2, 3, 0, 4, 10, NULL, NULL),
  ('refresh', 'manual', '[]', 'complete', 1767616100000, 1767616100500, 'failed', 5, 0, 0, 0, 0, 0, NULL, 'TIMEOUT', 'OMS yanıt vermedi ığş.'),
  ('refresh', 'manual', '[]', 'complete', 1767616200000, 1767616200500, 'incomplete', 5, 0, 0, 0, 1, 0, 10, 'TIMEOUT', NULL),
  ('full', 'interval', '[]', 'cancelled', 1767616300000, 1767616300500, 'cancelled', 1, 0, 0, 0, 0, 0, NULL, 'CANCELLED', 'Cancelled.');
`;

/** Step 8 gave an index to lines with a cancellation under way: lines with every kind of status, written with it there. */
export const CACHE_CANCELLING = `
INSERT INTO lines (id, order_id, sku, status, currency, price, cancel_status) VALUES (92012, 9201, 'SKU-2', '550', 'try', 1, 'onay bekliyor ğ'),
  (92013, 9201, 'SKU-3', '550', 'try', 1, ''), (92014, 9201, 'SKU-4', '550', 'try', 1, 'completed'), (92015, 9201, 'SKU-5', '550', 'try', 1, NULL);
UPDATE lines SET cancel_status = 'rejected' WHERE id = 92011;
`;
