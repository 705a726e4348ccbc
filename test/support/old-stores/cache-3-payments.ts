/** What step 3 gave room for: payments of three orders, one of which has nothing; every set of transactions. */
export const CACHE_PAYMENTS = `
INSERT INTO payment_readings VALUES (1, 5, 1767612000000, 2), (2, 6, 1767612000001, 1), (9101, 9007199254740993, 1767612000002, 2);
INSERT INTO transactions VALUES
  (1, 'transaction_set', 1, 'purchase', 1, 9007199254740993, 'try', '2026-01-05T10:00:01Z', 1767607201000, 'REF-İ1'),
  (1, 'transaction_set', 2, 'purchase', 0, 5000000, NULL, '2026-01-05T10:00:02Z', 1767607202000, NULL),
  (1, 'fundstransfertransaction_set', 1, 'refund', 1, -9007199254740993, 'usd', '2026-01-05T10:00:03Z', 1767607203000, 'REF-İ1'),
  (1, 'payondeliverytransaction_set', 1, 'pre_purchase', 1, 1, NULL, '2026-01-05T10:00:03Z', 1767607203000, NULL),
  (1, 'loyaltytransaction_set', 1, 'puan ğ', 1, 0, NULL, '2026-01-05T10:00:03Z', 1767607203000, NULL),
  (1, 'bextransaction_set', 1, 'purchase', 1, -1, NULL, '2026-01-05T10:00:03Z', 1767607203000, NULL),
  (9101, 'cashregistertransaction_set', 3, 'refund', 1, 0, 'try', '2026-01-05T10:00:04+03:00', 1767596404000, ''),
  (9101, 'ordertransaction_set', 3, 'refund', 1, 115250001, 'try', '2026-01-05T10:00:04+03:00', 1767596404000, 'REF-2');
INSERT INTO discount_items VALUES (1, 1, 'Kış indirimi ığüşöç', 'basket', 1750000, '[10]'), (1, 2, NULL, NULL, -1, NULL),
  (9101, 1, '', 'product', 9007199254740993, '[91011,91012]');
INSERT INTO cancellation_plans VALUES (1, 1, 'refund', 'waiting', 9007199254740993, '2026-01-06T00:00:00Z', '2026-01-07T00:00:00Z', '[10]'),
  (9101, 2, 'cancel', 'completed', NULL, NULL, NULL, NULL), (9101, 3, 'refund', 'rejected', -1, '2026-01-06T00:00:00Z', NULL, '[]');
INSERT INTO unreadable_payments VALUES (1, 'discounts', '0.amount', 'not_amount'), (9101, 'plans', '', 'FORBIDDEN');
`;
