import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wireLine, wireOrder } from './wire-orders.ts';

/**
 * Made-up values that must never leave the parser, by class of sensitive data (contract, section 16). Lower case, as the
 * search column folds what it holds.
 */
export const CANARIES = {
  merchantUser: 'canary-shop-user',
  merchantPassword: 'canary-shop-password',
  merchantToken: '9f86canarytoken00a3',
  gatewayUser: 'canary-gateway-user',
  gatewayPassword: 'canary-gateway-password',
  gatewayMessage: '<canary-raw-message/>',
  authCode: 'canary-auth-774411',
  cardDigits: '41111199887',
  cardIssuer: 'canary-card-bank',
  iban: 'tr330006100519786457841326',
  holder: 'canary holder name',
  identityNumber: '10000000146',
  taxNumber: '3991231239',
  company: 'canary trading ltd',
  birth: '1901-02-03',
  email: 'canary.person@mail.example',
  phone: '+905550199001',
  firstName: 'canaryfirst',
  lastName: 'canarylast',
  street: 'canary street 12/4',
  note: 'leave it with the canary next door',
  address: '203.0.113.77',
  hash: 'canaryhash5d41402abc',
  erpCode: 'canary-erp-customer-7',
  link: 'https://track.example/canary-link',
  freeForm: 'canary in a free field',
  secretKey: 'canary-webhook-secret',
} as const;

const c = CANARIES;
const person = { first_name: c.firstName, last_name: c.lastName, email: c.email, phone_number: c.phone };
const address = {
  ...person,
  title: c.street,
  line: c.street,
  postcode: c.note,
  notes: c.note,
  identity_number: c.identityNumber,
  tax_no: c.taxNumber,
  tax_office: c.company,
  company_name: c.company,
  e_bill_taxpayer: c.taxNumber,
  extra_field: { any: c.freeForm },
};
const free = {
  extra_field: { any: c.freeForm },
  // Whole numbers, whose names may be kept, under names that must not be.
  attributes: { any: c.freeForm, [c.email]: 2, [c.phone]: 3, [c.address]: '4', [c.holder]: 5, [c.street]: 6 },
  attributes_kwargs: { any: c.freeForm },
};
const pos = {
  slug: 'pos',
  resource_url: c.link,
  config: { auth: { username: c.gatewayUser, password: c.gatewayPassword, client_id: c.merchantToken } },
};

/** Everything that the contract calls sensitive, in every place where it may stand in an order. */
const SENSITIVE = {
  ...free,
  customer: {
    ...person,
    user_email: c.email,
    date_of_birth: c.birth,
    gender: c.note,
    channel_code: c.erpCode,
    erp_code: c.erpCode,
    attributes: { logged_ip: c.address },
    email_allowed: c.note,
    extra_field: { any: c.freeForm },
  },
  billing_address: address,
  shipping_address: address,
  transaction_set: [
    {
      raw_request: c.gatewayMessage,
      raw_response: c.gatewayMessage,
      auth_code: c.authCode,
      transaction_id: c.authCode,
      remote_addr: c.address,
      pos,
    },
  ],
  refundtransaction_set: [{ raw_request: c.gatewayMessage, raw_response: { card: c.cardDigits } }],
  main_pos: pos,
  ordershippinginfo_set: [{ send_request: c.gatewayMessage, send_response: c.phone, cargo_label: c.street }],
  easy_return: { raw_request: c.gatewayMessage, raw_response: c.gatewayMessage },
  cancellation_request: { iban: c.iban, holder_name: c.holder, description: c.note },
  cancellation_info: { any: c.freeForm },
  ibans: [c.iban],
  holder_names: [c.holder],
  bin_number: c.cardDigits,
  installment: { card: { issuer: c.cardIssuer, brand: c.cardIssuer } },
  remote_addr: c.address,
  hash_data: c.hash,
  gift_box_note: c.note,
  notes: c.note,
  tracking_url: c.link,
  defined_tracking_url: c.link,
  webhook: { secret_key: c.secretKey, additional_headers: { Authorization: c.merchantToken } },
  mapping: [{ code: c.erpCode }],
};

const CHANNEL = {
  name: 'Shop',
  conf: {
    server: 'https://shop.example.com',
    username: c.merchantUser,
    password: c.merchantPassword,
    auth_token: c.merchantToken,
    anything_else: c.freeForm,
  },
  configuration: { api_key: c.merchantToken },
};

/** An order that is as the contract describes it and full of canaries, with two lines. */
export function canaryOrder(id: number): Record<string, unknown> {
  const lines = [1, 2].map((place) =>
    wireLine(id * 10 + place, {
      ...free,
      order: id,
      price: '50.00',
      notes: c.note,
      cancellation_request: SENSITIVE.cancellation_request,
    }),
  );
  return wireOrder(id, { ...SENSITIVE, channel: CHANNEL, orderitem_set: lines });
}

/** The canaries that occur in a text. */
export function canariesIn(text: string): string[] {
  const folded = text.toLowerCase();
  return Object.values(CANARIES).filter((canary) => folded.includes(canary));
}

/** The canaries that occur in any file of a folder, each with the file's name. */
export function canariesInFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) =>
    canariesIn(readFileSync(join(folder, name), 'latin1')).map((canary) => `${name}: ${canary}`),
  );
}
