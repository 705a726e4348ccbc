import { formatAmount, type Micros, parseAmount } from '../../shared/money.ts';
import { ORDER_AMOUNTS, type OrderAmount } from './columns.ts';
import type { ReportOrder } from './source.ts';
import { slices } from './walk.ts';

interface CurrencySum {
  orders: number;
  amounts: Record<OrderAmount, Micros>;
}

/** Count and exact sum of every amount column, per currency. An amount that is not given adds nothing. */
export class OrderSums {
  readonly #byCurrency = new Map<string, CurrencySum>();

  /**
   * Sums over every order of a source.
   * @throws AppError CANCELLED
   */
  static async of(chunks: Iterable<ReportOrder[]>, signal: AbortSignal): Promise<OrderSums> {
    const sums = new OrderSums();
    for await (const rows of slices(chunks, signal)) for (const order of rows) sums.add(order);
    return sums;
  }

  /** In the order in which they were met. */
  get currencies(): string[] {
    return [...this.#byCurrency.keys()];
  }

  add(order: ReportOrder): void {
    const sum = this.#byCurrency.get(order.currency) ?? {
      orders: 0,
      amounts: { linesTotal: 0n, shipping: 0n, discount: 0n, interest: 0n, amount: 0n, refund: 0n },
    };
    sum.orders += 1;
    for (const id of ORDER_AMOUNTS) {
      const amount = order[id];
      if (amount !== null) sum.amounts[id] += parseAmount(amount);
    }
    this.#byCurrency.set(order.currency, sum);
  }

  /** Number of orders in a currency. */
  orders(currency: string): number {
    return this.#byCurrency.get(currency)?.orders ?? 0;
  }

  /** The sum of a column in a currency, as canonical decimal text. */
  amount(currency: string, id: OrderAmount): string {
    return formatAmount(this.#byCurrency.get(currency)?.amounts[id] ?? 0n, currency);
  }
}
