/** What step 10 gave room for: a pass and a store read with a key of the tenant's own, and names of other attributes. */
export const CACHE_QUANTITY_KEY = `
INSERT INTO passes (state, scope, page_limit, direction, next_page, seen, quarantined, started_ms, finished_ms, quantity_key) VALUES
  ('complete', 'all', 100, 'down', 0, 20, 0, 1768000000000, 1768000060000, 'koli_içi'),
  ('incomplete', 'all', 100, 'down', 3, 0, 0, 1768000100000, 1768000160000, NULL);
UPDATE sync_state SET quantity_key = 'koli_içi', quantity_names = '["adet","koli_içi"]';
`;
