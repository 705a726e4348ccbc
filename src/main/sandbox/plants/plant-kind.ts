import type { SandboxCurrency } from '../catalogue.ts';
import type { DraftOrder } from '../draft-types.ts';

/** What must have been read for a finding to show: the orders alone, or also an order's payments, or OMS. */
export type Needs = 'orders' | 'payments' | 'oms';

/** A check that a planted order must trip. */
export interface Trip {
  check: string;
  needs: Needs;
}

/** What the answers about an order's payments say differently; see payments.ts, plans.ts and discount-items.ts. */
export type PaymentTwist =
  | 'captured-less'
  | 'captured-twice'
  | 'refund-less'
  | 'refund-absent'
  | 'refund-in-halves'
  | 'refund-twice'
  | 'plan-absent'
  | 'plan-other-amount'
  | 'plan-twice'
  | 'discount-item-absent';

/** One way in which a planted order is wrong. */
export interface PlantKind {
  name: string;
  /** Every check that it trips, and no other does. */
  trips: readonly Trip[];
  /** The statuses that the order takes in turn; null = any at which goods have left. */
  statuses: readonly string[] | null;
  /** The order's currency; null = any. */
  currency: SandboxCurrency | null;
  /** How long before the generated orders end the order must have been placed at least. */
  placedDaysAgo: number;
  /** Breaks an order that is clean so far; its sums are formed and its invoices are given. */
  breakDraft(order: DraftOrder, plant: Plant): void;
  /** What the answers about its payments say differently. */
  twist?: (variant: number) => PaymentTwist;
  /** Whether OMS lacks the return invoice that it has of every other order taken back. */
  withoutReturnInvoice?: true;
}

/** What is wrong with one order, and which of the possible forms it takes. */
export interface Plant {
  kind: PlantKind;
  variant: number;
  /** For a pair of one invoice number: the index of the order that has it by right, and of the one that repeats it. */
  ownerIndex: number;
  copyIndex: number;
}

/** A kind that trips these checks on the orders alone. */
export function plantKind(
  checks: string,
  breakDraft: PlantKind['breakDraft'],
  given: Partial<Omit<PlantKind, 'breakDraft'>> = {},
): PlantKind {
  const trips = checks === '' ? [] : checks.split(' + ').map((check): Trip => ({ check, needs: 'orders' }));
  return { name: checks, trips, statuses: null, currency: null, placedDaysAgo: 0, breakDraft, ...given };
}

/** A kind that trips these checks once the order's payments have been read. */
export function paymentsKind(
  checks: string,
  breakDraft: PlantKind['breakDraft'],
  given: Partial<Omit<PlantKind, 'breakDraft'>> = {},
): PlantKind {
  const kind = plantKind(checks, breakDraft, given);
  return { ...kind, trips: kind.trips.map(({ check }): Trip => ({ check, needs: 'payments' })) };
}
