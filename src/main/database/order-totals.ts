import { formatAmount, parseAmount } from '../../shared/money.ts';
import type { CurrencyTotals, OrderFilter, OrderSelection, OrderTotals } from '../../shared/orders.ts';
import type { SqliteFile } from './open.ts';
import { type Condition, filterCondition, periodCondition, selectedIdsCondition } from './order-filter.ts';

interface RawTotals {
  currency: string;
  orders: number;
  amount: string;
  refund: string;
}

/** Count and sums per currency of the orders a condition lets through, the currency with most orders first. */
export function currencyTotals(file: SqliteFile, condition: Condition): CurrencyTotals[] {
  return file
    .prepare<unknown[], RawTotals>(
      `SELECT o.currency, count(*) AS orders, CAST(sum(o.amount) AS TEXT) AS amount,
         CAST(ifnull(sum(o.refund_amount), 0) AS TEXT) AS refund
       FROM orders o WHERE ${condition.sql} GROUP BY o.currency ORDER BY count(*) DESC, o.currency`,
    )
    .all(...condition.values)
    .map((raw) => ({
      currency: raw.currency,
      orders: raw.orders,
      amount: formatAmount(BigInt(raw.amount), raw.currency),
      refund: formatAmount(BigInt(raw.refund), raw.currency),
    }));
}

/** The four totals under the grid. Reads what is named; what is left over is subtracted, never read again. */
export function readOrderTotals(
  file: SqliteFile,
  { filter, selection, timeZone }: { filter: OrderFilter; selection: OrderSelection; timeZone: string },
): OrderTotals {
  const inPeriod = periodCondition(filter.period, timeZone);
  const inFilter = filterCondition(filter, timeZone);
  const all = currencyTotals(file, inPeriod);
  const filtered = inFilter.sql === inPeriod.sql ? all : currencyTotals(file, inFilter);
  const named = currencyTotals(file, selectedIdsCondition(inFilter, selection));
  const rest = subtract(filtered, named);
  return selection.mode === 'ids'
    ? { all, filtered, selected: named, unselected: rest }
    : { all, filtered, selected: rest, unselected: named };
}

function subtract(from: readonly CurrencyTotals[], part: readonly CurrencyTotals[]): CurrencyTotals[] {
  const taken = new Map(part.map((totals) => [totals.currency, totals]));
  return from.flatMap((totals): CurrencyTotals[] => {
    const less = taken.get(totals.currency);
    if (less === undefined) return [totals];
    const minus = (a: string, b: string): string => formatAmount(parseAmount(a) - parseAmount(b), totals.currency);
    const orders = totals.orders - less.orders;
    if (orders === 0) return [];
    const { currency } = totals;
    return [{ currency, orders, amount: minus(totals.amount, less.amount), refund: minus(totals.refund, less.refund) }];
  });
}
