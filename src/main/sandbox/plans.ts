import { microsOf, placedMicros, printMicros } from './calendar.ts';
import { CANCEL_STATUSES, SHIPPED_STATUSES } from './catalogue.ts';
import { draftOrder } from './draft-order.ts';
import { flatOrder } from './flat.ts';
import { type InstantRange, inRange, readRange } from './instant-range.ts';
import { listReply } from './list-page.ts';
import { parseAmount, printAmount } from './money-text.ts';
import { FIRST_GENERATED_ID } from './planting.ts';
import type { PaymentTwist } from './plants/plant-kind.ts';
import { mix } from './random.ts';
import { notFound, type Reply, reply } from './reply.ts';
import type { Route } from './routes.ts';
import { SECRET_MARK } from './secrets.ts';
import type { Criterion } from './selector.ts';
import type { Store } from './store.ts';
import type { JsonObject, Stamps, WireOrder } from './wire-types.ts';

/*
 * Cancellation plans (contract, section 12.4): an order has one as soon as a line of it is cancelled or taken back. Known
 * of a plan are `pk`, `order`, `plan_type` and the two dates; everything else is assumed.
 */
const DAY = 86_400_000_000;
const MOST_DAYS = 10;
const PLANS_OF_AN_ORDER = 10;
const PURPOSE_PLAN = 11;

type PlanType = 'cancel' | 'refund';

interface PlanHead {
  type: PlanType;
  status: string;
}

interface PlanLine {
  status: string;
  cancelStatus: string | null;
}

/** What a plan over these lines is and where it stands; null where nothing is cancelled or taken back. */
function planHead(orderStatus: string, lines: readonly PlanLine[], paidBack: boolean): PlanHead | null {
  const open = lines.find(({ cancelStatus }) => cancelStatus !== null && cancelStatus !== 'completed');
  const done = lines.some(({ status, cancelStatus }) => cancelStatus !== null || status === '100' || status === '600');
  if (!done && !paidBack) return null;
  const left = [orderStatus, ...lines.map(({ status }) => status)];
  const type = left.some((status) => status === '600' || SHIPPED_STATUSES.includes(status)) ? 'refund' : 'cancel';
  return { type, status: open?.cancelStatus ?? 'completed' };
}

function headOf(order: WireOrder): PlanHead | null {
  const lines = order.orderitem_set.map(({ status, cancel_status }) => ({ status, cancelStatus: cancel_status }));
  return planHead(order.status, lines, /[1-9]/.test(order.refund_amount));
}

/** When the plan of an order was made and last modified: some days after the order was placed. */
function planMicros(placed: number, orderId: number): { created: number; modified: number } {
  const hash = mix(orderId, orderId, PURPOSE_PLAN);
  const created = placed + (1 + (hash % 6)) * DAY;
  return { created, modified: created + ((hash >>> 8) % (MOST_DAYS - 7)) * DAY };
}

/** The same for an order as it stands: what modifies the order modifies its plan. */
function currentMicros(order: WireOrder, stamps: Stamps): { created: number; modified: number } {
  const { created, modified } = planMicros(microsOf(order.date_placed) ?? 0, order.id);
  return { created, modified: Math.max(modified, microsOf(stamps.modified) ?? 0) };
}

/** The plans of an order: one or, where that is planted, two or none. Bank data are planted fakes. */
export function plansOf(order: WireOrder, stamps: Stamps, twist: PaymentTwist | null): JsonObject[] {
  const head = headOf(order);
  if (head === null || twist === 'plan-absent') return [];
  const plan = writePlan(order, stamps, head);
  const { units, places } = parseAmount(order.refund_amount);
  if (twist === 'plan-other-amount') return [{ ...plan, refund_amount: printAmount(units + 1n, places) }];
  if (twist !== 'plan-twice') return [plan];
  const half = { ...plan, refund_amount: printAmount(units / 2n, places) };
  return [half, { ...half, pk: planPk(order.id, 1) }];
}

/** The id of a plan, which leads back to its order. */
function planPk(orderId: number, place: number): number {
  return orderId * PLANS_OF_AN_ORDER + place;
}

function writePlan(order: WireOrder, stamps: Stamps, head: PlanHead): JsonObject {
  const { created, modified } = currentMicros(order, stamps);
  const lines = order.orderitem_set.filter(
    ({ status, cancel_status }) => cancel_status !== null || status === '100' || status === '600',
  );
  return {
    pk: planPk(order.id, 0),
    order: flatOrder(order, stamps),
    plan_type: head.type,
    status: head.status,
    order_items: lines.map(({ id }) => id),
    refund_amount: head.status === 'completed' ? order.refund_amount : null,
    iban: `${SECRET_MARK}-plan-iban-${order.id}`,
    holder_name: `${SECRET_MARK}-plan-holder-${order.id}`,
    created_by: `CANARY-EMAIL-OPERATOR-${order.id}@example.com`,
    created_date: printMicros(created),
    modified_date: printMicros(modified),
  };
}

