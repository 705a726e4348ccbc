import { z } from 'zod';
import type { OrderDetail, OrderLine } from './orders.ts';
import { amountText, currencyCode, instantText, omnitronId } from './primitives.ts';

/** A line as OMS has it. `id` is OMS's own; `omnitronId` is the id of Omnitron's line where OMS names it. */
export const omsLine = z.strictObject({
  id: omnitronId,
  omnitronId: omnitronId.nullable(),
  sku: z.string(),
  state: z.string(),
  currency: currencyCode,
  price: amountText,
  netAmount: amountText.nullable(),
  retailPrice: amountText.nullable(),
  discount: amountText.nullable(),
  taxRate: amountText.nullable(),
});
export type OmsLine = z.infer<typeof omsLine>;

/** An invoice as OMS has it; type and status as it writes them. */
export const omsInvoice = z.strictObject({
  id: omnitronId,
  number: z.string().nullable(),
  type: z.string().nullable(),
  status: z.string().nullable(),
});
export type OmsInvoice = z.infer<typeof omsInvoice>;

/** An order as OMS has it. It knows no amount of an order, only those of its lines (contract, section 15). */
export const omsOrder = z.strictObject({
  id: omnitronId,
  omnitronId: omnitronId.nullable(),
  number: z.string(),
  /** One of Omnitron's status codes. */
  state: z.string(),
  lines: z.array(omsLine),
  invoices: z.array(omsInvoice),
  /** When it was last read. */
  readAt: instantText,
  /** When a complete reading did not meet it any more; null = it is there. */
  vanishedAt: instantText.nullable(),
});
export type OmsOrder = z.infer<typeof omsOrder>;

/** What is held of an order in OMS. `readAt` = when the last complete reading of OMS ended; null = there was none. */
export const omsAnswer = z.strictObject({ order: omsOrder.nullable(), readAt: instantText.nullable() });
export type OmsAnswer = z.infer<typeof omsAnswer>;

/** The outcome of reading OMS after a run. Counts are of orders, where nothing else is said, and, but for `orders`, of this reading. */
export const omsSummary = z.strictObject({
  complete: z.boolean(),
  /** Orders held of OMS, vanished ones not counted; null where the reading did not get so far. */
  orders: z.number().int().nullable(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  /** Rows of orders and of invoices that were set aside. */
  quarantined: z.number().int(),
  /** Held orders that a complete reading did not meet any more; 0 where it cannot know. */
  notSeen: z.number().int(),
  /** Requests to OMS, for its orders and its invoices; those to Omnitron are counted by the run. */
  requests: z.number().int(),
  /** How many orders OMS says it has; null where it was not reached. */
  remoteCount: z.number().int().nullable(),
  /** Invoices that OMS says it has; null where it serves none, or they were not read. */
  invoices: z.number().int().nullable(),
  /** Why the reading is incomplete; absent when it is complete. */
  problem: z.strictObject({ code: z.string(), message: z.string() }).optional(),
});
export type OmsSummary = z.infer<typeof omsSummary>;

/** In what a line differs; `onlyOmnitron` and `onlyOms`: the other side has no such line. */
export type OmsLineDifference = 'onlyOmnitron' | 'onlyOms' | 'state' | 'price' | 'discount';

/** A line on both sides, or on one. */
export interface OmsLinePair {
  omnitron: OrderLine | null;
  oms: OmsLine | null;
  differs: OmsLineDifference[];
}

/** The type of an invoice that bills a sale: the only one that is documented (contract, section 15). */
export const OMS_SALE_INVOICE = 'purchased';

/** Whether an invoice takes back what another one billed. Assumed of every type but the documented one; none = a sale. */
export function isReturnInvoice({ type }: Pick<OmsInvoice, 'type'>): boolean {
  return type !== null && type !== '' && type.toLowerCase() !== OMS_SALE_INVOICE;
}

/** Omnitron's order beside that of OMS. */
export interface BesideOms {
  stateDiffers: boolean;
  lines: OmsLinePair[];
  /** Invoice numbers of sales in OMS that neither the order nor a line of it has in Omnitron. */
  strangeInvoices: string[];
  /** How many things differ: the state, lines, invoice numbers. */
  differences: number;
}

/**
 * Compares an order with what OMS has of it. Lines belong together by the id that OMS names; those that it names none
 * for, or an unknown one, by article number in the order of their ids. Where OMS gives no discount, none is compared.
 */
export function besideOms(
  order: Pick<OrderDetail, 'status' | 'invoiceNumber' | 'lines'>,
  oms: Pick<OmsOrder, 'state' | 'lines' | 'invoices'>,
): BesideOms {
  const lines = besideOmsLines(order.lines, oms.lines).map((pair) => ({ ...pair, differs: differencesOf(pair) }));
  const known = new Set([order.invoiceNumber, ...order.lines.map(({ invoiceNumber }) => invoiceNumber)]);
  const sales = oms.invoices.filter((invoice) => !isReturnInvoice(invoice));
  const numbers = sales.flatMap(({ number }) => (number === null || number === '' ? [] : [number]));
  const strangeInvoices = [...new Set(numbers)].filter((number) => !known.has(number));
  const stateDiffers = order.status !== oms.state;
  const differing = lines.filter(({ differs }) => differs.length > 0).length;
  return {
    stateDiffers,
    lines,
    strangeInvoices,
    differences: (stateDiffers ? 1 : 0) + differing + strangeInvoices.length,
  };
}

type Pair = Omit<OmsLinePair, 'differs'>;

/** What tells which line is which. */
type Ours = Pick<OrderLine, 'id' | 'sku'>;
type Theirs = Pick<OmsLine, 'omnitronId' | 'sku'>;

/** Puts the lines of both sides together, as {@link besideOms} says; both lists in the order of their ids. */
export function besideOmsLines<A extends Ours, B extends Theirs>(
  ours: readonly A[],
  theirs: readonly B[],
): { omnitron: A | null; oms: B | null }[] {
  const left = new Set(theirs);
  const taken = new Map<number, B>();
  const take = (line: A, fits: (oms: B) => boolean): void => {
    if (taken.has(line.id)) return;
    const found = [...left].find(fits);
    if (found === undefined) return;
    left.delete(found);
    taken.set(line.id, found);
  };
  const ids = new Set(ours.map(({ id }) => id));
  for (const line of ours) take(line, (oms) => oms.omnitronId === line.id);
  for (const line of ours) take(line, (oms) => !isKnown(ids, oms) && oms.sku === line.sku);
  return [
    ...ours.map((omnitron) => ({ omnitron, oms: taken.get(omnitron.id) ?? null })),
    ...[...left].map((oms) => ({ omnitron: null, oms })),
  ];
}

/** A line that names another line of the order stands for that one and no other. */
function isKnown(ids: ReadonlySet<number>, { omnitronId: id }: Theirs): boolean {
  return id !== null && ids.has(id);
}

function differencesOf({ omnitron, oms }: Pair): OmsLineDifference[] {
  if (omnitron === null) return ['onlyOms'];
  if (oms === null) return ['onlyOmnitron'];
  const sameCurrency = omnitron.currency === oms.currency;
  const found: OmsLineDifference[] = [];
  if (omnitron.status !== oms.state) found.push('state');
  if (!sameCurrency || omnitron.price !== oms.price) found.push('price');
  const discounts = omnitron.discount !== null && oms.discount !== null;
  if (discounts && sameCurrency && omnitron.discount !== oms.discount) found.push('discount');
  return found;
}
