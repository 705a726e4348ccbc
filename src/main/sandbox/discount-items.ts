import { envelope } from './list-page.ts';
import { parseAmount, printAmount } from './money-text.ts';
import type { PaymentTwist } from './plants/plant-kind.ts';
import { fieldError, notFound, type Reply, reply } from './reply.ts';
import type { ApiRequest, Route } from './routes.ts';
import type { Store } from './store.ts';
import type { JsonObject, WireLine, WireOrder } from './wire-types.ts';

/**
 * The discounts of an order (contract, section 9): one for each line that got one, or, for every third order, one
 * campaign over all of them. Together they are what the lines say, unless one is planted absent.
 */
export function discountItemsOf(order: WireOrder, twist: PaymentTwist | null = null): JsonObject[] {
  const items = everyItem(order);
  return twist === 'discount-item-absent' ? items.slice(1) : items;
}

function everyItem(order: WireOrder): JsonObject[] {
  const lines = order.orderitem_set.filter((line) => /[1-9]/.test(line.discount_amount));
  if (lines.length === 0) return [];
  if (order.id % 3 === 0) return [writeItem(order, order.id * 10, lines)];
  return lines.map((line) => writeItem(order, line.id, [line]));
}

function writeItem(order: WireOrder, pk: number, lines: readonly WireLine[]): JsonObject {
  const amounts = lines.map((line) => parseAmount(line.discount_amount));
  const places = Math.max(...amounts.map((amount) => amount.places));
  const sum = amounts.reduce((total, amount) => total + amount.units * 10n ** BigInt(places - amount.places), 0n);
  const coupon = pk % 4 === 1;
  const dates = { created_date: order.date_placed, modified_date: order.date_placed };
  return {
    pk,
    name: coupon ? 'Hoş geldin kuponu' : 'Sepette indirim',
    amount: printAmount(sum, places),
    order: order.id,
    offer_type: coupon ? 'coupon' : 'promotion',
    session_offer_type: null,
    code: coupon ? `CANARY-COUPON-${pk}` : null,
    // The elements of both lists are unknown; assumed are ids of lines.
    benefitapplicant_set: lines.map(({ id }) => id),
    promotion: { pk: coupon ? 12 : 11, ...dates, name: 'Bahar kampanyası', slug: 'bahar-kampanyasi' },
    conditionapplicant_set: order.orderitem_set.map(({ id }) => id),
  };
}

/** The addresses of discount items. */
export function discountRoutes(store: Store): Route[] {
  return ['i1', 'v1'].flatMap((prefix): Route[] => [
    {
      name: `/api/${prefix}/discount_items/detailed_integration/`,
      path: new RegExp(`^/api/${prefix}/discount_items/detailed_integration/$`),
      methods: { GET: (request) => listItems(store, request) },
    },
    {
      // Printed without a slash at its end.
      name: `/api/${prefix}/discount_items/{pk}/detailed_integration`,
      path: new RegExp(`^/api/${prefix}/discount_items/(\\d{1,15})/detailed_integration/?$`),
      methods: { GET: (_request, key) => oneItem(store, Number(key)) },
    },
  ]);
}

function listItems(store: Store, { path, query }: ApiRequest): Reply {
  const id = query.get('order') ?? '';
  if (!/^\d{1,15}$/.test(id)) return fieldError('order', 'This field is required.');
  const order = store.order(Number(id));
  const items = order === null ? [] : discountItemsOf(order, store.twist(order.id));
  return reply(200, envelope(path, query, 1, Math.max(items.length, 1), items.length, items));
}

function oneItem(store: Store, pk: number): Reply {
  const order = store.order(Math.floor(pk / 10));
  const items = order === null ? [] : discountItemsOf(order, store.twist(order.id));
  const item = items.find((candidate) => candidate.pk === pk);
  return item === undefined ? notFound() : reply(200, item);
}
