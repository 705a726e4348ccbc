import type { ExtraFieldName, FieldValue } from '../../shared/corrections.ts';
import type { Micros } from '../../shared/money.ts';

/**
 * An order as it leaves the parser: only fields of the allow-list. Names, addresses, card digits, IP addresses, free
 * JSON and credentials are not here and so cannot be stored, logged or shown.
 */
export interface MappedOrder {
  id: number;
  number: string;
  channel: string | null;
  /** Status code; see shared/statuses.ts. */
  status: string;
  /** UTC text as received. */
  datePlaced: string;
  datePlacedMs: number;
  currency: string;
  amount: Micros;
  shippingAmount: Micros | null;
  netShippingAmount: Micros | null;
  discountAmount: Micros | null;
  installmentInterestAmount: Micros | null;
  shippingInterestAmount: Micros | null;
  refundAmount: Micros | null;
  discountRefundAmount: Micros | null;
  shippingRefundAmount: Micros | null;
  /** The "sent to ERP" flag, `is_send`. */
  sent: boolean;
  invoiceNumber: string | null;
  invoiceDate: string | null;
  eArchiveUrl: string | null;
  paymentOption: string | null;
  installmentCount: number | null;
  trackingNumber: string | null;
  /** Ascending by id, however the server ordered them. */
  lines: MappedLine[];
}

export interface MappedLine {
  id: number;
  sku: string;
  status: string;
  currency: string;
  price: Micros;
  taxRate: Micros | null;
  discountAmount: Micros | null;
  installmentInterestAmount: Micros | null;
  /** Units of a merged line: the tenant's quantity attribute, where it is a positive whole number. */
  quantity: number | null;
  cancelStatus: string | null;
  invoiceNumber: string | null;
  invoiceDate: string | null;
  eArchiveUrl: string | null;
  trackingNumber: string | null;
  shippingCompany: string | null;
}

/** A row of a page that is not the contract's order: where and what kind of fault, never the value. */
export interface BadRow {
  /** Omnitron's id where the row has a usable one. */
  id: number | null;
  /** Path inside the row, like `orderitem_set.0.price`. */
  path: string;
  code: string;
}

/** A page of orders after parsing. Rows keep the server's order. */
export interface ParsedPage {
  count: number;
  hasNext: boolean;
  rows: ({ ok: true; order: MappedOrder } | { ok: false; bad: BadRow })[];
}

/**
 * The correctable fields as a reading shows them. Undefined = the reading does not carry the field. Of `extra_field` only
 * the keys that were asked for, `null` for one that the object does not have; numbers in it are the text of their literal.
 */
export interface ParsedFields {
  id: number;
  is_send?: boolean;
  invoice_number?: string | null;
  invoice_date?: string | null;
  e_archive_url?: string | null;
  tracking_number?: string | null;
  shipping_company?: string | null;
  /** The code, also where the answer has the name. */
  status?: string;
  cancel_status?: string | null;
  [extra: ExtraFieldName]: FieldValue;
}
