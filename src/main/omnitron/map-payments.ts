import type { Micros } from '../../shared/money.ts';
import type { TransactionSet, UnreadablePart } from '../../shared/payments.ts';
import { instantMs } from './instants.ts';
import { type WireDiscountItem, type WirePlan, type WireTransaction, wireLineReference } from './wire-payments.ts';

/** A transaction as it leaves the parser. `currency` null = the order's. */
export interface MappedTransaction {
  id: number;
  set: TransactionSet;
  type: string;
  succeeded: boolean;
  amount: Micros;
  currency: string | null;
  created: string;
  createdMs: number;
  reference: string | null;
}

export interface MappedDiscountItem {
  id: number;
  name: string | null;
  type: string | null;
  amount: Micros;
  /** Null where the answer does not tell. */
  lineIds: number[] | null;
}

export interface MappedPlan {
  id: number;
  type: string;
  status: string;
  refund: Micros | null;
  created: string | null;
  modified: string | null;
  lineIds: number[] | null;
}

/** What the answers about one order's payments say: only fields of the allow-list. */
export interface MappedPayments {
  orderId: number;
  transactions: MappedTransaction[];
  discountItems: MappedDiscountItem[];
  plans: MappedPlan[];
  unreadable: UnreadablePart[];
}

const LONGEST_NAME = 200;
/** An address or a long number in a name is somebody's, not a campaign's. */
const PERSONAL = /@|\d{7}/;

export function mapTransaction(set: TransactionSet, wire: WireTransaction): MappedTransaction {
  return {
    id: wire.pk,
    set,
    type: wire.transaction_type.toLowerCase(),
    succeeded: wire.is_succeeded,
    amount: wire.amount,
    currency: wire.currency?.toLowerCase() || null,
    created: wire.created_date,
    createdMs: instantMs(wire.created_date) ?? 0,
    reference: wire.transaction_id || null,
  };
}

export function mapDiscountItem(wire: WireDiscountItem): MappedDiscountItem {
  const name = wire.name?.trim() ?? '';
  return {
    id: wire.pk,
    name: name === '' || PERSONAL.test(name) ? null : name.slice(0, LONGEST_NAME),
    type: wire.offer_type ?? null,
    amount: wire.amount,
    lineIds: lineIdsOf(wire.benefitapplicant_set),
  };
}

export function mapPlan(wire: WirePlan): MappedPlan {
  return {
    id: wire.pk,
    type: wire.plan_type,
    status: wire.status,
    refund: wire.refund_amount,
    created: wire.created_date,
    modified: wire.modified_date,
    lineIds: lineIdsOf(wire.order_items),
  };
}

/** The lines that a list names; null for a list of another shape, which is not documented and so no fault. */
function lineIdsOf(list: unknown): number[] | null {
  if (!Array.isArray(list)) return null;
  const ids = list.map((element) => wireLineReference.safeParse(element));
  return ids.every(({ success }) => success)
    ? [...new Set(ids.flatMap(({ data }) => (data === undefined ? [] : [data])))]
    : null;
}
