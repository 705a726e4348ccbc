import { type CorrectionRow, type CorrectionWarning, PENDING_STATES } from '../../shared/corrections.ts';
import { formatDay } from '../../shared/format.ts';
import { businessDay } from '../../shared/period.ts';
import type { SqliteFile } from '../database/open.ts';
import { sqlList } from '../reconcile/check.ts';
import { readRules } from '../reconcile/rules.ts';

/** When, and in which business time zone, a correction is looked at. */
export interface WarningMoment {
  nowMs: number;
  timeZone: string;
}

/** So many other orders of a number are named. */
const NAMED = 5;

/** The orders, by their id, for which each invoice number is proposed in a correction that is not settled. */
type ProposedNumbers = ReadonlyMap<string, ReadonlyMap<number, string>>;

/**
 * Gives corrections that are not settled what speaks against their values, as it stands at a moment: what the checks
 * invoice.date and invoice.duplicate would find once Omnitron has them and what else is proposed. None is a refusal: a person decides. `place` says
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

  const proposals = file
    .prepare<[string], [string, number, string]>(
      `SELECT f.target, c.order_id, c.order_number FROM ${local}.corrections c
         CROSS JOIN ${local}.correction_fields f ON f.correction_id = c.id AND f.field = 'invoice_number'
       WHERE c.state IN (${sqlList(PENDING_STATES)}) AND f.target IN (SELECT value FROM json_each(?))
       ORDER BY c.order_number`,
    )
    .raw();

  /** Who else is to get the numbers of these rows: all of them at once, for each look is one along all corrections. */
  function proposedNumbers(rows: readonly CorrectionRow[]): ProposedNumbers {
    const found = new Map<string, Map<number, string>>();
    const wanted = rows.flatMap(({ state, fields }) =>
      PENDING_STATES.includes(state)
        ? fields.flatMap(({ field, target }) => (field === 'invoice_number' ? [JSON.stringify(target)] : []))
        : [],
    );
    if (wanted.length === 0) return found;
    for (const [target, orderId, order] of proposals.all(JSON.stringify(wanted))) {
      const number = String(JSON.parse(target));
      found.set(number, (found.get(number) ?? new Map<number, string>()).set(orderId, order));
    }
    return found;
  }

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

  function ofNumber(number: string, orderId: number, proposed: ProposedNumbers): CorrectionWarning[] {
    const standing = othersWith.all(number, orderId);
    const coming = [...(proposed.get(number) ?? [])].flatMap(([id, order]) => (id === orderId ? [] : [order]));
    const [en, tr]: [string[], string[]] = [[], []];
    if (standing.length > 0) {
      en.push(`Invoice ${number} already stands on order ${namesOf(standing)}.`);
      tr.push(`${number} numaralı fatura şu siparişte zaten var: ${namesOf(standing)}.`);
    }
    if (coming.length > 0) {
      en.push(`Invoice ${number} is also proposed for order ${namesOf(coming)}.`);
      tr.push(`${number} numaralı fatura şu sipariş için de öneriliyor: ${namesOf(coming)}.`);
    }
    if (en.length === 0) return [];
    return [{ code: 'number-taken', field: 'invoice_number', text: { en: en.join(' '), tr: tr.join(' ') } }];
  }

  function warningsOf(
    row: CorrectionRow,
    { closedUntil, proposed }: { closedUntil: string | null; proposed: ProposedNumbers },
    moment: WarningMoment,
  ): CorrectionWarning[] {
    if (!PENDING_STATES.includes(row.state)) return [];
    return row.fields.flatMap(({ field, target }) => {
      if (typeof target !== 'string') return [];
      if (field === 'invoice_date') return ofDate(target, placedOf.get(row.order.id), closedUntil, moment);
      return field === 'invoice_number' ? ofNumber(target, row.order.id, proposed) : [];
    });
  }

  return (rows, moment) => {
    const facts = { closedUntil: readRules(file, local).rules.closedUntil, proposed: proposedNumbers(rows) };
    return rows.map((row) => ({ ...row, warnings: warningsOf(row, facts, moment) }));
  };
}

const namesOf = (orders: readonly string[]): string =>
  orders.length > NAMED ? `${orders.slice(0, NAMED).join(', ')}, …` : orders.join(', ');
