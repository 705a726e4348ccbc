import { STATUS_NAMES } from './catalogue.ts';
import { channelId } from './flat.ts';
import { parseAmount, printAmount } from './money-text.ts';
import type { OmsDifference } from './oms-planting.ts';
import { paymentOptionByPk } from './payment-options.ts';
import { SECRET_MARK } from './secrets.ts';
import type { JsonObject, Stamps, WireLine, WireOrder } from './wire-types.ts';
import { lineId } from './write-order.ts';

/** OMS counts for itself: none of its ids is an id of Omnitron's. */
const OWN_IDS = 100_000_000;

/** The position of a line that only OMS has. */
const STRANGE_POSITION = 9;

/** The id of an order in OMS. */
export function omsOrderId(orderId: number): number {
  return OWN_IDS + orderId;
}

/**
 * An order as OMS answers it (contract, section 15): the documented one, filled with the order's own values, telling
 * differently what is planted. It knows no amount of an order, and of a line the price before its discount.
 */
export function writeOmsOrder(
  model: JsonObject,
  order: WireOrder,
  stamps: Stamps,
  difference: OmsDifference | null,
): JsonObject {
  const id = omsOrderId(order.id);
  const customer = writeCustomer(order);
  const dates = { created_date: stamps.created, modified_date: stamps.modified };
  const lineModel = (model.orderitem_set as [JsonObject])[0];
  return withChannelSecrets({
    ...model,
    id,
    state: writeState(difference === 'state' ? otherStatus(order.status) : order.status, 2),
    orderitem_set: omsLines(order, difference).map((line) => writeLine(lineModel, line, id, dates)),
    customer,
    shipping_address: writeAddress(model.shipping_address, order.shipping_address, customer, order.id),
    billing_address: writeAddress(model.billing_address, order.billing_address, customer, order.id),
    channel: {
      ...(model.channel as JsonObject),
      id: channelId(order),
      omnitron_id: channelId(order),
      name: order.channel.name,
    },
    payment_type: paymentOptionByPk(order.payment_option).paymentType,
    ...dates,
    omnitron_id: order.id,
    number: order.number,
    date_placed: order.date_placed,
    tracking_number: order.tracking_number,
    has_gift_box: order.has_gift_box,
    gift_box_note: order.gift_box_note,
    cargo_company: order.cargo_company,
  });
}

/** The OMS order with recognisable fakes where a real answer carries the channel's credentials. Copies what it changes. */
export function withChannelSecrets(oms: JsonObject): JsonObject {
  const channel = oms.channel as JsonObject;
  const secret = (place: string) => `${SECRET_MARK}-oms-${place}-${oms.omnitron_id}`;
  const configuration = {
    ...(channel.configuration as JsonObject),
    username: secret('username'),
    password: secret('password'),
    auth_token: secret('token'),
  };
  return { ...oms, channel: { ...channel, configuration } };
}

function otherStatus(status: string): string {
  return status === '550' ? '500' : '550';
}

/** The lines as OMS knows them: a planted price is one unit higher, a planted count one line lower or, of one, higher. */
function omsLines(order: WireOrder, difference: OmsDifference | null): WireLine[] {
  const lines = order.orderitem_set;
  const [first] = lines;
  if (first === undefined) return [];
  if (difference === 'line-price') {
    const { units, places } = parseAmount(first.price);
    return [{ ...first, price: printAmount(units + 10n ** BigInt(places), places) }, ...lines.slice(1)];
  }
  if (difference !== 'line-count') return lines;
  return lines.length > 1 ? lines.slice(1) : [first, { ...first, id: lineId(order.id, STRANGE_POSITION) }];
}

function writeLine(model: JsonObject, line: WireLine, omsId: number, dates: JsonObject): JsonObject {
  return {
    ...model,
    id: OWN_IDS + line.id,
    state: writeState(line.status, 3),
    product: { ...(model.product as JsonObject), sku: line.product_sku },
    ...dates,
    omnitron_id: line.id,
    net_amount: line.price,
    price: line.price,
    price_currency: line.price_currency,
    retail_price: line.retail_price,
    tax_rate: line.tax_rate,
    // The documented line has none; what stands there otherwise is assumed: the tax that the price includes.
    tax_amount: line.id % 3 === 0 ? null : includedTax(line.price, line.tax_rate),
    discount_amount: line.discount_amount,
    installment_interest_amount: line.id % 3 === 0 ? null : line.installment_interest_amount,
    attributes: line.attributes,
    attributes_kwargs: line.attributes_kwargs,
    order: omsId,
  };
}

/** The tax in a price that includes it, rounded half up. */
function includedTax(price: string, rate: string): string {
  const { units, places } = parseAmount(price);
  const percent = parseAmount(rate);
  const whole = 100n * 10n ** BigInt(percent.places) + percent.units;
  return printAmount((2n * units * percent.units + whole) / (2n * whole), places);
}

function writeState(status: string, contentType: number): JsonObject {
  const name = (STATUS_NAMES[status] ?? status).replaceAll('_', ' ');
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  return {
    id: (contentType - 1) * 1_000 + (Number(status) || 0),
    created_date: '2021-06-30T14:43:26.601899Z',
    modified_date: '2022-10-14T10:39:33.629710Z',
    translations: { 'en-us': { name: title } },
    name: title,
    config: {},
    enum_class: 'OrderStatus',
    enum_value: status,
    content_type: contentType,
  };
}

function writeCustomer(order: WireOrder): JsonObject {
  const { id, ...texts } = order.customer;
  return { ...texts, erp_code: `CANARY-ERP-CODE-${id}`, pk: id, channel: channelId(order) };
}

/** The address keeps the documented geography, with the coordinates that go with it. */
function writeAddress(model: unknown, address: JsonObject, customer: JsonObject, orderId: number): JsonObject {
  const { country: _country, city: _city, township: _township, district: _district, ...texts } = address;
  return { ...(model as JsonObject), ...texts, id: OWN_IDS + orderId, omnitron_id: orderId, customer };
}
