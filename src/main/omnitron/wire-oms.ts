import { z } from 'zod';
import { currency, idText, money, optionalMoney, requiredText } from './wire.ts';
import { optionalCode } from './wire-payments.ts';

/*
 * Wire shapes of OMS (contract, section 15). Its list of orders carries the credentials of the sales channel, customers,
 * addresses with their coordinates and commands: every key that is not named here is dropped unread.
 */

const optionalId = idText.nullish();

/** OMS writes a state as an object; the code is Omnitron's. */
const state = z.object({ enum_value: requiredText }).transform(({ enum_value }) => enum_value);

const wireOmsLine = z.object({
  id: idText,
  omnitron_id: optionalId,
  state,
  product: z.object({ sku: z.string() }),
  price_currency: currency,
  price: money,
  net_amount: optionalMoney,
  retail_price: optionalMoney,
  discount_amount: optionalMoney,
  tax_rate: optionalMoney,
});
export type WireOmsLine = z.infer<typeof wireOmsLine>;

/** An order as `/api/v1/oms/orders/` writes it. */
export const wireOmsOrder = z.object({
  id: idText,
  omnitron_id: optionalId,
  number: requiredText,
  state,
  orderitem_set: z.array(wireOmsLine),
});
export type WireOmsOrder = z.infer<typeof wireOmsOrder>;

/** An invoice as `/api/v1/oms/invoices/` writes it; `order` is the id of an OMS order. */
export const wireOmsInvoice = z.object({
  id: idText,
  order: idText,
  number: z.string().nullish(),
  invoice_type: optionalCode,
  status: optionalCode,
});
export type WireOmsInvoice = z.infer<typeof wireOmsInvoice>;
