/** Order and line status codes with their names (contract, section 11). */
export const STATUS_NAMES: Readonly<Record<string, string>> = {
  '50': 'cancellation_waiting',
  '100': 'canceled',
  '200': 'waiting',
  '300': 'payment_waiting',
  '350': 'confirmation_waiting',
  '400': 'approved',
  '450': 'preparing',
  '500': 'shipped',
  '510': 'shipped_and_informed',
  '520': 'ready_for_pickup',
  '540': 'attempted_delivery',
  '544': 'review_started',
  '545': 'review_waiting',
  '546': 'waiting_for_payment',
  '547': 'paid',
  '550': 'delivered',
  '600': 'refunded',
};

/** The values of a line's `cancel_status` beside null (contract, section 12.1; the odd spelling is the server's). */
export const CANCEL_STATUSES: readonly string[] = [
  'waiting',
  'confirmation_waiting',
  'confirmed',
  'approved',
  'rejected',
  'waiting_for_payment',
  'manuel_refund_need',
  'completed',
];

/** The shipping companies that were seen; the server's full list is unknown (contract, section 7.3). */
export const SHIPPING_COMPANIES: readonly string[] = ['other', 'aras', 'yurtici', 'bringo_express'];

/** Statuses at which goods have left: the generator gives every such order an invoice unless one is planted missing. */
export const SHIPPED_STATUSES: readonly string[] = ['500', '510', '520', '540', '550'];

/** Statuses at which the ERP should know the order. */
export const ERP_STATUSES: readonly string[] = ['400', '450', '544', '545', ...SHIPPED_STATUSES];

/** A currency as the generator uses it; amounts are whole numbers of the smallest printed unit. */
export interface SandboxCurrency {
  code: string;
  /** Decimals that are printed. Omnitron prints two for yen although it has none (assumed). */
  places: number;
  /** Every amount is a multiple of this many units. */
  step: number;
  /** The range of a line's price, in steps. */
  lowest: number;
  highest: number;
  /** The usual shipping fee, in steps. */
  shipping: number;
}

export const TRY: SandboxCurrency = {
  code: 'try',
  places: 2,
  step: 1,
  lowest: 4_990,
  highest: 349_990,
  shipping: 4_990,
};
const EUR: SandboxCurrency = { code: 'eur', places: 2, step: 1, lowest: 990, highest: 29_990, shipping: 690 };
const USD: SandboxCurrency = { code: 'usd', places: 2, step: 1, lowest: 990, highest: 34_990, shipping: 750 };
const AED: SandboxCurrency = { code: 'aed', places: 2, step: 1, lowest: 1_990, highest: 99_990, shipping: 610 };
const KWD: SandboxCurrency = { code: 'kwd', places: 3, step: 1, lowest: 2_345, highest: 98_765, shipping: 1_250 };
const JPY: SandboxCurrency = { code: 'jpy', places: 2, step: 100, lowest: 800, highest: 45_000, shipping: 600 };

/** One entry per weight: picking one evenly gives the mix. */
export const CURRENCY_MIX: readonly SandboxCurrency[] = [
  ...weighted(TRY, 80),
  ...weighted(EUR, 8),
  ...weighted(USD, 5),
  ...weighted(AED, 3),
  ...weighted(KWD, 2),
  ...weighted(JPY, 2),
];

/** Another currency for a line that is planted in the wrong one. */
export function otherCurrency(currency: SandboxCurrency): SandboxCurrency {
  return currency === TRY ? EUR : TRY;
}

/** Statuses in their mix: mostly delivered. */
export const STATUS_MIX: readonly string[] = [
  ...weighted('550', 61),
  ...weighted('500', 6),
  ...weighted('510', 4),
  ...weighted('520', 2),
  ...weighted('540', 2),
  ...weighted('400', 6),
  ...weighted('450', 5),
  ...weighted('544', 1),
  ...weighted('545', 1),
  ...weighted('50', 1),
  ...weighted('100', 4),
  ...weighted('200', 2),
  ...weighted('300', 1),
  ...weighted('350', 1),
  ...weighted('600', 3),
];

function weighted<T>(value: T, weight: number): T[] {
  return new Array<T>(weight).fill(value);
}
