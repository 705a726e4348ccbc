/**
 * Prints a whole number of the smallest printed units as a decimal text: `printAmount(1640, 2)` is "16.40". The sandbox
 * calculates in such whole numbers only.
 */
export function printAmount(units: number | bigint, places: number): string {
  const digits = String(units < 0 ? -units : units).padStart(places + 1, '0');
  const point = digits.length - places;
  const whole = `${units < 0 ? '-' : ''}${digits.slice(0, point)}`;
  return places === 0 ? whole : `${whole}.${digits.slice(point)}`;
}

/** The JSON number with the value of a decimal text: "7.00" becomes 7 and "8.50" becomes 8.5, as some calls print it. */
export function asJsonNumber(text: string): number {
  return Number(text);
}

/** An amount as text with the decimals of `model`: 8.5 beside "16.40" becomes "8.50". A text is returned as it is. */
export function asAmountText(amount: number | string, model: string): string {
  if (typeof amount === 'string') return amount;
  const [whole = '0', fraction = ''] = String(amount).split('.');
  const places = model.split('.')[1]?.length ?? 0;
  return places === 0 ? whole : `${whole}.${fraction.padEnd(places, '0')}`;
}

/** A decimal text in whole numbers of its last printed place; a text that is no decimal counts as zero. */
export function parseAmount(text: string): { units: bigint; places: number } {
  const match = /^(-?\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return { units: 0n, places: 2 };
  const fraction = match[2] ?? '';
  return { units: BigInt(`${match[1]}${fraction}`), places: fraction.length };
}
