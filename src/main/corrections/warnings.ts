import { type CorrectionRow, type CorrectionWarning, PENDING_STATES } from '../../shared/corrections.ts';
import { formatDay } from '../../shared/format.ts';
import { businessDay } from '../../shared/period.ts';
import type { SqliteFile } from '../database/open.ts';
import { readRules } from '../reconcile/rules.ts';

/** When, and in which business time zone, a correction is looked at. */
export interface WarningMoment {
  nowMs: number;
  timeZone: string;
}

/** So many other orders of a number are named. */
const NAMED = 5;

/**
 * Gives corrections that are not settled what speaks against their values, as it stands at a moment: what the checks
 * invoice.date and invoice.duplicate would find once Omnitron has them. None is a refusal: a person decides. `place` says
 * under which names the connection has both files.
 */
export function prepareWarnings(
  file: SqliteFile,
  { cache, local }: { cache: 'main' | 'cache'; local: 'main' | 'local' },
): (rows: readonly CorrectionRow[], moment: WarningMoment) => CorrectionRow[] {
  const placedOf = file.prepare<[number], number>(`SELECT date_placed_ms FROM ${cache}.orders WHERE id = ?`).pluck();
  const othersWith = file
    .prepare<[string, number], string>(
      `SELECT DISTINCT o.number FROM ${cache}.invoice_uses u CROSS JOIN ${cache}.orders o ON o.id = u.order_id
       WHERE u.number = ? AND u.order_id <> ? AND o.vanished_ms IS NULL ORDER BY 1 LIMIT ${NAMED + 1}`,
    )
    .pluck();

  function ofDate(day: string, placedMs: number | undefined, closedUntil: string | null, moment: WarningMoment) {
    const dated = { en: formatDay(day, 'en'), tr: formatDay(day, 'tr') };
    const found: CorrectionWarning[] = [];
    const add = (code: CorrectionWarning['code'], en: string, tr: string): void =>
      void found.push({ code, field: 'invoice_date', text: { en, tr } });
    const placed = placedMs === undefined ? null : businessDay(placedMs, moment.timeZone);
    if (day > businessDay(moment.nowMs, moment.timeZone))
      add('date-future', `${dated.en} is in the future.`, `${dated.tr} gelecekte.`);
    if (placed !== null && day < placed)
      add(
        'date-early',
        `${dated.en} is before the order was placed on ${formatDay(placed, 'en')}.`,
        `${dated.tr}, siparişin verildiği ${formatDay(placed, 'tr')} tarihinden önce.`,
      );
    if (closedUntil !== null && day <= closedUntil)
      add('date-closed', `${dated.en} is in a closed period.`, `${dated.tr} kapalı bir dönemde.`);
    return found;
  }

  function ofNumber(number: string, orderId: number): CorrectionWarning[] {
    const orders = othersWith.all(number, orderId);
    if (orders.length === 0) return [];
    const named = orders.length > NAMED ? `${orders.slice(0, NAMED).join(', ')}, …` : orders.join(', ');
    const text = {
      en: `Invoice ${number} already stands on order ${named}.`,
      tr: `${number} numaralı fatura şu siparişte zaten var: ${named}.`,
    };
    return [{ code: 'number-taken', field: 'invoice_number', text }];
  }

  function warningsOf(row: CorrectionRow, closedUntil: string | null, moment: WarningMoment): CorrectionWarning[] {
    if (!PENDING_STATES.includes(row.state)) return [];
    return row.fields.flatMap(({ field, target }) => {
      if (typeof target !== 'string') return [];
      if (field === 'invoice_date') return ofDate(target, placedOf.get(row.order.id), closedUntil, moment);
      return field === 'invoice_number' ? ofNumber(target, row.order.id) : [];
    });
  }

  return (rows, moment) => {
    const { closedUntil } = readRules(file, local).rules;
    return rows.map((row) => ({ ...row, warnings: warningsOf(row, closedUntil, moment) }));
  };
}
