/**
 * What step 3 gave room for: batches in every state and of each kind, one taking another back; corrections in them, some
 * of a kind of their own, taken back and replaced; cancellations called and not.
 */
export const LOCAL_BATCHES = `
INSERT INTO batches (id, year, seq, state, kind, reverses, maker, maker_profile, submitter_profile, reason, created_ms, submitted_ms,
  approved_ms, approver, approver_profile, approval, pushed_ms, finished_ms, content_hash, content_ids) VALUES
  (11, 2026, 1, 'done', 'corrections', NULL, 'Ayşe Ğ', 'Ayşe Ğ', 'Ayşe Ğ', 'Ocak kapanışı ığüşöç', 1767620000000, 1767620000001, 1767620000002, 'Ali İ',
   'Ali İ', '{"format":"mutabakat-approval"}', 1767620000003, 1767620000004, 'c0ffee', '[21,22]'),
  (12, 2026, 2, 'done_with_exceptions', 'reversal', 11, 'ali', NULL, NULL, 'geri al', 1767620001000, 1767620001001, 1767620001002, 'ali', NULL, NULL,
   1767620001003, 1767620001004, 'c0ffed', '[23]'),
  (13, 2026, 3, 'draft', 'corrections', NULL, '', NULL, NULL, '', 1767620002000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (14, 2026, 4, 'for_approval', 'corrections', NULL, 'ali', NULL, NULL, 'iade', 1767620003000, 1767620003001, NULL, NULL, NULL, NULL, NULL, NULL, 'c0ffec', '[24]'),
  (15, 2026, 5, 'approved', 'corrections', NULL, 'ali', NULL, NULL, 'iade', 1767620004000, 1767620004001, 1767620004002, 'ali', NULL, NULL, NULL, NULL, 'c0ffeb', '[25]'),
  (16, 2026, 6, 'pushing', 'corrections', NULL, 'ali', NULL, NULL, 'iade', 1767620005000, 1767620005001, 1767620005002, 'ali', NULL, NULL, 1767620005003, NULL, 'c0ffea', '[26]'),
  (17, 2026, 7, 'discarded', 'corrections', NULL, 'ali', NULL, NULL, '', 1767620006000, NULL, NULL, NULL, NULL, NULL, NULL, 1767620006001, NULL, NULL);
INSERT INTO corrections (id, order_id, order_number, line_id, state, created_ms, updated_ms, problem_code, problem_message, kind, batch_id, maker,
  profile, reverses, successor, sends) VALUES
  (21, 14, 'N14', NULL, 'applied', 1767620000000, 1767620000003, NULL, NULL, 'fields', 11, 'Ayşe Ğ', 'Ayşe Ğ', NULL, NULL, 1),
  (22, 15, 'N15', 150, 'withdrawn', 1767620000000, 1767620000003, NULL, NULL, 'fields', 11, 'Ayşe Ğ', NULL, NULL, NULL, 0),
  (23, 14, 'N14', NULL, 'rejected', 1767620001000, 1767620001004, 'REQUEST_REJECTED', 'is_send', 'fields', 12, 'ali', NULL, 21, NULL, 3),
  (24, 9101, 'İĞÜŞÖÇ-ığüşöç-1', NULL, 'queued', 1767620003000, 1767620003000, NULL, NULL, 'cancellation', 14, 'ali', NULL, NULL, NULL, 0),
  (25, 16, 'N16', NULL, 'queued', 1767620004000, 1767620004000, NULL, NULL, 'fields', 15, 'ali', NULL, NULL, NULL, 0),
  (26, 17, 'N17', NULL, 'unknown', 1767620005000, 1767620005004, 'CANCELLATION_UNKNOWN', 'The call may have been carried out.', 'cancellation', 16, 'ali', NULL, NULL, NULL, 1),
  (27, 15, 'N15', 150, 'queued', 1767620006000, 1767620006000, NULL, NULL, 'fields', 13, 'ali', NULL, NULL, NULL, 0);
UPDATE corrections SET successor = 27 WHERE id = 22;
INSERT INTO correction_fields VALUES (21, 'is_send', 'false', 'true', 'true'), (22, 'extra_field.ürün', 'null', '{"ş":["1"]}', NULL),
  (23, 'is_send', 'true', 'false', 'true'), (25, 'is_send', 'false', 'true', NULL), (27, 'invoice_number', 'null', '"İST27"', NULL);
INSERT INTO receipts (id, correction_id, at_ms, step, http_status, reading, sent) VALUES
  (21, 21, 1767620000003, 'write', 200, NULL, '{"is_send":true}'), (22, 26, 1767620005003, 'write', NULL, NULL, '{"ürün":"ş"}');
INSERT INTO cancellations VALUES
  (24, '{"all":true,"cargo":false,"lines":[],"reasons":[{"line":91011,"reason":7},{"line":91012,"reason":7}],"refundInvoiceNumber":"İADE-1"}',
   9007199254740993, 'try', '[{"cancelStatus":"completed","id":91011,"status":"600"},{"cancelStatus":null,"id":91012,"status":"550"}]', 0),
  (26, '{"all":false,"cargo":true,"lines":[170],"reasons":[{"line":170,"reason":7}],"refundInvoiceNumber":null}', 17000000, 'try',
   '[{"cancelStatus":null,"id":170,"status":"550"}]', 1);
`;
