import type { SandboxCurrency } from './catalogue.ts';
import type { DraftLine } from './draft-types.ts';
import type { RandomStream } from './random.ts';

const LINE_COUNTS = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5] as const;

/** One to five lines, in no particular order, some with a discount, some with a share of the installment interest. */
export function draftLines(random: RandomStream, currency: SandboxCurrency, orderStatus: string): DraftLine[] {
  const count = random.pick(LINE_COUNTS);
  const interestPercent = random.chance(12) ? 1 + random.below(6) : 0;
  const lines: DraftLine[] = [];
  for (let position = 1; position <= count; position++) {
    const quantity = random.chance(10) ? 2 + random.below(5) : 1;
    const unitPrice = currency.lowest + random.below(currency.highest - currency.lowest);
    const price = unitPrice * quantity;
    const discountPercent = random.chance(30) ? 5 + random.below(26) : 0;
    const line: DraftLine = {
      position,
      status: orderStatus,
      currency,
      price: price * currency.step,
      discount: Math.floor((price * discountPercent) / 100) * currency.step,
      interest: Math.floor((price * interestPercent) / 100) * currency.step,
      taxRate: null,
      quantity,
      cancelStatus: null,
      refunded: false,
      invoice: null,
    };
    if (random.chance(50)) lines.push(line);
    else lines.unshift(line);
  }
  return lines;
}
