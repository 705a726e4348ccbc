/** What step 9 gave room for: a run that asked beside the lists, payments that could not be read, a row of OMS put aside. */
export const CACHE_BESIDE_RUNS = `
INSERT INTO runs (kind, cause, plan, state, started_ms, finished_ms, pages, requests, retries, created, updated, unchanged,
  quarantined, not_seen, remote_count, probe_requests, probe_retries, payments_read, payments_failed, payments_requests,
  payments_retries) VALUES
  ('changes', 'interval', '{"kind":"changes","resumes":false,"steps":[{"step":"probe","requests":15},{"step":"new","requests":2}],"requests":17}',
   'complete', 1767900000000, 1767900000500, 2, 2, 0, 0, 1, 20, 0, 0, 303, 14, 1, 49, 1, 150, 3);
INSERT INTO payment_failures VALUES (2, 'TIMEOUT', 'Omnitron yanıt vermedi: İnternet yok.', 1767900000400),
  (9101, 'RESPONSE_INVALID', 'The answer holds no transactions.', 9007199254740993);
INSERT INTO oms_quarantine VALUES ('orders', 'row 76', 4, 'lines.0.price', 'not_amount', 1767900000300);
`;
