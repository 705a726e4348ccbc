/** What step 4 gave room for: OMS orders that belong to an order by id, by number or to none, lines, invoices, bad rows, passes of every state. */
export const CACHE_OMS = `
INSERT INTO oms_passes (list, state, in_question, started_ms, finished_ms) VALUES
  ('orders', 'complete', 3, 1767613000000, 1767613000500), ('invoices', 'incomplete', 0, 1767613001000, 1767613001500),
  ('invoices', 'complete', 0, 1767613002000, 1767613002500), ('orders', 'running', 0, 1767613003000, NULL);
INSERT INTO oms_orders VALUES (71, 1, 'N1', '550', 'oms71', 1, 1767613000000, NULL), (72, NULL, 'N2', '400', 'oms72', 4, 1767613003000, NULL),
  (73, 9101, 'İĞÜŞÖÇ-ığüşöç-1', '600', 'oms73', 1, 1767613000000, 1767613003000), (74, 555555, 'YOK-ğ', '100', 'oms74', 1, 1767613000000, NULL);
INSERT INTO oms_lines VALUES (71, 1, 10, 'SKU-1', '550', 'try', 9007199254740993, 9007199254740992, 9007199254740994, 1, 20000000),
  (71, 2, NULL, 'ŞAL-ığ', '550', 'usd', -1, NULL, NULL, NULL, NULL), (73, 1, 91011, 'ŞAL-ığ', '600', 'try', 60000000, 50000000, 60000000, -1500000, 0);
INSERT INTO oms_invoices VALUES (81, 71, 'ABC1', 'purchased', 'completed', 'inv81', 3, 1767613002000, NULL),
  (82, 73, NULL, NULL, NULL, 'inv82', 3, 1767613002000, 1767613002500), (83, 999, 'İST9', 'returned', 'waiting', 'inv83', 2, 1767613001000, NULL);
INSERT INTO oms_quarantine VALUES ('orders', 'row 75', 1, 'orderitem_set.0.price', 'not_amount'), ('invoices', 'page 1 row 2', 3, 'id', 'not_id');
`;

/** What step 5 gave room for. */
export const CACHE_PLANS = `
UPDATE sync_state SET plans_since_ms = 1767614000000;
`;
