import type { JsonObject } from './wire-types.ts';

/** What every planted credential starts with: no program may ever write this text anywhere. */
export const SECRET_MARK = 'CANARY-SECRET';

/**
 * Plants recognisable fake credentials and payment records at every place where a real answer carries them (contract,
 * section 16), so that a test can prove that none is stored, logged or shown. Changes and returns the given answer.
 */
export function plantSecrets(detail: JsonObject, orderId: number, email: string): JsonObject {
  const secret = (place: string) => `${SECRET_MARK}-${place}-${orderId}`;
  const channel = detail.channel as JsonObject;
  Object.assign(channel.conf as JsonObject, {
    username: secret('channel-username'),
    password: secret('channel-password'),
    auth_token: secret('channel-token'),
    reason_mapping: { '1': secret('channel-reason-mapping') },
  });
  for (const transaction of detail.transaction_set as JsonObject[]) plantInTransaction(transaction, secret, email);
  for (const info of detail.ordershippinginfo_set as JsonObject[]) {
    info.send_request = `<login password="${secret('cargo-request')}"/>`;
    info.send_response = { token: secret('cargo-response') };
    info.cargo_label = secret('cargo-label');
  }
  for (const [set, plant] of Object.entries(OTHER_SETS)) {
    for (const transaction of detail[set] as JsonObject[]) Object.assign(transaction, plant(secret));
  }
  detail.cancellation_info = { iban: secret('refund-iban'), holder_name: secret('refund-holder') };
  return detail;
}

/** The shapes of these sets are not documented; what matters is that nothing of a kind like this may be kept. */
const OTHER_SETS: Readonly<Record<string, (secret: (place: string) => string) => JsonObject>> = {
  fundstransfertransaction_set: (secret) => ({
    iban: secret('iban'),
    holder_name: secret('holder'),
    raw_response: secret('transfer-response'),
  }),
  payondeliverytransaction_set: (secret) => ({
    raw_request: secret('delivery-request'),
    raw_response: { courier_token: secret('delivery-token') },
  }),
  loyaltytransaction_set: (secret) => ({ raw_request: secret('loyalty-request'), card_number: secret('loyalty-card') }),
  bextransaction_set: (secret) => ({
    raw_response: secret('bex-response'),
    pos: { pk: 3, slug: 'bex', config: { merchant_key: secret('bex-key') } },
  }),
  cashregistertransaction_set: (secret) => ({
    raw_response: secret('register-response'),
    cash_register: { pk: 4, config: { password: secret('register-password') } },
  }),
  ordertransaction_set: (secret) => ({ raw_request: secret('order-request'), auth_code: secret('order-auth') }),
};

function plantInTransaction(transaction: JsonObject, secret: (place: string) => string, email: string): void {
  const auth = {
    username: secret('pos-username'),
    password: secret('pos-password'),
    client_id: secret('pos-client'),
  };
  const pos = { ...(transaction.pos as JsonObject), config: { auth } };
  Object.assign(transaction, {
    pos,
    main_pos: { pk: 1, name: 'Main', slug: 'main', config: { auth, api_key: secret('main-pos-key') } },
    auth_code: secret('auth-code'),
    user_email: email,
    raw_request:
      '<?xml version="1.0" encoding="utf-8"?>\n<CC5Request>' +
      `<Name>${auth.username}</Name><Password>${auth.password}</Password><ClientId>${auth.client_id}</ClientId>` +
      '<Number>454360******1234</Number><Cvv2Val>***</Cvv2Val></CC5Request>',
    raw_response:
      '<?xml version="1.0" encoding="ISO-8859-9"?>\n<CC5Response>' +
      `<Extra><TERMINALID>${secret('terminal')}</TERMINALID><MERCHANTID>${secret('merchant')}</MERCHANTID></Extra>` +
      '</CC5Response>',
  });
}
