import { ERP_STATUSES } from '../../../shared/statuses.ts';
import { type Check, sqlList } from '../check.ts';

const DAY_MS = 86_400_000;
/** When the last complete reading of OMS began; NULL = there was none. */
const READ_MS = "(SELECT max(started_ms) FROM oms_passes WHERE list = 'orders' AND state = 'complete')";
/** A row of OMS that could not be read may be any order. */
const ALL_READABLE = `NOT EXISTS (SELECT 1 FROM oms_quarantine q WHERE q.list = 'orders' AND NOT EXISTS (
  SELECT 1 FROM oms_orders m WHERE m.id = CAST(substr(q.row_key, 5) AS INTEGER) AND q.row_key = 'row ' || m.id))`;
/** Over `o`: OMS should know it. */
const EXPECTED = `+o.status IN (${sqlList(ERP_STATUSES)})`;
const ABSENT = 'o.id NOT IN (SELECT order_id FROM oms_pairs)';

/**
 * OMS, which fulfils the orders, does not know one that is to be fulfilled. Judged a day after the order was placed, for
 * orders reach OMS with a delay. A warning: an order may have been read as another one, where numbers are shared.
 */
export const omsMissing: Check = {
  code: 'oms.missing',
  severity: 'warning',
  scope: 'order',
  source: 'oms',
  title: { en: 'Missing in OMS', tr: 'OMS’de yok' },
  help: {
    en: 'OMS has been read whole since the order was placed, and does not have it.',
    tr: 'Sipariş verildikten sonra OMS’nin tamamı okunmuş, ancak sipariş orada yok.',
  },
  formula: 'status 400 to 550 and placed more than a day before OMS was read → an order in OMS',
  example: 'an approved order of last week that OMS does not have',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference, json_object('status', o.status) AS facts
    FROM HELD o
    WHERE ${READ_MS} IS NOT NULL AND ${ALL_READABLE} AND ${EXPECTED} AND o.date_placed_ms < ${READ_MS} - ${DAY_MS} AND ${ABSENT}`,
  suspect: () => ({ order: `${READ_MS} IS NOT NULL AND ${EXPECTED} AND ${ABSENT}` }),
  lacking: () =>
    `${EXPECTED} AND ${ABSENT} AND (NOT ${ALL_READABLE} OR ifnull(o.date_placed_ms >= ${READ_MS} - ${DAY_MS}, 1))`,
  sentence({ facts }) {
    const status = String(facts.status);
    return {
      en: `OMS does not have the order (status ${status}), although it was read whole since.`,
      tr: `OMS, siparişten (durum ${status}) sonra tamamen okunduğu hâlde sipariş orada yok.`,
    };
  },
};