interface PlanFilter {
  type: string | null;
  status: string | null;
  orderId: string | null;
  orderNumber: string | null;
  created: InstantRange | null;
  modified: InstantRange | null;
}

function readPlanFilter(query: URLSearchParams): PlanFilter | { refusal: Reply } {
  const text = (name: string) => query.get(name) || null;
  const created = readRange('created_date', (suffix) => text(`created_date__${suffix}`));
  if (created !== null && 'refusal' in created) return created;
  const modified = readRange('modified_date', (suffix) => text(`modified_date__${suffix}`));
  if (modified !== null && 'refusal' in modified) return modified;
  return {
    type: text('plan_type'),
    status: text('status'),
    orderId: text('order_id'),
    orderNumber: text('order_number'),
    created,
    modified,
  };
}

function planCriterion(store: Store, filter: PlanFilter): Criterion {
  const { created, modified } = filter;
  const numbered = filter.orderNumber === null ? null : store.orderByNumber(filter.orderNumber)?.id;
  const isAsked = (id: number) =>
    (filter.orderId === null || filter.orderId === String(id)) && (filter.orderNumber === null || id === numbered);
  const passes = (head: PlanHead | null) =>
    head !== null &&
    (filter.type === null || filter.type === head.type) &&
    (filter.status === null || filter.status === head.status);
  const isThen = (micros: { created: number; modified: number }) =>
    inRange(created, micros.created) && inRange(modified, micros.modified);
  return {
    key: `plans ${JSON.stringify(filter)}`,
    placed: {
      from: Math.max(created?.from ?? -Infinity, modified?.from ?? -Infinity) - MOST_DAYS * DAY,
      to: Math.min(created?.to ?? Infinity, modified?.to ?? Infinity),
    },
    base: (index) => {
      const id = FIRST_GENERATED_ID + index;
      if (!isAsked(id) || !isThen(planMicros(placedMicros(store.seed, index), id))) return false;
      const draft = draftOrder(store.seed, index);
      return store.twist(id) !== 'plan-absent' && passes(planHead(draft.status, draft.lines, draft.refundAmount > 0));
    },
    current: (order) =>
      isAsked(order.id) &&
      store.twist(order.id) !== 'plan-absent' &&
      passes(headOf(order)) &&
      isThen(currentMicros(order, store.stamps(order))),
  };
}

/** The addresses of cancellation plans. */
export function planRoutes(store: Store): Route[] {
  return [
    {
      name: '/api/v1/cancellation_plans/',
      path: /^\/api\/v1\/cancellation_plans\/$/,
      methods: { GET: ({ path, query }) => listPlans(store, path, query) },
    },
    {
      name: '/api/v1/cancellation_plans/cancellation_plan_statuses/',
      path: /^\/api\/v1\/cancellation_plans\/cancellation_plan_statuses\/$/,
      methods: {
        GET: () =>
          reply(
            200,
            CANCEL_STATUSES.map((value) => ({ value, label: value.replaceAll('_', ' ') })),
          ),
      },
    },
    {
      name: '/api/v1/cancellation_plans/{id}/',
      path: /^\/api\/v1\/cancellation_plans\/(\d{1,15})\/$/,
      methods: { GET: (_request, key) => onePlan(store, Number(key)) },
    },
  ];
}

function listPlans(store: Store, path: string, query: URLSearchParams): Reply {
  const filter = readPlanFilter(query);
  if ('refusal' in filter) return filter.refusal;
  return listReply(path, query, store.maxLimit, (page, limit) => {
    const pks = pksOf(store, store.select(planCriterion(store, filter)));
    const rows = pks.slice((page - 1) * limit, page * limit).map((pk) => planByPk(store, pk));
    return { count: pks.length, rows };
  });
}

function onePlan(store: Store, pk: number): Reply {
  const plan = planByPk(store, pk);
  return plan === null ? notFound() : reply(200, plan);
}

function planByPk(store: Store, pk: number): JsonObject | null {
  const order = store.order(Math.floor(pk / PLANS_OF_AN_ORDER));
  return (order && plansOf(order, store.stamps(order), store.twist(order.id))[pk % PLANS_OF_AN_ORDER]) ?? null;
}

/** A selection is asked for page by page, and stays the same object as long as nothing changes. */
const known = new WeakMap<Uint32Array, number[]>();

function pksOf(store: Store, orderIds: Uint32Array): number[] {
  const held = known.get(orderIds);
  if (held !== undefined) return held;
  const pks: number[] = [];
  for (const id of orderIds) {
    pks.push(planPk(id, 0));
    if (store.twist(id) === 'plan-twice') pks.push(planPk(id, 1));
  }
  known.set(orderIds, pks);
  return pks;
}
