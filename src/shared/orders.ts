import { z } from 'zod';
import { correctionRow } from './corrections.ts';
import { checkCode, findingSchema } from './findings.ts';
import { amountText, currencyCode, instantText, omnitronId, periodSchema } from './primitives.ts';
import { amountFormula } from './rules.ts';

export const orderFilter = z.strictObject({
  period: periodSchema,
  /** Status codes; empty = every status. */
  statuses: z.array(z.string().max(32)).max(100),
  /** Lower-case currency codes; empty = every currency. */
  currencies: z.array(currencyCode).max(100),
  /** The "sent to ERP" flag; null = both. */
  sent: z.boolean().nullable(),
  /** Only orders with at least one finding (of any check). */
  withFindings: z.boolean(),
  /** Only orders with a finding of this check; null = not asked. */
  check: checkCode.nullable(),
  /** Looked for in order number, invoice numbers, SKUs and channel. */
  text: z.string().max(100),
});
export type OrderFilter = z.infer<typeof orderFilter>;

/** The filter that lets every order through. */
export const NO_ORDER_FILTER: OrderFilter = {
  period: { from: null, to: null },
  statuses: [],
  currencies: [],
  sent: null,
  withFindings: false,
  check: null,
  text: '',
};

export const ORDER_SORT_COLUMNS = [
  'datePlaced',
  'number',
  'channel',
  'status',
  'currency',
  'amount',
  'refund',
  'sent',
  'invoice',
] as const;
export const orderSort = z.strictObject({
  column: z.enum(ORDER_SORT_COLUMNS),
  direction: z.enum(['asc', 'desc']),
});
export type OrderSort = z.infer<typeof orderSort>;

/** A row of the order grid. Values are the server's; `pending` lies over them. */
export const orderRow = z.strictObject({
  id: omnitronId,
  number: z.string(),
  channel: z.string().nullable(),
  status: z.string(),
  datePlaced: instantText,
  currency: currencyCode,
  amount: amountText,
  refund: amountText.nullable(),
  discount: amountText.nullable(),
  shipping: amountText.nullable(),
  sent: z.boolean(),
  invoiceNumber: z.string().nullable(),
  lines: z.number().int(),
  findings: z.number().int(),
  worst: z.enum(['error', 'warning']).nullable(),
  /** True when a queued correction will set the sent flag; the row then shows "sent" as pending. */
  pendingSent: z.boolean(),
  /** How many corrections of this order and its lines are not applied yet (conflicts and rejections included). */
  pending: z.number().int(),
});
export type OrderRow = z.infer<typeof orderRow>;

/** Orders ticked in the grid: some ids, or everything the filter lets through but some. */
export const orderSelection = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('ids'), ids: z.array(omnitronId).max(10_000) }),
  z.strictObject({ mode: z.literal('all'), except: z.array(omnitronId).max(10_000) }),
]);
export type OrderSelection = z.infer<typeof orderSelection>;

/** Count and sums of orders in one currency. */
export const currencyTotals = z.strictObject({
  currency: currencyCode,
  orders: z.number().int(),
  amount: amountText,
  refund: amountText,
});
export type CurrencyTotals = z.infer<typeof currencyTotals>;

/** The four totals under the grid. `all` = the period, `filtered` = period and filters, `unselected` = filtered − selected. */
export const orderTotals = z.strictObject({
  all: z.array(currencyTotals),
  filtered: z.array(currencyTotals),
  selected: z.array(currencyTotals),
  unselected: z.array(currencyTotals),
});
export type OrderTotals = z.infer<typeof orderTotals>;

/** Values that occur, for the filter lists, most frequent first. */
export const orderFacets = z.strictObject({
  statuses: z.array(z.strictObject({ value: z.string(), orders: z.number().int() })),
  currencies: z.array(z.strictObject({ value: z.string(), orders: z.number().int() })),
  firstDate: instantText.nullable(),
  lastDate: instantText.nullable(),
});
export type OrderFacets = z.infer<typeof orderFacets>;

export const orderLine = z.strictObject({
  id: omnitronId,
  sku: z.string(),
  status: z.string(),
  currency: currencyCode,
  price: amountText,
  taxRate: amountText.nullable(),
  discount: amountText.nullable(),
  interest: amountText.nullable(),
  /** Units of a merged line where the tenant's quantity attribute is present; null = not given. */
  quantity: z.number().int().positive().nullable(),
  cancelStatus: z.string().nullable(),
  invoiceNumber: z.string().nullable(),
  /** As received; show its UTC calendar day, unshifted. */
  invoiceDate: instantText.nullable(),
  eArchiveUrl: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  shippingCompany: z.string().nullable(),
});
export type OrderLine = z.infer<typeof orderLine>;

/**
 * The order's amounts as a sum that foots: lines + shipping − discount + interests = expected, beside `amount`. What the
 * formula says to be in the prices already stands there, but does not count.
 */
export const orderFooting = z.strictObject({
  formula: amountFormula,
  /** By the formula: merged lines at their price, or at their price for each unit; null where that is no amount. */
  linesTotal: amountText.nullable(),
  shipping: amountText.nullable(),
  discount: amountText.nullable(),
  installmentInterest: amountText.nullable(),
  shippingInterest: amountText.nullable(),
  /** Null where the sum cannot be formed: a component is missing or a line is in another currency. */
  expected: amountText.nullable(),
  amount: amountText,
  /** expected − amount. */
  difference: amountText.nullable(),
});

export const orderDetail = z.strictObject({
  id: omnitronId,
  number: z.string(),
  channel: z.string().nullable(),
  status: z.string(),
  datePlaced: instantText,
  currency: currencyCode,
  sent: z.boolean(),
  invoiceNumber: z.string().nullable(),
  invoiceDate: instantText.nullable(),
  eArchiveUrl: z.string().nullable(),
  refund: amountText.nullable(),
  discountRefund: amountText.nullable(),
  shippingRefund: amountText.nullable(),
  netShipping: amountText.nullable(),
  paymentOption: z.string().nullable(),
  installmentCount: z.number().int().nullable(),
  trackingNumber: z.string().nullable(),
  /** When this row was last read from Omnitron, and how often its content has changed since it was first seen. */
  readAt: instantText,
  version: z.number().int(),
  /** When a complete pass no longer met it at Omnitron; null = it is there. */
  vanishedAt: instantText.nullable(),
  footing: orderFooting,
  lines: z.array(orderLine),
  findings: z.array(findingSchema),
  corrections: z.array(correctionRow),
});
export type OrderDetail = z.infer<typeof orderDetail>;
