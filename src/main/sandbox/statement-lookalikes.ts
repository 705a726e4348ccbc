import type { StatementOrder } from './statement-orders.ts';
import type { RowState, StatementRowDraft } from './statement-plants.ts';

/** So many days before or after its order a row of the ERP is taken for it by its amount. */
const DAYS = 3;

/** A row that tells no order, with what must be made of it. */
interface Loose {
  day: number;
  outcome: { state: RowState };
}

/** What rows and orders that nothing else brings together are told by. */
function likeness({ currency, places, amount }: { currency: string; places: number; amount: bigint }): string {
  return `${currency} ${amount * 10n ** BigInt(6 - places)}`;
}

/**
 * Rows of an ERP statement that tell no order are suggested for the one order that they fit. Among very many orders another
 * one without a row may by chance have the same amount on a day nearby: then nobody can say whose the row is, and what was
 * made to be suggested must be ambiguous.
 */
export function createLookalikes() {
  const free = new Map<string, number[]>();
  const loose = new Map<string, Loose[]>();

  function note<T>(known: Map<string, T[]>, key: string, each: T): void {
    const list = known.get(key);
    if (list === undefined) known.set(key, [each]);
    else list.push(each);
  }

  const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= DAYS;

  return {
    /** Notes an order with what the statement has of it. */
    order(order: StatementOrder, rows: readonly StatementRowDraft[]): void {
      if (!rows.some(({ amount, state }) => amount >= 0n && state === 'confirmed')) {
        note(free, likeness(order), order.day);
      }
    },
    /** Notes a row; `outcome` is what it is made for so far. */
    row(row: StatementRowDraft, outcome: { state: RowState }): void {
      if (row.order === '' && row.state !== 'confirmed') note(loose, likeness(row), { day: row.day, outcome });
    },
    /** Once all are noted: what fits more than one order, or an order that another row fits, is ambiguous. */
    settle(): void {
      for (const [key, rows] of loose) {
        for (const { day, outcome } of rows) {
          if (outcome.state !== 'suggested') continue;
          const orders = (free.get(key) ?? []).filter((placed) => isNear(placed, day));
          const rivals = rows.filter((row) => orders.some((placed) => isNear(placed, row.day)));
          if (orders.length > 1 || rivals.length > 1) outcome.state = 'ambiguous';
        }
      }
    },
  };
}
