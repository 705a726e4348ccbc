import { AppError } from '../../shared/errors.ts';
import type { Finding } from '../../shared/findings.ts';
import type { ReportTotals } from '../../shared/reports.ts';
import { ORDER_AMOUNTS } from './columns.ts';
import { FindingGroups } from './finding-groups.ts';
import { OrderSums } from './order-sums.ts';
import type { ReportControl, ReportOrder } from './source.ts';

/**
 * Counts and adds up what is really written, row by row, and compares it with the control totals that the database
 * gave. The two ways share nothing but the rows, so a report whose totals are wrong is not delivered.
 */
export class TieOut {
  readonly #sums = new OrderSums();
  readonly #byCheck = new FindingGroups();
  readonly #byStatus = new FindingGroups();
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
    this.#byCheck.add(finding.check, finding);
    this.#byStatus.add(finding.status, finding);
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
    return (
      this.#compareTotals(control) ??
      this.#byCheck.compare(
        control.byCheck.map(({ check, count, differences }) => ({ name: check, count, differences })),
      ) ??
      this.#byStatus.compare(control.byStatus.map(({ status, ...entry }) => ({ name: status, ...entry })))
    );
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
}

function refuse(wrong: string | null): void {
  if (wrong === null) return;
  throw new AppError(
    'INTERNAL',
    `The report does not tie out (${wrong}), so it was not written; run it again, and report the fault if it stays.`,
  );
}
