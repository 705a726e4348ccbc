import type { Micros } from '../../shared/money.ts';
import { statusCode } from '../../shared/statuses.ts';
import type { WireOmsInvoice, WireOmsLine, WireOmsOrder } from './wire-oms.ts';

/** An order of OMS as it leaves the parser: only fields of the allow-list. */
export interface MappedOmsOrder {
  /** OMS's own. */
  id: number;
  /** Omnitron's id of the order, where OMS names it. */
  omnitronId: number | null;
  number: string;
  /** A status code; see shared/statuses.ts. */
  state: string;
  /** Ascending by id. */
  lines: MappedOmsLine[];
}

export interface MappedOmsLine {
  id: number;
  omnitronId: number | null;
  sku: string;
  state: string;
  currency: string;
  price: Micros;
  netAmount: Micros | null;
  retailPrice: Micros | null;
  discountAmount: Micros | null;
  taxRate: Micros | null;
}

export interface MappedOmsInvoice {
  id: number;
  /** OMS's id of the order. */
  orderId: number;
  number: string | null;
  type: string | null;
  status: string | null;
}

function mapLine(line: WireOmsLine): MappedOmsLine {
  return {
    id: line.id,
    omnitronId: line.omnitron_id ?? null,
    sku: line.product.sku,
    state: statusCode(line.state),
    currency: line.price_currency,
    price: line.price,
    netAmount: line.net_amount,
    retailPrice: line.retail_price,
    discountAmount: line.discount_amount,
    taxRate: line.tax_rate,
  };
}

/** Takes the allow-listed fields of an order over, each by name. */
export function mapOmsOrder(order: WireOmsOrder): MappedOmsOrder {
  return {
    id: order.id,
    omnitronId: order.omnitron_id ?? null,
    number: order.number,
    state: statusCode(order.state),
    lines: order.orderitem_set.map(mapLine).sort((a, b) => a.id - b.id),
  };
}

/** Takes the allow-listed fields of an invoice over, each by name. */
export function mapOmsInvoice(invoice: WireOmsInvoice): MappedOmsInvoice {
  return {
    id: invoice.id,
    orderId: invoice.order,
    number: invoice.number || null,
    type: invoice.invoice_type || null,
    status: invoice.status || null,
  };
}
