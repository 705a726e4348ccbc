const COLUMNS = '"decimal":"comma","dateOrder":"dmy","sheet":null,"currency":"try","columns":';
const ERP = `{${COLUMNS}{"order":"Sipariş No","invoice":"Fatura No","date":"Tarih","currency":"Para Birimi","amount":"Tutar","rate":"Kur"},"fee":null,"settlementDays":null}`;
const GATEWAY = `{${COLUMNS}{"order":"Sipariş No","transaction":"İşlem No","batch":"Toplu Ödeme No","date":"Tarih","amount":"Tutar","fee":"Komisyon","net":"Net"},"fee":{"percent":"1.99","fixed":"0"},"settlementDays":5}`;
const RULES = `{"formula":{"discount":"included","interest":"added","shippingInterest":"included","price":"unit"},
  "tolerances":[{"currency":"try","absolute":"0.05","percent":"0"}],"stuckDays":7,"archiveHosts":["earsiv.example.com"],"closedUntil":"2025-12-31"}`;
const MATCH_RULES =
  '{"erp":[{"key":"order","days":null}],"gateway":[{"key":"amount-date","days":3}],"bank":[],"marketplace":[{"key":"batch","days":null}]}';

/**
 * What step 2 gave room for: rules, profiles and statements of every kind, rows with every sort of amount, matches in
 * every state, and everything that a person may have decided, said and taken back.
 */
