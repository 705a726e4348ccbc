import { formatDay } from '../../../shared/format.ts';
import type { Rules } from '../../../shared/rules.ts';
import { businessDaySql } from '../business-day-sql.ts';
import { type Check, sqlList } from '../check.ts';
import { dayOf } from '../invoice-uses.ts';

/** When the rules began to count the invoice's first day among the closed ones, without a break until now. */
const CLOSED_MS = `(SELECT min(v.chosen_ms) FROM local.rules v WHERE v.version > ifnull((SELECT max(p.version) FROM local.rules p
  WHERE ifnull(json_extract(p.rules, '$.closedUntil'), '') < u.first_day), -1))`;

/** Over `o` and `u`: dated in a closed period by a change that was seen after the closing. */
function lateChange(closedUntil: string | null): string {
  if (closedUntil === null) return '0';
  return `(u.first_day <= ${sqlList([closedUntil])} AND EXISTS (SELECT 1 FROM changes c WHERE c.order_id = o.id
    AND c.field IN ('invoice_number', 'invoice_date') AND (c.new = u.number OR substr(c.new, 1, 10) = u.first_day)
    AND c.seen_ms >= ${CLOSED_MS}))`;
}

const future = (timeZone: string): string => `u.last_day > (SELECT ${businessDaySql(':now', timeZone)})`;

/** Over `o`: the day is before its own. Comparing texts first spares most orders the calendar: a business day is at most one later than the written one. */
const isBeforeOrder = (day: string, timeZone: string): string =>
  `(${day} <= substr(o.date_placed, 1, 10) AND ${day} < ${businessDaySql('o.date_placed_ms', timeZone)})`;

function conditions({ closedUntil }: Rules, timeZone: string): { future: string; early: string; closed: string } {
  return {
    future: future(timeZone),
    early: isBeforeOrder('u.first_day', timeZone),
    closed: lateChange(closedUntil),
  };
}

/** An invoice dated in the future, before its order, or into a period that had been closed. */
export const invoiceDate: Check = {
  code: 'invoice.date',
  severity: 'error',
  scope: 'order',
  source: 'orders',
  title: { en: 'Invoice date implausible', tr: 'Fatura tarihi tutarsız' },
  help: {
    en: 'An invoice is dated in the future, before its order, or into a closed period.',
    tr: 'Faturanın tarihi gelecekte, siparişten önce ya da kapanmış bir dönemde.',
  },
  formula: 'the day of date_placed ≤ the day of invoice_date ≤ today, and after the closed periods if it came later',
  example: 'an order of 6 January with an invoice of 5 January',
  tolerant: false,
  timed: true,
  sql(rules, timeZone) {
    const { future, early, closed } = conditions(rules, timeZone);
    const chosen = `CASE WHEN ${future} THEN 'future' WHEN ${early} THEN 'early' ELSE 'closed' END`;
    return `SELECT order_id, NULL AS expected, NULL AS actual, NULL AS difference,
        json_object('number', min(number), 'why', why, 'day', day, 'placed', placed) AS facts
      FROM (SELECT o.id AS order_id, u.number, ${chosen} AS why, ${businessDaySql('o.date_placed_ms', timeZone)} AS placed,
          iif(${future}, u.last_day, u.first_day) AS day
        FROM HELD o JOIN invoice_uses u ON u.order_id = o.id WHERE ${future} OR ${early} OR ${closed})
      GROUP BY order_id`;
  },
  suspect({ closedUntil }, timeZone) {
    const changed = 'o.id IN (SELECT c.order_id FROM changes c)';
    return {
      order: [isBeforeOrder(dayOf('o.invoice_date'), timeZone), ...(closedUntil === null ? [] : [changed])].join(
        ' OR ',
      ),
      use: future(timeZone),
      line: `l.invoice_date <> ifnull(o.invoice_date, '') AND ${isBeforeOrder(dayOf('l.invoice_date'), timeZone)}`,
    };
  },
  lacking: () => ({ orders: 'SELECT order_id FROM invoice_uses WHERE first_day IS NULL' }),
  sentence({ facts }) {
    const number = String(facts.number);
    const why = String(facts.why);
    const dated = (language: 'en' | 'tr'): string => formatDay(String(facts.day), language);
    const placed = (language: 'en' | 'tr'): string => formatDay(String(facts.placed), language);
    if (why === 'future') {
      return {
        en: `Invoice ${number} is dated ${dated('en')}, which is in the future.`,
        tr: `${number} numaralı faturanın tarihi (${dated('tr')}) gelecekte.`,
      };
    }
    if (why === 'early') {
      return {
        en: `Invoice ${number} is dated ${dated('en')}, before its order was placed on ${placed('en')}.`,
        tr: `${number} numaralı faturanın tarihi ${dated('tr')}, sipariş ise ${placed('tr')} tarihinde verilmiş.`,
      };
    }
    return {
      en: `Invoice ${number} is dated ${dated('en')}, in a period that had been closed when it appeared.`,
      tr: `${number} numaralı faturanın tarihi ${dated('tr')}; göründüğünde bu dönem kapanmıştı.`,
    };
  },
};
