/**
 * Rows of `local.db` as a program left them that knew its step 1: corrections in every state it had, of orders and of
 * lines, the first of them made in the last half hour of a year (UTC), and receipts of every step.
 */
export const LOCAL_CORRECTIONS = `
INSERT INTO corrections VALUES (1, 1, 'N1', NULL, 'queued', 1767223800000, 1767223800001, NULL, NULL),
  (2, 2, 'N2', 20, 'conflict', 1767610000000, 1767611000000, 'CONFLICT', 'Both changed it. İkisi de değiştirdi.'),
  (3, 4, 'N4', NULL, 'checking', 1767610000000, 1767611000000, NULL, NULL), (4, 6, 'N6', NULL, 'sending', 1767610000000, 1767611000000, NULL, NULL),
  (5, 8, 'N8', 80, 'verifying', 1767610000000, 1767611000000, NULL, NULL), (6, 10, 'N10', NULL, 'waiting', 1767610000000, 1767611000000, 'NETWORK', 'Omnitron could not be reached.'),
  (7, 3, 'N3', NULL, 'applied', 1767139200000, 1767611000000, NULL, NULL), (8, 9101, 'İĞÜŞÖÇ-ığüşöç-1', 91011, 'rejected', 1767610000000, 1767611000000, 'REQUEST_REJECTED', ''),
  (12, 12, 'N12', NULL, 'withdrawn', 1767139200001, 1767611000000, NULL, NULL);
INSERT INTO correction_fields VALUES (1, 'is_send', 'false', 'true', NULL), (2, 'invoice_number', 'null', '"ABC1"', '"ABC2"'),
  (2, 'tracking_number', '""', 'null', 'null'), (3, 'is_send', 'false', 'true', 'false'), (4, 'is_send', 'false', 'true', 'false'),
  (5, 'invoice_date', '"2026-01-06T00:00:00Z"', '"2026-01-07"', NULL), (6, 'is_send', 'false', 'true', NULL), (7, 'is_send', 'false', 'true', 'true'),
  (8, 'invoice_number', '"İST2026000000001"', '"İST2026000000002 ığüşöç"', 'null'), (12, 'is_send', 'false', 'true', NULL);
INSERT INTO receipts (id, correction_id, at_ms, step, http_status, reading) VALUES (1, 7, 1767610000001, 'read', 200, '{"is_send":false}'),
  (2, 7, 1767610000002, 'write', 200, NULL), (3, 7, 1767610000003, 'read-back', 200, '{"is_send":true}'),
  (5, 8, 1767610000004, 'write', 400, '{"invoice_number":"İST2026000000001"}'), (9, 6, 1767610000005, 'read', NULL, NULL);
`;
