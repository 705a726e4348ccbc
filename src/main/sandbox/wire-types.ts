/** Any JSON object whose keys the sandbox does not look into. */
export type JsonObject = Record<string, unknown>;

/** When an order was created and last modified, as the server prints it. */
export interface Stamps {
  created: string;
  modified: string;
}

export interface WireCustomer {
  id: number;
  email: string;
  first_name: string;
  last_name: string;
  phone_number: string | null;
}

/** An order line in the shape of `/api/i1/`: the 25 keys of contract section 3.2, in the order of the samples. */
export interface WireLine {
  id: number;
  order: number;
  product_sku: string;
  status: string;
  price_currency: string;
  price: string;
  tax_rate: string;
  extra_field: JsonObject;
  price_list: number;
  stock_list: number;
  cancel_status: string | null;
  invoice_number: string | null;
  invoice_date: string | null;
  e_archive_url: string | null;
  installment_interest_amount: string;
  tracking_number: string | null;
  carrier_shipping_code: string | null;
  shipping_company: string | null;
  shipment_code: string | null;
  external_status: number | null;
  discount_amount: string;
  retail_price: string | null;
  attributes: JsonObject;
  attributes_kwargs: JsonObject;
  image: string | null;
}

/** An order in the shape of `/api/i1/` (contract section 3.1), in the order of the samples. */
export interface WireOrder {
  id: number;
  number: string;
  status: string;
  date_placed: string;
  customer: WireCustomer;
  shipping_address: JsonObject;
  billing_address: JsonObject;
  currency: string;
  amount: string;
  shipping_amount: string;
  shipping_tax_rate: string | null;
  extra_field: JsonObject;
  payment_option: number;
  payment_option_slug: string;
  bin_number: string | null;
  installment: number | null;
  installment_count: number;
  installment_interest_amount: string;
  cargo_company: number;
  invoice_number: string | null;
  invoice_date: string | null;
  e_archive_url: string | null;
  refund_amount: string;
  discount_refund_amount: string;
  shipping_refund_amount: string;
  discount_amount: string;
  is_send: boolean;
  /** A number or a text: the samples have 7, 8.5 and "8.50". */
  net_shipping_amount: number | string;
  shipping_interest_amount: string;
  tracking_number: string | null;
  carrier_shipping_code: string | null;
  remote_addr: string | null;
  has_gift_box: boolean;
  gift_box_note: string | null;
  external_status: number | null;
  orderitem_set: WireLine[];
  channel: { name: string; conf: { server: string } };
}
