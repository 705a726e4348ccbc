import type { Finding } from '../../src/shared/findings.ts';

/** The held order that a finding is about. @throws Error where it is about none */
export function orderOf({ check, order }: Finding): { id: number; number: string } {
  if (order === null) throw new Error(`a finding of ${check} names no order`);
  return order;
}
