/**
 * Rows of `cache.db` as a program left them that knew its step 1: orders with nothing and with everything, lines whose
 * parts step 6 adds up (each edge of what it may), passes of every state, bad rows with and without an id, findings.
 */
export const cacheOrders = (orders: number): string => `
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${orders})
INSERT INTO orders (id, number, channel, status, date_placed, date_placed_ms, currency, amount, refund_amount, sent,
  invoice_number, line_count, lines_total, mixed_currency, search, content_hash, version, seen_pass, read_ms)
SELECT i, 'N' || i, iif(i % 3, 'Shop', NULL), '550', '2026-01-05T10:00:00Z', 1767607200000 + i, 'try',
  iif(i = 1, 9007199254740993123, i * 1000000), iif(i % 2, NULL, -1), i % 2, iif(i % 4, NULL, 'ABC' || i), 1,
  i * 1000000, 0, 'n' || i || ' ş', 'hash' || i, 1 + i % 5, 3, 1767607300000 FROM n;
INSERT INTO lines (id, order_id, sku, status, currency, price, cancel_status)
SELECT id * 10, id, 'SKU-' || id, '550', currency, amount, iif(id % 5, NULL, 'waiting') FROM orders;

INSERT INTO orders (id, number, channel, status, date_placed, date_placed_ms, currency, amount, shipping_amount,
  net_shipping_amount, discount_amount, installment_interest_amount, shipping_interest_amount, refund_amount,
  discount_refund_amount, shipping_refund_amount, sent, invoice_number, invoice_date, e_archive_url, payment_option,
  installment_count, tracking_number, line_count, lines_total, mixed_currency, search, content_hash, version, seen_pass, read_ms) VALUES
  (9101, 'İĞÜŞÖÇ-ığüşöç-1', 'Mağaza İzmir', '600', '2026-01-04T23:30:00.123456+03:00', 1767558600123, 'try', 115250001, 10000000,
   8000000, 1750000, 7000000, 250000, 115250001, 1750000, 10000000, 1, 'İST2026000000001', '2026-01-06T00:00:00Z',
   'https://earsiv.example.com/İST2026000000001', 'credit_card', 12, 'TR 0001', 2, 100000000, 0,
   'i̇ğüşöç-iğüşöç-1 mağaza i̇zmir', 'hash9101', 2, 3, 1767607300000),
  (9102, 'N9102', '', '100', '2026-01-05T10:00:00Z', 1767607200000, 'jpy', 0, 0, NULL, 0, 0, 0, 0, 0, 0, 0, '', '', '', '', 0, '',
   0, 0, 0, 'n9102', 'hash9102', 1, 2, 1767607300000),
  (9103, 'N9103', NULL, '400', '2026-01-05T10:00:00Z', 1767607200000, 'usd', -5000000, -1000000, -1000000, -2000000, -1, -1,
   -5000000, -1, -1, 0, NULL, NULL, NULL, NULL, NULL, NULL, 2, -5000000, 1, 'n9103', 'hash9103', 1, 3, 1767607300000),
  (9104, 'N9104', 'Shop', '550', '2026-01-05T10:00:00Z', 1767607200000, 'try', 9007199254740993, NULL, NULL, NULL, NULL, NULL,
   NULL, NULL, NULL, 1, 'ABC9104', NULL, NULL, NULL, NULL, NULL, 2, 9007199254740993, 0, 'n9104', 'hash9104', 1, 3, 1767607300000),
  (9105, 'N9105', 'Shop', '550', '2026-01-05T10:00:00Z', 1767607200000, 'try', 9223372036854775807, NULL, 9223372036854775807,
   9223372036854775807, NULL, NULL, 9223372036854775807, NULL, NULL, 1, 'ABC9105', NULL, NULL, NULL, NULL, NULL, 1,
   4611686018427387903, 0, 'n9105', 'hash9105', 1, 3, 1767607300000),
  (9106, 'N9106', 'Shop', '550', '2026-01-05T10:00:00Z', 1767607200000, 'try', -9223372036854775807, NULL, 9223372036854775807, NULL,
   NULL, -9223372036854775807, NULL, NULL, NULL, 1, 'ABC9106', NULL, NULL, NULL, NULL, NULL, 1, -9223372036854775807, 0, 'n9106', 'hash9106', 1, 3, 1767607300000),
  (9107, 'N9107', 'Shop', '550', '2026-01-05T10:00:00Z', 1767607200000, 'try', 7000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
   NULL, 1, 'ABC9107', NULL, NULL, NULL, NULL, NULL, 3, 9000000000000000000, 0, 'n9107', 'hash9107', 1, 3, 1767607300000);
INSERT INTO lines (id, order_id, sku, status, currency, price, tax_rate, discount_amount, installment_interest_amount, quantity,
  cancel_status, invoice_number, invoice_date, e_archive_url, tracking_number, shipping_company) VALUES
  (91011, 9101, 'ŞAL-ığ', '600', 'try', 60000000, 20000000, 1500000, 3500000, 2, 'completed', 'İST2026000000001',
   '2026-01-06T00:00:00Z', 'https://earsiv.example.com/İST2026000000001', 'TR 0001', 'yurtiçi'),
  (91012, 9101, 'ÇANTA', '550', 'try', 40000000, 1000000, 250000, 3500000, 1, 'rejected', NULL, NULL, NULL, NULL, NULL),
  (91031, 9103, 'SKU-1', '400', 'usd', -5000000, 0, NULL, 1000000, 0, '', '', '', '', '', ''),
  (91032, 9103, 'SKU-2', '400', 'eur', 0, -1, -2000000, 2000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (91041, 9104, 'SKU-1', '550', 'try', 9007199254740993, NULL, 9007199254740993, -9007199254740993, NULL, 'confirmed', NULL, NULL, NULL, NULL, NULL),
  (91042, 9104, 'SKU-2', '550', 'try', 0, NULL, -1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (91051, 9105, 'SKU-1', '550', 'try', 4611686018427387903, NULL, 4611686018427387903, -4611686018427387904, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (91061, 9106, 'SKU-1', '550', 'try', -9223372036854775807, NULL, 4611686018427387904, -4611686018427387905, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (91071, 9107, 'SKU-1', '550', 'try', 3000000000000000000, NULL, 4000000000000000000, 4000000000000000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (91072, 9107, 'SKU-2', '550', 'try', 3000000000000000000, NULL, 4000000000000000000, -4000000000000000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (91073, 9107, 'SKU-3', '550', 'try', 3000000000000000000, NULL, 4000000000000000000, 7, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

INSERT INTO passes VALUES
  (1, 'complete', 100, 4, 300, 0, 300, 300, 1767600000000, 1767600060000),
  (2, 'incomplete', 100, 2, 100, 1, 301, 301, 1767603600000, 1767603660000),
  (3, 'running', 100, 3, 200, 1, 302, 303, 1767607200000, NULL),
  (4, 'running', 50, 1, 0, 0, NULL, NULL, 1767607300000, NULL);
INSERT INTO quarantine VALUES ('order 9001', 3, 9001, 2, 'orderitem_set.0.price', 'not_amount', 1767607200000),
  ('page 2 row 7', 3, NULL, 2, 'id', 'not_id', 1767607200000);
INSERT INTO findings VALUES ('amount.total', 1, 107000000, 100000000, 7000000, '{"lines":1}'),
  ('invoice.missing', 2, NULL, NULL, NULL, '{}'), ('refund.exceeds-order', 9103, -5000000, 9007199254740993, -1, '{"ürün":"ş"}');
INSERT INTO check_run VALUES (1, 1767607400000, 24, 3);
`;

/** Sums of discount and of interest that step 6 must give the lines of these orders; of the others a part is missing. */
export const LINES_SUMS: Record<number, readonly [string | null, string | null]> = {
  9101: ['1750000', '7000000'],
  9102: ['0', '0'],
  9103: [null, '3000000'],
  9104: ['9007199254740992', '-9007199254740993'],
  9105: ['4611686018427387903', '-4611686018427387904'],
  9106: [null, null],
  9107: [null, '7'],
};
