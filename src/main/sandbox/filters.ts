import { microsOf, placedMicros } from './calendar.ts';
import { draftOrder } from './draft-order.ts';
import { type InstantRange, inRange, readRange } from './instant-range.ts';
import type { Reply } from './reply.ts';
import type { Criterion } from './selector.ts';
import type { Stamps, WireOrder } from './wire-types.ts';

/** What no documentation promises for the order list (contract, section 2.3); a server may honour any of it, or none. */
export const HONOURABLE = [
  'sort',
  'modified_date__gte',
  'modified_date__lte',
  'date_placed__gte',
  'date_placed__lte',
  'status__in',
] as const;
export type Honourable = (typeof HONOURABLE)[number];

/** The filters of the order list; null where one is not set. */
export interface OrderFilter {
  isSend: boolean | null;
  status: string | null;
  cancelStatus: string | null;
  statuses: readonly string[] | null;
  modified: InstantRange | null;
  placed: InstantRange | null;
}

/**
 * Reads the filters from a query. Every other parameter, one that is not honoured, and an `is_send` that is no boolean
 * is ignored in silence; an honoured date that cannot be read is refused (assumed: the framework's habit).
 */
export function readFilter(query: URLSearchParams, honours: ReadonlySet<string>): OrderFilter | { refusal: Reply } {
  const heard = (name: string) => (honours.has(name) ? query.get(name) || null : null);
  const modified = readRange('modified_date', (suffix) => heard(`modified_date__${suffix}`));
  if (modified !== null && 'refusal' in modified) return modified;
  const placed = readRange('date_placed', (suffix) => heard(`date_placed__${suffix}`));
  if (placed !== null && 'refusal' in placed) return placed;
  return {
    isSend: readBoolean(query.get('is_send')),
    status: query.get('status') || null,
    cancelStatus: query.get('cancel_status') || null,
    statuses: heard('status__in')?.split(',') ?? null,
    modified,
    placed,
  };
}

function readBoolean(text: string | null): boolean | null {
  if (text === 'True' || text === 'true') return true;
  return text === 'False' || text === 'false' ? false : null;
}

/** What the filter selects; null when it lets everything through. `cancel_status` passes when any line has it. */
export function criterionOf(
  seed: number,
  filter: OrderFilter,
  stampsOf: (order: WireOrder) => Stamps,
): Criterion | null {
  const { cancelStatus, modified, placed } = filter;
  const looksInside = filter.isSend ?? filter.status ?? cancelStatus ?? filter.statuses;
  const dated = modified !== null || placed !== null;
  if (looksInside === null && !dated) return null;
  return {
    key: JSON.stringify(filter),
    // Nothing has happened to an untouched order since it was placed, so both ranges speak of the same instant.
    placed: { from: latest(modified?.from, placed?.from), to: earliest(modified?.to, placed?.to) },
    base: (index) => {
      if (dated) {
        const micros = placedMicros(seed, index);
        if (!inRange(modified, micros) || !inRange(placed, micros)) return false;
      }
      if (looksInside === null) return true;
      const draft = draftOrder(seed, index);
      const { lines } = draft;
      if (!matchesHead(filter, draft.isSend, draft.status)) return false;
      return cancelStatus === null || lines.some((line) => line.cancelStatus === cancelStatus);
    },
    current: (order) => {
      if (modified !== null && !inRange(modified, microsOf(stampsOf(order).modified) ?? 0)) return false;
      if (placed !== null && !inRange(placed, microsOf(order.date_placed) ?? 0)) return false;
      if (!matchesHead(filter, order.is_send, order.status)) return false;
      return cancelStatus === null || order.orderitem_set.some((line) => line.cancel_status === cancelStatus);
    },
  };
}

function matchesHead(filter: OrderFilter, isSend: boolean, status: string): boolean {
  return (
    (filter.isSend === null || filter.isSend === isSend) &&
    (filter.status === null || filter.status === status) &&
    (filter.statuses === null || filter.statuses.includes(status))
  );
}

function latest(one = Number.NEGATIVE_INFINITY, other = Number.NEGATIVE_INFINITY): number {
  return Math.max(one, other);
}

function earliest(one = Number.POSITIVE_INFINITY, other = Number.POSITIVE_INFINITY): number {
  return Math.min(one, other);
}
