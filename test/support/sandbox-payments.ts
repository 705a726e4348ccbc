import type { PaymentBodies } from '../../src/main/omnitron/parse-payments.ts';
import { detailedOrder } from '../../src/main/sandbox/detailed.ts';
import { discountItemsOf } from '../../src/main/sandbox/discount-items.ts';
import { draftOrder } from '../../src/main/sandbox/draft-order.ts';
import { TRANSACTION_SETS } from '../../src/main/sandbox/payment-options.ts';
import { plansOf } from '../../src/main/sandbox/plans.ts';
import { FIRST_GENERATED_ID, paymentTwistAt } from '../../src/main/sandbox/planting.ts';
import type { PaymentTwist } from '../../src/main/sandbox/plants/plant-kind.ts';
import { readSamples } from '../../src/main/sandbox/samples.ts';
import type { JsonObject, WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { writeOrder } from '../../src/main/sandbox/write-order.ts';
import { SAMPLES_DIR } from './sandbox.ts';

/** What the sandbox answers about the payments of one order. */
export interface PaymentAnswers {
  detailed: JsonObject;
  discounts: JsonObject[];
  plans: JsonObject[];
}

const { detailed: model } = readSamples(SAMPLES_DIR);

/** The first orders of a generated store, as the order list writes them. */
export function generate(seed: number, orders: number): WireOrder[] {
  return Array.from({ length: orders }, (_, index) => writeOrder(seed, draftOrder(seed, index)));
}

/** The answers about an order of a generated store, without a server; a documented sample's too. */
export function paymentAnswers(seed: number, order: WireOrder): PaymentAnswers {
  const stamps = { created: order.date_placed, modified: order.date_placed };
  const index = order.id - FIRST_GENERATED_ID;
  const twist: PaymentTwist | null = index < 0 ? null : paymentTwistAt(seed, index);
  return {
    detailed: detailedOrder(model, order, stamps, twist),
    discounts: discountItemsOf(order, twist),
    plans: plansOf(order, stamps, twist),
  };
}

/** What the program reads of a detailed order; the rest is most of its length, and tests that read thousands leave it out. */
const READ = ['pk', 'transaction_type', 'transaction_id', 'currency', 'is_succeeded', 'amount', 'created_date'];
const encode = (value: unknown, keys: string[] | null = null): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value, keys));
const list = (results: unknown[]) => ({
  pages: [encode({ count: results.length, next: null, previous: null, results })],
});

/** The answers in the form in which the writer takes them. */
export function bodiesOf({ detailed, discounts, plans }: PaymentAnswers): PaymentBodies {
  return { detailed: encode(detailed, [...READ, ...TRANSACTION_SETS]), discounts: list(discounts), plans: list(plans) };
}
