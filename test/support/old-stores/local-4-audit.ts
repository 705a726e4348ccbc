/** The key that authenticates the newest entry of {@link LOCAL_AUDIT}. */
export const AUDIT_KEY = new Uint8Array(32).fill(7);

/**
 * What step 4 gave room for: people who are here, elsewhere and gone, rules of control, and the trail as that program
 * had chained it. The digests are what it worked out then: what an entry is chained by must never change.
 */
export const LOCAL_AUDIT = `
INSERT INTO users (id, name, public_key, salt, sealed_key, created_ms, disabled_ms, failures, paused_until_ms) VALUES
  (1, 'Ayşe Ğ', 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=', x'00ff10', x'0102030405', 1767630000000, NULL, 2, 1767630060000),
  (2, 'Ali İ', 'MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', NULL, NULL, 1767630000001, NULL, 0, 0),
  (5, 'gone', 'MCowBQYDK2VwAyEA/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU=', x'aa', x'bb', 1767630000002, 1767640000000, 0, 0);
INSERT INTO control_rules VALUES
  (1, '{"makerChecker":true,"cancellationCalls":false,"unsendProven":false,"clearProven":false}', 1767630000003, 'iki göz ığüşöç'),
  (2, '{"makerChecker":false,"cancellationCalls":true,"unsendProven":true,"clearProven":true}', 1767630000004, 'denendi');
UPDATE journal SET digest = d.column2 FROM (VALUES
  (1, '700eae1f7745b98407fb79dd31fa2f3b831461198cab57b708c4f944006a1448'), (2, '9c8f6db2e9500aa70a8552c7c9ae2d670eed9fb26fffc68cb813e8130f261be3'),
  (3, '68c5b9548f140a9f8ca7872f9ab3983a2e53ed69b6fc48dbe03c036689e0e703'), (4, '7f2014eb53ab8dd7fa81c0c502b347497f0152baf3c8dc68b02d1d21d25876d8')) d
  WHERE d.column1 = id;
INSERT INTO journal (id, at_ms, who, host, action, subject, before, after, reason, undoes, profile, digest, key_id, mac) VALUES
  (5, 1767630000005, 'ali', 'masa-2', 'control.choose', 'control 2', '{"makerChecker":true}', '{"makerChecker":false}', 'denendi', NULL, 'Ayşe Ğ',
   'efd584dfb16809a78436030dd30d7b5a127789278ed5cd298d101f98dca9afbb', NULL, NULL),
  (6, 1767630000006, 'ali', 'masa-2', 'user.disable', 'user gone', NULL, NULL, NULL, NULL, 'Ali İ',
   '57b95de5992c414c5d9968c208f84b0696605316d248e9ddf65c8743649b66f2', '4bb06f8e4e3a7715', '6f6ab1a270162e149cb7875706cdac92e68cce0e1d1dee9d612e0296836f8627');
INSERT INTO audit_head VALUES (1, 6, '57b95de5992c414c5d9968c208f84b0696605316d248e9ddf65c8743649b66f2', '4bb06f8e4e3a7715',
  'b810c221c8da4591be740b3dbcd37318f07dd46b67ede81c8cd1d7988f66b4ca');
`;
