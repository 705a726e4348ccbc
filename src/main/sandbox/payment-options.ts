import { elementAt, mix } from './random.ts';

/** The sets of transactions in a detailed order (contract, section 6.1); the first holds those of cards. */
export const TRANSACTION_SETS = [
  'transaction_set',
  'fundstransfertransaction_set',
  'payondeliverytransaction_set',
  'loyaltytransaction_set',
  'bextransaction_set',
  'cashregistertransaction_set',
  'ordertransaction_set',
] as const;
export type TransactionSet = (typeof TRANSACTION_SETS)[number];

/** A way to pay. Only the card's is documented; names, types and what stands in which set are assumed for the others. */
export interface PaymentOption {
  pk: number;
  name: string;
  slug: string;
  paymentType: string;
  set: TransactionSet;
}

/** The documented option; its slug in an order varies in language and case (contract, section 18). */
export const CARD: PaymentOption = {
  pk: 2,
  name: 'Credit Card',
  slug: 'credit_Card',
  paymentType: 'credit_card',
  set: 'transaction_set',
};

const OTHERS: readonly PaymentOption[] = [
  other(3, 'Havale/EFT', 'havale', 'funds_transfer', 'fundstransfertransaction_set'),
  other(4, 'Kapıda ödeme', 'kapida_odeme', 'pay_on_delivery', 'payondeliverytransaction_set'),
  other(5, 'BEX', 'bkm_express', 'bex', 'bextransaction_set'),
  other(6, 'Mağaza kasası', 'magaza_kasasi', 'cash_register', 'cashregistertransaction_set'),
  other(7, 'Alışveriş kredisi', 'alisveris_kredisi', 'credit', 'ordertransaction_set'),
];

const PURPOSE_PAYMENT = 9;

function other(pk: number, name: string, slug: string, paymentType: string, set: TransactionSet): PaymentOption {
  return { pk, name, slug, paymentType, set };
}

/** How the order with this index was paid: three of four by card, and every one that bears installment interest. */
export function paymentOptionOf(seed: number, index: number, hasInterest: boolean): PaymentOption {
  const roll = mix(seed, index, PURPOSE_PAYMENT) % 100;
  return hasInterest || roll < 75 ? CARD : elementAt(OTHERS, roll);
}

/** The option that an order names; the card's for an unknown one. */
export function paymentOptionByPk(pk: number): PaymentOption {
  return OTHERS.find((option) => option.pk === pk) ?? CARD;
}
