/**
 * Prints a whole number of the smallest printed units as a decimal text: `printAmount(1640, 2)` is "16.40". The
 * generator calculates in such whole numbers only.
 */
export function printAmount(units: number, places: number): string {
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const point = digits.length - places;
  return `${units < 0 ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
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
