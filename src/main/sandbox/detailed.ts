import { STATUS_NAMES } from './catalogue.ts';
import { channelId, flatOrder } from './flat.ts';
import { asAmountText, asJsonNumber } from './money-text.ts';
import { CARD, paymentOptionByPk, TRANSACTION_SETS } from './payment-options.ts';
import { type Payment, paymentsOf } from './payments.ts';
import { plansOf } from './plans.ts';
import type { PaymentTwist } from './plants/plant-kind.ts';
import { plantSecrets } from './secrets.ts';
import type { JsonObject, Stamps, WireOrder } from './wire-types.ts';

/** The order of the documented answer; its customer and addresses are served as documented. */
const DOCUMENTED_ID = 27;

/**
 * An order as `detailed_integration` answers it (contract, section 6): the documented answer, filled with the order's
 * own values, and with recognisable fake credentials wherever a real tenant's answer carries real ones.
 */
export function detailedOrder(
  model: JsonObject,
  order: WireOrder,
  stamps: Stamps,
  twist: PaymentTwist | null = null,
): JsonObject {
  const { id, customer, shipping_address, billing_address, orderitem_set: _lines, channel, ...scalars } = order;
  const detail: JsonObject = structuredClone(model);
  const { payment_option: _option, installment: _installment, cargo_company: _cargo, ...plain } = scalars;
  Object.assign(detail, plain, {
    pk: id,
    status_display: STATUS_NAMES[order.status] ?? order.status,
    net_shipping_amount: asJsonNumber(asAmountText(order.net_shipping_amount, order.shipping_amount)),
    cancel_status: cancelStatus(order),
  });
  if (id !== DOCUMENTED_ID) {
    Object.assign(child(detail, 'channel'), { pk: channelId(order), name: channel.name });
    Object.assign(child(detail, 'customer'), expandCustomer(order));
    Object.assign(child(detail, 'shipping_address'), expandAddress(shipping_address, order));
    Object.assign(child(detail, 'billing_address'), expandAddress(billing_address, order));
    describeOthers(detail, order);
    describePayment(detail, order);
  }
  detail.cancellationplan_set = plansOf(order, stamps, twist).map(({ order: _order, ...plan }) => plan);
  fillTransactions(detail, model, { order, stamps, payments: paymentsOf(order, twist) });
  return plantSecrets(detail, id, customer.email);
}

function child(parent: JsonObject, key: string): JsonObject {
  return parent[key] as JsonObject;
}

function cancelStatus(order: WireOrder): string | null {
  const states = order.orderitem_set.map((line) => line.cancel_status);
  if (states.includes('waiting')) return 'waiting';
  return states.length > 0 && states.every((state) => state === 'completed') ? 'completed' : null;
}

function expandCustomer(order: WireOrder): JsonObject {
  const { id, ...texts } = order.customer;
  return {
    pk: id,
    channel: channelId(order),
    ...texts,
    channel_code: `CANARY-CHANNEL-CODE-${id}`,
    erp_code: `CANARY-ERP-CODE-${id}`,
    gender: 'female',
    user_type: 'registered',
    date_of_birth: '1985-04-23',
    attributes: { logged_ip: `203.0.113.${id % 250}` },
  };
}

/** The expanded address keeps the model's geography objects, with the names of the short one. */
function expandAddress(address: JsonObject, order: WireOrder): JsonObject {
  const { country: _country, city: _city, township: _township, district: _district, ...texts } = address;
  return { pk: order.id, ...texts, hash_data: `CANARY-HASH-${order.id}`, customer: expandCustomer(order) };
}

function describePayment(detail: JsonObject, order: WireOrder): void {
  const { pk, name, slug, paymentType } = paymentOptionByPk(order.payment_option);
  Object.assign(child(detail, 'payment_option'), { pk, name, slug, payment_type: paymentType });
  if (pk !== CARD.pk) detail.installment = null;
}

function describeOthers(detail: JsonObject, order: WireOrder): void {
  const dates = { modified_date: order.date_placed, created_date: order.date_placed };
  detail.tracking_url = order.tracking_number && `https://kargo.example.com/?code=CANARY-TRACKING-${order.id}`;
  detail.notes = order.id % 9 === 0 ? `CANARY-ORDER-NOTE-${order.id}` : null;
  detail.mapping = order.is_send
    ? [
        {
          pk: order.id,
          content_type: 40,
          object_id: order.id,
          integration_type: 'external_company',
          code: `E-${order.id}`,
          ...dates,
        },
      ]
    : [];
  const shipping = { pk: order.id, order: order.id, order_number: order.number, shipping_company: 'aras' };
  detail.ordershippinginfo_set = [{ ...shipping, is_send: true, send_request: null, cargo_label: null, ...dates }];
}

/** Every transaction in its set. The shape of a card's is documented; of the others' nothing is, so it is assumed. */
function fillTransactions(
  detail: JsonObject,
  model: JsonObject,
  { order, stamps, payments }: { order: WireOrder; stamps: Stamps; payments: readonly Payment[] },
): void {
  const documented = structuredClone((model.transaction_set as [JsonObject])[0]);
  const card = { ...documented, order: flatOrder(order, stamps) };
  for (const set of TRANSACTION_SETS) detail[set] = [];
  payments.forEach((payment, place) => {
    const shape = payment.set === 'transaction_set' ? card : { order: order.id };
    (detail[payment.set] as JsonObject[]).push({ ...shape, ...writePayment(payment, order, place) });
  });
  for (const [place, set] of TRANSACTION_SETS.entries()) {
    // Every order has something in some sets, so that what is kept of them can be judged on any order.
    const always = set === 'fundstransfertransaction_set' || set === 'loyaltytransaction_set' || order.id % 4 === 0;
    if (!always || (detail[set] as JsonObject[]).length > 0) continue;
    const failed = { set, type: 'purchase', amount: order.amount, succeeded: false, at: order.date_placed } as const;
    detail[set] = [{ order: order.id, ...writePayment(failed, order, 20 + place) }];
  }
  if (order.id === DOCUMENTED_ID) {
    const documentedOrder = { ...child(documented, 'order'), is_send: order.is_send };
    detail.transaction_set = [{ ...documented, order: documentedOrder }];
  }
}

function writePayment(payment: Payment, order: WireOrder, place: number): JsonObject {
  return {
    pk: order.id * 100 + place,
    transaction_type: payment.type,
    transaction_id: `T${order.id}${place}`,
    currency: order.id % 2 === 0 ? order.currency : null,
    is_succeeded: payment.succeeded,
    amount: payment.amount,
    remote_addr: order.remote_addr,
    created_date: payment.at,
    modified_date: payment.at,
  };
}
