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

/**
 * The same sum as one INTEGER, for comparing within SQL: 0 where there is nothing to add, NULL where a value is not given
 * or where the sum leaves about half of what 64 bits hold, so that it is never wrong.
 */
export function boundedSum(column: string): string {
  const high = `sum(${column} >> 32)`;
  const fits = `count(*) = count(${column}) AND ${high} BETWEEN -1073741824 AND 1073741823`;
  return `CASE WHEN count(*) = 0 THEN 0 WHEN ${fits} THEN ${high} * 4294967296 + sum(${column} & 4294967295) END`;
}

/** The sum in millionths, from what {@link sumSql} answered. */
export function exactSum(parts: string | null): bigint | null {
  if (parts === null) return null;
  const [high = '0', low = '0'] = parts.split(' ');
  return (BigInt(high) << LOW_BITS) + BigInt(low);
}

/**
 * The expression that sums a column of amounts, of all rows or those of a condition, within SQL: an INTEGER; null where there is none to add, or where the sum
 * is so large that subtracting another from it might leave 64 bits.
 */
export function totalSql(column: string, where?: string): string {
  const only = where === undefined ? '' : ` FILTER (WHERE ${where})`;
  const low = `sum((${column}) & 4294967295)${only}`;
  const high = `(sum((${column}) >> 32)${only} + (${low} >> 32))`;
  return `(CASE WHEN ${high} BETWEEN -1073741824 AND 1073741823 THEN (${high} << 32) | (${low} & 4294967295) END)`;
}
