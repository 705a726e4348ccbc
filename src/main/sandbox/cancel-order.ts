import { flatOrder } from './flat.ts';
import { isObject } from './patch-fields.ts';
import { CARD, paymentOptionByPk } from './payment-options.ts';
import { paymentsOf } from './payments.ts';
import { readBody } from './read-body.ts';
import { detailError, fieldError, notFound, type Reply, reply } from './reply.ts';
import type { Route } from './routes.ts';
import type { Store } from './store.ts';
import type { JsonObject, WireLine, WireOrder } from './wire-types.ts';

/** A cancellation as it was asked for, after reading. */
interface Wanted {
  isAll: boolean;
  lines: number[];
  reasons: JsonObject;
  cargo: boolean;
}

/**
 * `POST /api/i1/orders/{order_id}/cancel/` (contract, sections 12.2 and 12.3). Documented are the path, the body and what
 * is refused. Assumed are the status and body of an answer (200 with the flat order; refusals are answered with one of
 * the two statuses to be expected, 400 and 406, so that a client has to cope with both), and the effect: the lines'
 * `cancel_status` becomes `waiting`, which is what makes a cancellation plan appear.
 */
export function cancelRoutes(store: Store, onCancel: (orderId: number) => void): Route[] {
  return [
    {
      name: '/api/i1/orders/{order_id}/cancel/',
      path: /^\/api\/i1\/orders\/(\d{1,15})\/cancel\/$/,
      methods: { POST: ({ body }, key) => cancelOrder(store, onCancel, Number(key), body) },
    },
  ];
}

function cancelOrder(store: Store, onCancel: (orderId: number) => void, id: number, text: string): Reply {
  const order = store.order(id);
  if (order === null) return notFound();
  const body = readBody(text);
  if ('refusal' in body) return body.refusal;
  const wanted = readWanted(order, body.fields);
  if ('refusal' in wanted) return wanted.refusal;
  const chosen = order.orderitem_set.filter(({ id: line }) => wanted.isAll || wanted.lines.includes(line));
  const refusal = refuse(store, order, wanted, chosen);
  if (refusal !== null) return refusal;
  store.change(id, { lines: Object.fromEntries(chosen.map((line) => [line.id, { cancel_status: 'waiting' }])) });
  onCancel(id);
  const changed = store.order(id) ?? order;
  return reply(200, flatOrder(changed, store.stamps(changed)));
}

function readWanted(order: WireOrder, fields: JsonObject): Wanted | { refusal: Reply } {
  const { is_all: isAll = false, cancel_items: items = [], reasons = {}, is_cargo_refund: cargo = false } = fields;
  const wrong = (field: string, message: string) => ({ refusal: fieldError(field, message) });
  if (fields.order !== undefined && fields.order !== order.id) return wrong('order', 'Not this order.');
  if (typeof isAll !== 'boolean') return wrong('is_all', 'Must be a valid boolean.');
  if (typeof cargo !== 'boolean') return wrong('is_cargo_refund', 'Must be a valid boolean.');
  if (!Array.isArray(items)) return wrong('cancel_items', 'Expected a list of items.');
  const known = new Set<unknown>(order.orderitem_set.map(({ id }) => id));
  if (!items.every((item) => known.has(item))) return wrong('cancel_items', 'Object does not exist.');
  if (!isObject(reasons)) return wrong('reasons', 'Expected a dictionary of items.');
  const invoice = fields.refund_invoice_number;
  if (invoice !== undefined && invoice !== null && typeof invoice !== 'string') {
    return wrong('refund_invoice_number', 'Not a valid string.');
  }
  return { isAll, lines: items.map(Number), reasons, cargo };
}

/** The documented refusals, by the names that the documentation gives them. */
function refuse(store: Store, order: WireOrder, wanted: Wanted, chosen: readonly WireLine[]): Reply | null {
  const { isAll, lines, reasons, cargo } = wanted;
  if (isAll && lines.length > 0) {
    return detailError(400, 'is_all and cancel_items exclude each other.', 'OrderCancelOverlappingParameterException');
  }
  if (chosen.length === 0) {
    // What "a clash between is_cargo_refund and those two" means beyond this is not said.
    return cargo
      ? detailError(400, 'Shipping is not refunded by itself.', 'OrderCancelOverlappingParameterException')
      : fieldError('cancel_items', 'This field is required.');
  }
  if (order.orderitem_set.some(({ cancel_status }) => cancel_status === 'waiting')) {
    return detailError(406, 'A cancellation of this order is waiting.', 'OrderCancelMoreThenOneException');
  }
  if (!chosen.every(({ id }) => isReason(reasons[id]))) {
    return detailError(400, 'Every line needs a reason.', 'OrderCancelMissingReasonException');
  }
  if (paymentOptionByPk(order.payment_option) === CARD && !isPurchased(store, order)) {
    return detailError(406, 'No purchase transaction was found.', 'OrderCancelPurchaseTransactionNotFound');
  }
  return null;
}

function isReason(reason: unknown): boolean {
  return typeof reason === 'number' && Number.isInteger(reason) && reason > 0;
}

/** A purchase that moved nothing is none. */
function isPurchased(store: Store, order: WireOrder): boolean {
  const payments = paymentsOf(order, store.twist(order.id));
  return payments.some(({ type, succeeded, amount }) => type === 'purchase' && succeeded && /[1-9]/.test(amount));
}
