import type { StatementKind } from '../../shared/statements.ts';

/** In the order of their keys. */
const KINDS: readonly StatementKind[] = ['erp', 'gateway', 'bank', 'marketplace'];
/** More than any id of an order: ids are whole numbers that JSON can carry. */
const BITS = 53;

/** SQL for the key in `temp.statement_sums` of what the rows of a kind of statement add up to of an order, given SQL for its id. */
export function sumsOf(kind: StatementKind, orderId: string): string {
  const place = KINDS.indexOf(kind);
  return place === 0 ? orderId : `(${orderId} + ${firstOf(place)})`;
}

/** SQL for the kind and the order of a key. */
export const KIND_OF_SUMS = `CASE id >> ${BITS} ${KINDS.map((kind, place) => `WHEN ${place} THEN '${kind}'`).join(' ')} END`;
export const ORDER_OF_SUMS = `id & ${firstOf(1) - 1n}`;

/** Over sums `x`: they are of one of these kinds. The sums of a kind stand together. */
export function ofKinds(kinds: readonly StatementKind[]): string {
  const spans = kinds
    .map((kind) => KINDS.indexOf(kind))
    .map((place) => `x.id >= ${firstOf(place)} AND x.id < ${firstOf(place + 1)}`);
  return `(${spans.join(' OR ')})`;
}

function firstOf(place: number): bigint {
  return BigInt(place) << BigInt(BITS);
}
