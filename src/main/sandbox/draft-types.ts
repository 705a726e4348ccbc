import type { SandboxCurrency } from './catalogue.ts';

/** What may be wrong with an invoice: the form of its number, the year in it, its date, its link. */
export type InvoiceFlaw = 'longer' | 'divided' | 'other-year' | 'early' | 'future' | 'unlinked' | 'unencrypted';

/** An invoice by the order that owns its number, and the variant of that number. */
export interface InvoiceReference {
  owner: number;
  variant: number;
  /** The other order that carries the number: the invoice is dated when the later of both is invoiced. */
  partner?: number;
  flaw?: InvoiceFlaw;
}

/** What has been paid back: nothing, the value of some lines, everything, or the shipping alone. */
export type Refund = 'none' | 'lines' | 'all' | 'shipping';

/** A line as decided; money in whole numbers of the smallest printed unit. */
export interface DraftLine {
  /** 1 to 5; makes the line's id. */
  position: number;
  status: string;
  currency: SandboxCurrency;
  /** For the whole line, whatever its quantity. */
  price: number;
  discount: number;
  interest: number;
  /** In per cent, as printed; null = one of the rates in force. */
  taxRate: string | null;
  /** More than 1 for a merged line. */
  quantity: number;
  cancelStatus: string | null;
  /** Whether the line's value has been paid back. */
  refunded: boolean;
  invoice: InvoiceReference | null;
}

/** An order as decided, before it is written out; money in whole numbers of the smallest printed unit. */
export interface DraftOrder {
  index: number;
  status: string;
  currency: SandboxCurrency;
  lines: DraftLine[];
  isSend: boolean;
  refund: Refund;
  shipping: number;
  shippingInterest: number;
  netShipping: number;
  discount: number;
  interest: number;
  amount: number;
  refundAmount: number;
  discountRefund: number;
  shippingRefund: number;
  /** The order-level invoice; null for none. */
  invoice: InvoiceReference | null;
}