export const LOCAL_STATEMENTS = `
INSERT INTO rules VALUES (1, '${RULES}', 1767600000000, 'Kapanış için'), (2, '${RULES}', 1767610000000, 'ığüşöç');
INSERT INTO profiles (id, name, kind, version, spec, saved_ms) VALUES (1, 'Muhasebe ğ', 'erp', 2, '${ERP}', 1767600000000),
  (2, 'POS', 'gateway', 1, '${GATEWAY}', 1767600000001), (5, 'Banka', 'bank', 1, '${ERP}', 1767600000002), (6, 'Pazaryeri', 'marketplace', 1, '${ERP}', 1767600000003);
INSERT INTO statements VALUES
  (1, 'erp', 'Ocak İşlemleri.csv', 'aa01', 'Muhasebe ğ', '${ERP}', 4, 3, 1, 0,
   '{"try":{"rows":2,"amount":"9007199253.740992","fee":null,"net":null},"usd":{"rows":1,"amount":"-0.000001","fee":null,"net":null}}',
   '2026-01-05', '2026-01-06', 1767560400000, 1767733199999, '[]', 1767610000000, NULL),
  (2, 'gateway', 'pos.xlsx', 'aa02', NULL, '${GATEWAY}', 2, 1, 0, 1, '{"try":{"rows":1,"amount":"2.00","fee":"0.05","net":"1.95"}}',
   '2026-01-05', '2026-01-05', 1767560400000, 1767646799999, '[1]', 1767610000001, NULL),
  (3, 'bank', 'banka.csv', 'aa03', NULL, '${ERP}', 1, 1, 0, 0, '{"try":{"rows":1,"amount":"1.95","fee":null,"net":null}}',
   NULL, NULL, NULL, NULL, '[]', 1767610000002, 1767611000000),
  (7, 'marketplace', 'pazar.csv', 'aa04', NULL, '${ERP}', 1, 1, 0, 0, '{"try":{"rows":1,"amount":"4.00","fee":null,"net":null}}',
   '2026-01-05', '2026-01-05', 1767560400000, 1767646799999, '[1,2]', 1767610000003, NULL);
INSERT INTO statement_rows VALUES (1, 1, 2, 'N1', 'ABC1', NULL, NULL, 'try', 9007199254740993, NULL, NULL, NULL, '2026-01-05', 1767560400000, NULL, 1),
  (2, 1, 3, 'YOK-ğ', NULL, NULL, NULL, 'usd', -1, NULL, NULL, 41123456, '2026-01-06', 1767646800000, NULL, 1),
  (3, 1, 4, '2,79E+15', NULL, NULL, NULL, 'try', -1000001, NULL, NULL, NULL, NULL, NULL, 'order', 1),
  (4, 2, 2, 'N2', NULL, 'REF-İ1', 'TÖ-1', 'try', 2000000, 50000, 1950000, NULL, '2026-01-05', 1767560400000, NULL, 2),
  (5, 3, 2, NULL, NULL, NULL, 'TÖ-1', 'try', 1950000, NULL, NULL, NULL, NULL, NULL, NULL, 1),
  (9, 7, 2, 'N4', NULL, NULL, NULL, 'try', 4000000, NULL, NULL, NULL, '2026-01-05', 1767560400000, NULL, 1);
INSERT INTO rejected_rows VALUES (1, 5, 'amount', 'not_amount', '1.234.567,8x ğ'), (7, 9, 'date', 'missing', NULL);
INSERT INTO match_rules VALUES (1, '${MATCH_RULES}', 1767610000000, 'önce anahtar');
INSERT INTO match_runs (id, at_ms, rules_version, confirmed, suggested, ambiguous, undone_ms) VALUES
  (1, 1767610000000, 0, 3, 0, 0, 1767610000500), (4, 1767610001000, 1, 2, 1, 2, NULL);
INSERT INTO matches VALUES (1, 1, 1, 4, 'order', 'confirmed', 0), (4, 2, 4, 4, 'order', 'suggested', 0), (4, 3, 4, NULL, 'hand', 'confirmed', 1),
  (5, 2, 4, 4, 'batch', 'ambiguous', 0), (9, 4, 9, 4, 'amount-date', 'ambiguous', 0);
INSERT INTO match_rejections VALUES (1, 2), (2, 9101);
INSERT INTO match_paused VALUES (2), (9);
INSERT INTO finding_decisions VALUES ('amount.total', 1, 'open', NULL, NULL, '[null,null,null,{}]', NULL, 1767610000000),
  ('amount.total', 9101, 'in_progress', NULL, 'Ayşe Ğ', '[9007199254740993,1,2,{"ürün":"ş"}]', NULL, 1767610000001),
  ('invoice.missing', 2, 'explained', 'missing-in-erp', NULL, '[]', NULL, 1767610000002), ('invoice.missing', 9, 'accepted', NULL, 'Ali', '[]', NULL, 1767610000003),
  ('erp.not-sent', 3, 'corrected', NULL, NULL, '[]', 7, 1767610000004), ('erp.not-sent', 4, 'ignored', 'duplicate', NULL, '[]', NULL, 1767610000005);
INSERT INTO finding_notes (id, check_code, subject, text, who, at_ms, removed_ms) VALUES (1, 'amount.total', 9101, 'Mağaza soruldu, ığüşöç', 'ayşe', 1767610000000, NULL),
  (3, 'amount.total', 9101, 'yanlış', 'ali', 1767610000001, 1767610000002);
INSERT INTO journal (id, at_ms, who, host, action, subject, before, after, reason, undoes) VALUES
  (1, 1767610000000, 'ayşe', 'masa-1', 'statement.import', 'statement 1', NULL, '{"rows":4}', NULL, NULL),
  (2, 1767610000001, 'ayşe', 'masa-1', 'findings.decide', 'amount.total 9101', '{"status":"open"}', '{"status":"in_progress"}', 'Kapanış ığüşöç', NULL),
  (3, 1767610000002, 'ali', 'masa-2', 'findings.undo', 'amount.total 9101', '{"status":"in_progress"}', '{"status":"open"}', NULL, 2),
  (4, 1767610000003, 'ali', 'masa-2', 'match.run', 'match run 4', NULL, '{"confirmed":2}', NULL, NULL);
INSERT INTO journal_findings VALUES ('amount.total', 9101, 2), ('amount.total', 9101, 3);
INSERT INTO touched (kind, subject) VALUES ('order', 9101), ('row', 2), ('statements', 1), ('rules', 2);
`;
