import { type Micros, parseAmount } from '../../shared/money.ts';
import { fitsSpreadsheet } from './amount-text.ts';
import type { ReportColumn } from './columns.ts';

/**
 * What the totals of one sheet come to, per totalled column: exactly what the spreadsheet's own formulas will add up,
 * that is, without the amounts that stand as text.
 */
export class ColumnSums<Row> {
  readonly #columns: readonly ReportColumn<Row>[];
  readonly #sums = new Map<ReportColumn<Row>['id'], Micros>();
  #rows = 0;

  constructor(columns: readonly ReportColumn<Row>[]) {
    this.#columns = columns.filter((column) => column.totalled);
  }

  get rows(): number {
    return this.#rows;
  }

  add(row: Row, labels: Parameters<ReportColumn<Row>['value']>[1]): void {
    this.#rows += 1;
    for (const column of this.#columns) {
      const value = column.value(row, labels);
      if (value === null) continue;
      const text = String(value);
      if (column.kind === 'amount' && !fitsSpreadsheet(text)) continue;
      this.#sums.set(column.id, this.of(column.id) + parseAmount(text));
    }
  }

  of(id: ReportColumn<Row>['id']): Micros {
    return this.#sums.get(id) ?? 0n;
  }
}
