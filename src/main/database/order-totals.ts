import { formatAmount } from '../../shared/money.ts';
import type { CurrencyTotals, OrderFilter, OrderSelection, OrderTotals } from '../../shared/orders.ts';
import { exactSum, sumSql } from './exact-sum.ts';
import type { SqliteFile } from './open.ts';
import { type Condition, filterCondition, periodCondition, selectedIdsCondition } from './order-filter.ts';

interface RawTotals {
  currency: string;
  orders: number;
  amount: string | null;
  refund: string | null;
}

/** Count and sums per currency, in millionths. */
interface CurrencySums {
  currency: string;
  orders: number;
  amount: bigint;
  refund: bigint;
}

function currencySums(file: SqliteFile, condition: Condition): CurrencySums[] {
  return file
    .prepare<unknown[], RawTotals>(
      `SELECT o.currency, count(*) AS orders, ${sumSql('o.amount')} AS amount, ${sumSql('o.refund_amount')} AS refund
       FROM orders o WHERE ${condition.sql} GROUP BY o.currency ORDER BY count(*) DESC, o.currency`,
    )
    .all(...condition.values)
    .map((raw) => ({ ...raw, amount: exactSum(raw.amount) ?? 0n, refund: exactSum(raw.refund) ?? 0n }));
}

function inWords({ currency, orders, amount, refund }: CurrencySums): CurrencyTotals {
  return { currency, orders, amount: formatAmount(amount, currency), refund: formatAmount(refund, currency) };
}

/** Count and sums per currency of the orders a condition lets through, the currency with most orders first. */
export function currencyTotals(file: SqliteFile, condition: Condition): CurrencyTotals[] {
  return currencySums(file, condition).map(inWords);
}

/** The four totals under the grid. Reads what is named; what is left over is subtracted, never read again. */
export function readOrderTotals(
  file: SqliteFile,
  { filter, selection, timeZone }: { filter: OrderFilter; selection: OrderSelection; timeZone: string },
): OrderTotals {
  const inPeriod = periodCondition(filter.period, timeZone);
  const inFilter = filterCondition(filter, timeZone);
  const all = currencySums(file, inPeriod);
  const filtered = inFilter.sql === inPeriod.sql ? all : currencySums(file, inFilter);
  const named = currencySums(file, selectedIdsCondition(inFilter, selection));
  const rest = subtract(filtered, named);
  const [selected, unselected] = selection.mode === 'ids' ? [named, rest] : [rest, named];
  return {
    all: all.map(inWords),
    filtered: filtered.map(inWords),
    selected: selected.map(inWords),
    unselected: unselected.map(inWords),
  };
}

function subtract(from: readonly CurrencySums[], part: readonly CurrencySums[]): CurrencySums[] {
  const taken = new Map(part.map((sums) => [sums.currency, sums]));
  return from.flatMap((sums): CurrencySums[] => {
    const less = taken.get(sums.currency);
    if (less === undefined) return [sums];
    const { currency, orders, amount, refund } = sums;
    if (orders === less.orders) return [];
    return [{ currency, orders: orders - less.orders, amount: amount - less.amount, refund: refund - less.refund }];
  });
}
