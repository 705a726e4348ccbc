import { STATUS_NAMES } from './catalogue.ts';
import { asAmountText } from './money-text.ts';
import type { JsonObject, Stamps, WireLine, WireOrder } from './wire-types.ts';

/** The id of a channel; the order shape of `/api/i1/` does not carry it. */
export function channelId(order: WireOrder): number {
  return order.channel.name === 'Shop' ? 1 : 2;
}

/** An order in the flat v1 shape that a PATCH answers and transactions carry (contract, section 6.11: 47 keys). */
export function flatOrder(order: WireOrder, stamps: Stamps): JsonObject {
  const { id, customer, orderitem_set: _lines, channel: _channel, ...rest } = order;
  return {
    pk: id,
    ...rest,
    channel: channelId(order),
    customer: customer.id,
    shipping_address: id,
    billing_address: id,
    net_shipping_amount: asAmountText(order.net_shipping_amount, order.shipping_amount),
    delivery_type: id % 4 === 0 ? 'standard' : null,
    fundstransfertransaction_set: [],
    client_type: 'default',
    language_code: id % 2 === 0 ? 'tr-tr' : null,
    notes: null,
    delivery_range: null,
    shipping_option_slug: null,
    segment: null,
    modified_date: stamps.modified,
    checkout_provider_id: null,
    created_date: stamps.created,
  };
}

/** A line in the flat v1 shape (contract, section 7.2). */
export function flatLine(line: WireLine, stamps: Stamps): JsonObject {
  const { id, product_sku: _sku, ...rest } = line;
  return {
    pk: id,
    ...rest,
    product: 40_000 + (id % 900),
    is_tradable: false,
    datasource: null,
    cancellation_reconciliation: null,
    reconciliation: null,
    forced_refund: null,
    original_stock: null,
    shipping_option_group: null,
    localized_attributes: {},
    localized_attributes_kwargs: {},
    defined_tracking_url: null,
    parent: null,
    shipped_date: null,
    delivered_date: null,
    estimated_delivery_date: null,
    modified_date: stamps.modified,
    created_date: stamps.created,
  };
}

/** A line as `order_item/detailed_integration` answers it: product and lists as objects (contract, section 7.1). */
export function detailedLine(line: WireLine, stamps: Stamps, order: WireOrder): JsonObject {
  const dates = { modified_date: order.date_placed, created_date: order.date_placed };
  return {
    ...flatLine(line, stamps),
    product: { pk: 40_000 + (line.id % 900), name: 'Pamuklu Tişört', sku: line.product_sku, ...dates },
    price_list: { pk: line.price_list, code: 'liste', name: 'Fiyat listesi', currency: line.price_currency, ...dates },
    stock_list: { pk: line.stock_list, code: null, name: 'Stok listesi', ...dates },
    status_display: STATUS_NAMES[line.status] ?? line.status,
  };
}
