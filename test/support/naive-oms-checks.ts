import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import type { NaiveFinding } from './naive-checks.ts';

/** What the checks look at of an order as OMS serves it. */
export interface ServedOmsOrder {
  id: number;
  omnitron_id: number;
  number: string;
  state: { enum_value: string };
  orderitem_set: { omnitron_id: number; price: string; price_currency: string }[];
}
/** An invoice as OMS serves it; one that is not as documented may have a `number` of another kind, and no order. */
export interface ServedOmsInvoice {
  order?: number;
  number: unknown;
  invoice_type: string;
}

const FULFILLED = ['400', '450', '500', '510', '520', '540', '544', '545', '550'];

/**
 * What the checks that compare with OMS must find, as plainly as possible: an opinion of its own. For orders whose lines
 * OMS names by id, which were placed long before it was read and have not changed since. Invoices that cannot be read say
 * nothing, and while there is one, the order that it names, or any order where it names none, may have a return invoice.
 */
export function naiveOmsFindings(
  orders: readonly WireOrder[],
  omsOrders: readonly ServedOmsOrder[],
  omsInvoices: readonly ServedOmsInvoice[],
): NaiveFinding[] {
  const found: NaiveFinding[] = [];
  const readable = omsInvoices.filter(({ number }) => typeof number === 'string');
  const doubtful = omsInvoices.filter(({ number }) => typeof number !== 'string').map(({ order }) => order);
  const byOrder = new Map(omsOrders.map((row) => [`${row.omnitron_id} ${row.number}`, row]));
  for (const order of orders) {
    const oms = byOrder.get(`${order.id} ${order.number}`);
    const invoices = readable.filter(({ order: id }) => id === oms?.id);
    const inDoubt = doubtful.some((id) => id === undefined || id === oms?.id);
    const checks = oms === undefined ? missingChecks(order) : comparedChecks(order, oms, { invoices, inDoubt });
    found.push(...checks.map((check): NaiveFinding => `${check} ${order.id}`));
  }
  return found.sort();
}

function missingChecks({ status }: WireOrder): string[] {
  return FULFILLED.includes(status) ? ['oms.missing'] : [];
}

function comparedChecks(
  order: WireOrder,
  oms: ServedOmsOrder,
  { invoices, inDoubt }: { invoices: readonly ServedOmsInvoice[]; inDoubt: boolean },
): string[] {
  const checks: string[] = [];
  const lines = order.orderitem_set;
  if (oms.state.enum_value !== order.status) checks.push('oms.state');
  const theirs = new Map(oms.orderitem_set.map((line) => [line.omnitron_id, line]));
  const ours = new Set(lines.map(({ id }) => id));
  if (lines.some(({ id }) => !theirs.has(id)) || [...theirs.keys()].some((id) => !ours.has(id))) {
    checks.push('oms.line-count');
  }
  const priced = lines.some((line) => {
    const other = theirs.get(line.id);
    return other !== undefined && (other.price !== line.price || other.price_currency !== line.price_currency);
  });
  if (priced) checks.push('oms.line-price');
  const numbers = new Set<unknown>([order, ...lines].map((place) => place.invoice_number).filter(Boolean));
  const sales = invoices.filter(({ invoice_type }) => invoice_type === 'purchased');
  if (sales.some(({ number }) => !numbers.has(number))) checks.push('oms.invoice');
  const back = lines.some((line) => line.status === '600' || line.cancel_status === 'completed');
  const refunded = back || Number(order.refund_amount) > 0;
  if (!inDoubt && refunded && numbers.size > 0 && invoices.length > 0 && invoices.length === sales.length) {
    checks.push('invoice.refund-without-return-invoice');
  }
  return checks;
}
