import type { DraftOrder } from './draft-types.ts';
import type { WireOrder } from './wire-types.ts';

/** The documented filters of the order list (contract, section 2.3); null where one is not set. */
export interface OrderFilter {
  isSend: boolean | null;
  status: string | null;
  cancelStatus: string | null;
}

/** Reads the filters from a query. Every other parameter, and an `is_send` that is no boolean, is ignored in silence. */
export function readFilter(query: URLSearchParams): OrderFilter {
  return {
    isSend: readBoolean(query.get('is_send')),
    status: query.get('status') || null,
    cancelStatus: query.get('cancel_status') || null,
  };
}

function readBoolean(text: string | null): boolean | null {
  if (text === 'True' || text === 'true') return true;
  return text === 'False' || text === 'false' ? false : null;
}

/** True when the filter lets everything through. */
export function isOpen(filter: OrderFilter): boolean {
  return filter.isSend === null && filter.status === null && filter.cancelStatus === null;
}

/** Whether an order, written out, passes. `cancel_status` passes when any line has it. */
export function matchesOrder(filter: OrderFilter, order: WireOrder): boolean {
  return (
    matchesHead(filter, order.is_send, order.status) &&
    (filter.cancelStatus === null || order.orderitem_set.some((line) => line.cancel_status === filter.cancelStatus))
  );
}

/** The same for an order that is decided but not written out, which is much cheaper. */
export function matchesDraft(filter: OrderFilter, order: DraftOrder): boolean {
  return (
    matchesHead(filter, order.isSend, order.status) &&
    (filter.cancelStatus === null || order.lines.some((line) => line.cancelStatus === filter.cancelStatus))
  );
}

function matchesHead(filter: OrderFilter, isSend: boolean, status: string): boolean {
  return (filter.isSend === null || filter.isSend === isSend) && (filter.status === null || filter.status === status);
}
