import { AppError } from '../../shared/errors.ts';
import type { Finding } from '../../shared/findings.ts';
import { formatAmount, type Micros, parseAmount } from '../../shared/money.ts';
import type { ReportTotals } from '../../shared/reports.ts';
import { ORDER_AMOUNTS } from './columns.ts';
import { OrderSums } from './order-sums.ts';
import type { ReportControl, ReportOrder } from './source.ts';

/**
 * Counts and adds up what is really written, row by row, and compares it with the control totals that the database
 * gave. The two ways share nothing but the rows, so a report whose totals are wrong is not delivered.
 */
export class TieOut {
  readonly #sums = new OrderSums();
  readonly #byCheck = new Map<string, number>();
  readonly #differences = new Map<string, Micros>();
  #orders = 0;
  #findings = 0;
  #firstMs: number | null = null;
  #lastMs: number | null = null;

  /** Data rows so far: orders and findings. */
  get rows(): number {
    return this.#orders + this.#findings;
  }

  addOrder(order: ReportOrder): void {
    this.#orders += 1;
    this.#sums.add(order);
    this.#firstMs = Math.min(this.#firstMs ?? order.datePlacedMs, order.datePlacedMs);
    this.#lastMs = Math.max(this.#lastMs ?? order.datePlacedMs, order.datePlacedMs);
  }

  addFinding(finding: Finding): void {
    this.#findings += 1;
    this.#byCheck.set(finding.check, (this.#byCheck.get(finding.check) ?? 0) + 1);
    if (finding.difference === null) return;
    const key = differenceKey(finding.check, finding.currency);
    this.#differences.set(key, (this.#differences.get(key) ?? 0n) + parseAmount(finding.difference));
  }

  /** The totals of the rows written, in the shape of the control totals. */
  totals(): ReportTotals {
    return Object.fromEntries(
      this.#sums.currencies.map((currency) => [
        currency,
        {
          orders: this.#sums.orders(currency),
          amount: this.#sums.amount(currency, 'amount'),
          refund: this.#sums.amount(currency, 'refund'),
        },
      ]),
    );
  }

  /** @throws AppError INTERNAL when anything that the control totals state differs from what was written. */
  verify(control: ReportControl): void {
    refuse(this.#compare(control));
  }

  /** @throws AppError INTERNAL when a sum of an amount column that the report states differs from what was written. */
  verifySums(stated: OrderSums): void {
    for (const currency of new Set([...this.#sums.currencies, ...stated.currencies])) {
      const wrong = ORDER_AMOUNTS.find((id) => this.#sums.amount(currency, id) !== stated.amount(currency, id));
      refuse(wrong === undefined ? null : `${wrong} in ${currency}`);
    }
  }

  #compare(control: ReportControl): string | null {
    if (this.#orders !== control.orders) return `${this.#orders} orders instead of ${control.orders}`;
    if (this.#findings !== control.findings) return `${this.#findings} findings instead of ${control.findings}`;
    if (this.#firstMs !== control.firstDateMs) return 'first order date';
    if (this.#lastMs !== control.lastDateMs) return 'last order date';
    return this.#compareTotals(control) ?? this.#compareChecks(control);
  }

  #compareTotals(control: ReportControl): string | null {
    const totals = new Map(Object.entries(control.totals));
    for (const currency of new Set([...this.#sums.currencies, ...totals.keys()])) {
      const stated = totals.get(currency);
      const orders = this.#sums.orders(currency);
      if (orders === 0 || stated === undefined) return `orders in ${currency}`;
      if (orders !== stated.orders) return `number of orders in ${currency}`;
      if (this.#sums.amount(currency, 'amount') !== stated.amount) return `amount in ${currency}`;
      if (this.#sums.amount(currency, 'refund') !== stated.refund) return `refund in ${currency}`;
    }
    return null;
  }

  #compareChecks(control: ReportControl): string | null {
    const counts = new Map(this.#byCheck);
    const differences = new Map(this.#differences);
    for (const entry of control.byCheck) {
      if ((counts.get(entry.check) ?? 0) !== entry.count) return `findings of ${entry.check}`;
      counts.delete(entry.check);
      for (const { currency, difference } of entry.differences) {
        const key = differenceKey(entry.check, currency);
        if (formatAmount(differences.get(key) ?? 0n, currency) !== difference) return `differences of ${entry.check}`;
        differences.delete(key);
      }
    }
    if (counts.size > 0) return 'findings by check';
    return [...differences.values()].some((sum) => sum !== 0n) ? 'differences by check' : null;
  }
}

function refuse(wrong: string | null): void {
  if (wrong === null) return;
  throw new AppError(
    'INTERNAL',
    `The report does not tie out (${wrong}), so it was not written; run it again, and report the fault if it stays.`,
  );
}

function differenceKey(check: string, currency: string): string {
  return `${check} ${currency}`;
}
