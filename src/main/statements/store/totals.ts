import { formatAmount } from '../../../shared/money.ts';
import type { StatementTotals } from '../../../shared/statements.ts';
import type { AcceptedRow } from '../detect/row-reader.ts';

interface Sums {
  rows: number;
  amount: bigint;
  fee: bigint | null;
  net: bigint | null;
}

/** Sums accepted rows per currency, exactly. */
export interface TotalsCounter {
  add(row: AcceptedRow): void;
  /** Currencies in alphabetical order. */
  totals(): StatementTotals;
}

/** Begins at zero. */
export function createTotals(): TotalsCounter {
  const byCurrency = new Map<string, Sums>();
  return {
    add({ currency, amount, fee, net }) {
      let sums = byCurrency.get(currency);
      if (sums === undefined) {
        sums = { rows: 0, amount: 0n, fee: null, net: null };
        byCurrency.set(currency, sums);
      }
      sums.rows += 1;
      sums.amount += amount;
      if (fee !== null) sums.fee = (sums.fee ?? 0n) + fee;
      if (net !== null) sums.net = (sums.net ?? 0n) + net;
    },
    totals: () =>
      Object.fromEntries(
        [...byCurrency]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([currency, { rows, amount, fee, net }]) => [
            currency,
            {
              rows,
              amount: formatAmount(amount, currency),
              fee: fee === null ? null : formatAmount(fee, currency),
              net: net === null ? null : formatAmount(net, currency),
            },
          ]),
      ),
  };
}
