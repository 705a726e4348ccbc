import { invoicedAtMs } from './calendar.ts';
import { placeInSeries, SERIES, serialAt } from './dense-series.ts';
import { forcedChannel, numberOwner } from './number-sharing.ts';
import { elementAt, mix } from './random.ts';

export type SandboxChannel = 'shop' | 'marketplace';

const PURPOSE_CHANNEL = 5;
const PURPOSE_NUMBER = 6;

/** The sales channel of the order with this index; about a quarter come from the marketplace. */
export function channelOf(seed: number, index: number): SandboxChannel {
  return forcedChannel(index) ?? (mix(seed, index, PURPOSE_CHANNEL) % 4 === 0 ? 'marketplace' : 'shop');
}

/**
 * The number of the order with this index: 16 digits, or 15 signs with letters for about one in six. Its tail is the
 * index, so that a number finds its order without a search.
 */
export function orderNumber(seed: number, index: number): string {
  const owner = numberOwner(index);
  const hash = mix(seed, owner, PURPOSE_NUMBER);
  if (hash % 6 === 0) return `${hash.toString(16).padStart(8, '0').slice(0, 6)}${String(owner).padStart(9, '0')}`;
  return `${10_000_000 + (hash % 90_000_000)}${String(owner).padStart(8, '0')}`;
}

/** The index of the first generated order with this number, or null when none of the first `orders` has it. */
export function indexOfNumber(seed: number, number: string, orders: number): number | null {
  for (const digits of [8, 9]) {
    const tail = number.slice(-digits);
    if (!/^\d+$/.test(tail)) continue;
    const index = Number(tail);
    if (index < orders && numberOwner(index) === index && orderNumber(seed, index) === number) return index;
  }
  return null;
}

const PREFIXES: Readonly<Record<SandboxChannel, readonly string[]>> = {
  shop: ['SHP', 'SH1', 'SH2', 'SH3', 'SH4', 'S9X'],
  marketplace: ['MKP', 'MK1', 'MK2', 'MK3', 'MK4', 'M9X'],
};

/** The variant of {@link invoiceNumber} that no order carries by right. */
export const FOREIGN_VARIANT = 5;

/**
 * An invoice number of the Turkish pattern: three letters or digits, the year of the invoice date, nine digits. The
 * digits come from the index, or from the order's place in the dense series, so no two orders have one in common. Variants 0 to 4 are for the lines of one order.
 */
export function invoiceNumber(seed: number, index: number, variant: number): string {
  const place = placeInSeries(index);
  if (place !== null && variant === 0) return `${SERIES}${String(serialAt(seed, place)).padStart(9, '0')}`;
  const prefix = elementAt(PREFIXES[channelOf(seed, index)], variant);
  const year = new Date(invoicedAtMs(seed, index)).getUTCFullYear();
  return `${prefix}${year}${String(index + 1).padStart(9, '0')}`;
}
