/*
 * Sums of money that no number of rows can overflow. SQLite's sum() stops with an error once it leaves 64 bits, so each
 * amount is added in two parts: its upper bits and its lower 32. An arithmetic shift and a mask lose nothing, also of a
 * negative amount: a = (a >> 32) * 2^32 + (a & 0xffffffff).
 */

const LOW_BITS = 32n;

/** The expression that sums a column of amounts; null where there is none to add. Read it with {@link exactSum}. */
export function sumSql(column: string): string {
  return `sum(${column} >> 32) || ' ' || sum(${column} & 4294967295)`;
}

/** The sum in millionths, from what {@link sumSql} answered. */
export function exactSum(parts: string | null): bigint | null {
  if (parts === null) return null;
  const [high = '0', low = '0'] = parts.split(' ');
  return (BigInt(high) << LOW_BITS) + BigInt(low);
}
