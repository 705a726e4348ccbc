/** A line as `/api/i1` writes it; a plain one with nothing wrong. */
export function wireLine(id: number, given: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    order: 1,
    product_sku: `SKU-${id}`,
    status: '550',
    price_currency: 'try',
    price: '100.00',
    tax_rate: '20.00',
    extra_field: {},
    price_list: 1,
    stock_list: 1,
    cancel_status: null,
    invoice_number: 'ABC2026000000001',
    invoice_date: '2026-01-06T00:00:00Z',
    e_archive_url: 'https://earsiv.example.com/1',
    installment_interest_amount: '0.00',
    tracking_number: null,
    carrier_shipping_code: null,
    shipping_company: null,
    shipment_code: null,
    external_status: null,
    discount_amount: '0.00',
    retail_price: null,
    attributes: {},
    attributes_kwargs: {},
    image: null,
    ...given,
  };
}

/** An order as `/api/i1` writes it: one line of 100.00 and 7.00 shipping, delivered, invoiced and sent. */
export function wireOrder(id: number, given: Record<string, unknown> = {}): Record<string, unknown> {
  const invoice = `ABC2026${String(id).padStart(9, '0')}`;
  return {
    id,
    number: `N${id}`,
    status: '550',
    date_placed: '2026-01-05T10:00:00.123456Z',
    customer: { id: 1, email: 'canary@example.com', first_name: 'Canary', last_name: 'Name', phone_number: null },
    currency: 'try',
    amount: '107.00',
    shipping_amount: '7.00',
    shipping_tax_rate: null,
    extra_field: {},
    payment_option: 2,
    payment_option_slug: 'credit_card',
    bin_number: null,
    installment: null,
    installment_count: 1,
    installment_interest_amount: '0.00',
    cargo_company: 1,
    invoice_number: invoice,
    invoice_date: null,
    e_archive_url: 'https://earsiv.example.com/1',
    refund_amount: '0.00',
    discount_refund_amount: '0.00',
    shipping_refund_amount: '0.00',
    discount_amount: '0.00',
    is_send: true,
    net_shipping_amount: 7,
    shipping_interest_amount: '0.00',
    tracking_number: null,
    carrier_shipping_code: null,
    remote_addr: null,
    has_gift_box: false,
    gift_box_note: null,
    external_status: null,
    orderitem_set: [wireLine(id * 10, { order: id, invoice_number: invoice })],
    channel: { name: 'Shop', conf: { server: 'https://shop.example.com' } },
    ...given,
  };
}

/** A page of the orders list as bytes. */
export function wirePage(orders: readonly unknown[], given: { count?: number; next?: string | null } = {}): Uint8Array {
  const { count = orders.length, next = null } = given;
  return new TextEncoder().encode(JSON.stringify({ count, next, previous: null, results: orders }));
}
