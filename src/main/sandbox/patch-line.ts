import { CANCEL_STATUSES, SHIPPING_COMPANIES, STATUS_NAMES } from './catalogue.ts';
import {
  choiceField,
  type FieldResult,
  instantField,
  isObject,
  objectField,
  textField,
  urlField,
} from './patch-fields.ts';
import { detailError, type Reply } from './reply.ts';
import type { JsonObject, WireLine } from './wire-types.ts';

/** How long texts may be. 256 for tracking numbers is what a public client accepts; the others are assumed. */
const LONGEST = { invoiceNumber: 128, url: 255, trackingNumber: 256 };

type LineFields = Partial<Omit<WireLine, 'id' | 'order'>>;

const WRITABLE: Readonly<Record<string, (value: unknown, line: WireLine) => FieldResult>> = {
  status: (value) => choiceField('status', value, Object.keys(STATUS_NAMES), false),
  cancel_status: (value) => choiceField('cancel_status', value, CANCEL_STATUSES, true),
  invoice_number: (value) => textField('invoice_number', value, LONGEST.invoiceNumber),
  invoice_date: (value) => instantField('invoice_date', value),
  e_archive_url: (value) => urlField('e_archive_url', value, LONGEST.url),
  tracking_number: (value) => textField('tracking_number', value, LONGEST.trackingNumber),
  shipping_company: (value) => choiceField('shipping_company', value, SHIPPING_COMPANIES, true),
  extra_field: mergeExtraField,
  attributes: (value) => objectField('attributes', value, isTextOrBoolean, 'Not a valid string or boolean.'),
  attributes_kwargs: (value) => objectField('attributes_kwargs', value, isObject, 'Expected a dictionary of items.'),
};

/**
 * What `PATCH /api/v1/order_items/{pk}/` changes on a line (contract, section 7.3), or the answer that refuses it whole.
 * `extra_field` is merged, `attributes` and `attributes_kwargs` are replaced; other keys, `price` too, are ignored.
 */
export function patchLine(line: WireLine, body: JsonObject): { fields: LineFields } | { refusal: Reply } {
  const fields: JsonObject = {};
  for (const [field, value] of Object.entries(body)) {
    const read = Object.hasOwn(WRITABLE, field) ? WRITABLE[field] : undefined;
    if (read === undefined) continue;
    const result = read(value, line);
    if ('refusal' in result) return result;
    fields[field] = result.value;
  }
  const illegal = refuseTransition(line.cancel_status, fields);
  return illegal === null ? { fields } : { refusal: illegal };
}

function mergeExtraField(value: unknown, line: WireLine): FieldResult {
  const sent = objectField('extra_field', value, () => true, '');
  return 'refusal' in sent ? sent : { value: { ...line.extra_field, ...(sent.value as JsonObject) } };
}

function isTextOrBoolean(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean';
}

const CLOSED_TO_WAITING_FOR_PAYMENT = ['waiting', 'confirmation_waiting', 'confirmed', 'approved', 'rejected'];

/**
 * The two documented illegal moves (contract, section 12.2). How they look over HTTP is unknown, 400 or 406 is expected:
 * the sandbox answers one with each, so that a client has to cope with both.
 */
function refuseTransition(current: string | null, fields: JsonObject): Reply | null {
  if (!('cancel_status' in fields)) return null;
  const next = fields.cancel_status;
  const illegalFor = (status: number) =>
    detailError(status, `Cancel status cannot change from ${current} to ${next}.`, 'OrderUpdateCancelStatusException');
  if (current === 'approved' && next === 'confirmed') return illegalFor(406);
  const closed = current === 'waiting_for_payment' && CLOSED_TO_WAITING_FOR_PAYMENT.includes(String(next));
  return closed ? illegalFor(400) : null;
}
