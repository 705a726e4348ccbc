/** What step 5 gave room for: keys of rejected rows, one with every kind of them, and one of which none could be read. */
export const LOCAL_REJECTED_KEYS = `
INSERT INTO rejected_rows VALUES (1, 6, 'amount', 'not_amount', '12x', 'N1', 'İST2026000000001', 'T-Ğ-1'),
  (1, 7, 'amount', 'not_amount', '', NULL, NULL, NULL);
UPDATE statements SET rejected = rejected + 2 WHERE id = 1;
`;
