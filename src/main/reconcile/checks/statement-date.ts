import { RELIGIOUS_KNOWN } from '../../../shared/religious-holidays.ts';
import type { Rules } from '../../../shared/rules.ts';
import { businessDaySql } from '../business-day-sql.ts';
import { calendarSql } from '../calendar-sql.ts';
import type { Check } from '../check.ts';

const DAY_MS = 86_400_000;
/** The start of a row’s day is so long before its order where the row is of an earlier day, be it one of 23 hours. */
const EARLY_MS = 23 * 3_600_000;

/** So many working days are far fewer than three years: what reaches beyond the known years was ordered after this. */
const LONGEST_MS = 3 * 365 * DAY_MS;
const KNOWN_FROM_MS = Date.parse(RELIGIOUS_KNOWN.from) + DAY_MS;
const KNOWN_TO_MS = Date.parse(RELIGIOUS_KNOWN.to) - LONGEST_MS;

/**
 * Over `o`: a row came later than so many days after the order, and the working days between are not known: see
 * religious-holidays.ts. Of orders of the years in question, which are looked at alone.
 */
function undecided(rules: Rules, timeZone: string): string {
  const ordered = businessDaySql('o.date_placed_ms', timeZone);
  return `(o.date_placed_ms < ${KNOWN_FROM_MS} OR o.date_placed_ms > ${KNOWN_TO_MS}) AND EXISTS (
    SELECT 1 FROM local.matches m JOIN local.statement_rows r ON r.id = m.row_id AND r.amount >= 0
      JOIN (SELECT id, spec ->> '$.settlementDays' AS days, ${calendarSql(rules)} AS calendar FROM local.statements
        WHERE withdrawn_ms IS NULL) s ON s.id = r.statement_id
    WHERE m.order_id = o.id AND m.state = 'confirmed' AND s.days IS NOT NULL
      AND r.day > date(${ordered}, s.days || ' days') AND working_day_after(${ordered}, s.days, s.calendar) IS NULL)`;
}

/** A row that is older than its order, or came later than its source is expected to settle. */
export const statementDate: Check = {
  code: 'statement.date',
  severity: 'warning',
  scope: 'row',
  source: 'statements',
  title: { en: 'Date does not fit', tr: 'Tarih uymuyor' },
  help: {
    en: 'A row is older than its order, or later than its source settles.',
    tr: 'Satır siparişinden eski, ya da kaynağının ödeme süresinden geç.',
  },
  formula: 'day of the order ≤ day of the row ≤ day of the order + settlement days (working days)',
  example: 'an order of 10 March in a settlement row of 9 March',
  tolerant: false,
  // The sums have the first and the last row of each order, so that only the rows of few orders are looked at.
  sql: (
    rules,
    timeZone,
  ) => `WITH terms AS MATERIALIZED (SELECT id, kind, spec ->> '$.settlementDays' AS days, ${calendarSql(rules)} AS calendar
      FROM local.statements WHERE withdrawn_ms IS NULL),
      soonest AS MATERIALIZED (SELECT min(days) AS days FROM terms)
    SELECT row_id, min(order_id) AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('day', day, 'orderDay', order_day, 'settlement', days) AS facts
    FROM (SELECT r.id AS row_id, o.id AS order_id, r.day, ${businessDaySql('o.date_placed_ms', timeZone)} AS order_day, s.days, s.calendar, r.amount
      FROM temp.statement_sums x CROSS JOIN main.orders o ON o.id = x.order_id
        CROSS JOIN local.matches m ON m.order_id = o.id AND m.state = 'confirmed'
        CROSS JOIN local.statement_rows r ON r.id = m.row_id JOIN terms s ON s.id = r.statement_id AND s.kind = x.kind
      WHERE r.day IS NOT NULL AND o.vanished_ms IS NULL
        AND (x.soonest <= ${-EARLY_MS} OR x.latest > (SELECT days - 2 FROM soonest) * ${DAY_MS}))
    WHERE day < order_day OR (amount >= 0 AND day > working_day_after(order_day, days, calendar))
    GROUP BY row_id`,
  lacking: undecided,
  sentence({ facts }) {
    const [day, order] = [String(facts.day), String(facts.orderDay)];
    if (day < order) {
      return {
        en: `The row is of ${day}, but its order was placed only on ${order}.`,
        tr: `Satır ${day} tarihli, ama siparişi ancak ${order} tarihinde verilmiş.`,
      };
    }
    const days = String(facts.settlement);
    return {
      en: `The row is of ${day}, more than ${days} working ${days === '1' ? 'day' : 'days'} after its order of ${order}.`,
      tr: `Satır ${day} tarihli; ${order} tarihli siparişinden ${days} iş gününden fazla sonra.`,
    };
  },
};
