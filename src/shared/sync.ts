import { z } from 'zod';
import { omsSummary } from './oms.ts';
import { instantText, periodSchema } from './primitives.ts';

/**
 * What a run does: `full` = a pass over every order; `changes` = the orders that a proven "changed since" filter names;
 * `refresh` = new, open and unsent orders and those with a cancellation under way; `verify` = every order of a period.
 */
export const runKind = z.enum(['full', 'changes', 'refresh', 'verify']);
export type RunKind = z.infer<typeof runKind>;

const requests = z.number().int();
/** Null where nothing that is held tells how long a list is. */
const requestsIfKnown = requests.nullable();

/** One step of a plan, with the requests it is expected to take. */
export const planStep = z.discriminatedUnion('step', [
  /** What the server honours is found out first. */
  z.strictObject({ step: z.literal('probe'), requests }),
  /** `because`: why everything is read where a part would be enough otherwise. */
  z.strictObject({ step: z.literal('all'), requests: requestsIfKnown, because: z.literal('quantity-key').optional() }),
  z.strictObject({ step: z.literal('changes'), since: instantText, requests }),
  z.strictObject({ step: z.literal('new'), requests }),
  z.strictObject({ step: z.literal('status'), status: z.string(), requests }),
  z.strictObject({ step: z.literal('unsent'), requests }),
  z.strictObject({ step: z.literal('cancellation'), status: z.string(), requests }),
  z.strictObject({ step: z.literal('plans'), since: instantText, requests }),
  z.strictObject({ step: z.literal('rolling'), requests }),
  z.strictObject({ step: z.literal('period'), period: periodSchema, requests }),
  /**
   * Payments after the run. `of: 'changed'`: of at most so many orders, and of none where nothing changed and no earlier run
   * owes any; `period`: of the orders of the period that have findings then; so many have some at present.
   */
  z.strictObject({
    step: z.literal('payments'),
    of: z.enum(['changed', 'period']),
    orders: z.number().int(),
    requests,
  }),
  /** OMS, after everything of Omnitron. */
  z.strictObject({ step: z.literal('oms'), requests: requestsIfKnown }),
]);
export type PlanStep = z.infer<typeof planStep>;

/** What a run is going to do. */
export const syncPlan = z.strictObject({
  kind: runKind,
  /** True when an interrupted pass goes on. */
  resumes: z.boolean(),
  steps: z.array(planStep),
  /**
   * Of all steps together, those to OMS included, but for payments, most of which most runs do not read; an estimate of
   * what is left where a pass goes on. Null where those of a step are not known.
   */
  requests: requestsIfKnown,
});
export type SyncPlan = z.infer<typeof syncPlan>;

/** Requests of the steps that count in a plan, as far as they are known: what the run takes at least. */
export function knownRequests({ steps }: Pick<SyncPlan, 'steps'>): number {
  return steps.reduce((sum, { step, requests }) => sum + (step === 'payments' ? 0 : (requests ?? 0)), 0);
}

/** An interrupted pass older than this is not resumed: too much may have moved between its pages. */
export const RESUME_WITHIN_MS = 24 * 3_600_000;

const MOST_VANISHED_UNASKED = 100;

/** Whether so many held rows have gone that a person must be asked first: more than 100, and more than a tenth. */
export function isSuspiciousLoss(gone: number, held: number): boolean {
  return gone > MOST_VANISHED_UNASKED && gone * 10 > held;
}

/** What a person asks a run to do; `auto` leaves it to the planner. */
export const syncRequest = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('auto') }),
  z.strictObject({ mode: z.literal('full') }),
  z.strictObject({ mode: z.literal('verify'), period: periodSchema }),
]);
export type SyncRequest = z.infer<typeof syncRequest>;

/** Why a run began. */
export const syncCause = z.enum(['manual', 'start', 'interval', 'resume', 'command', 'unknown']);
export type SyncCause = z.infer<typeof syncCause>;

/** Requests sent, and retries among them. */
export const askedCounts = z.strictObject({ requests: z.number().int(), retries: z.number().int() });
export type AskedCounts = z.infer<typeof askedCounts>;

/** Orders whose payments were read after a run, those where that failed, and what was asked for both. */
export const runPayments = askedCounts.extend({ read: z.number().int(), failed: z.number().int() });
export type RunPayments = z.infer<typeof runPayments>;

/**
 * The outcome of one run. `orders` and `lines` are held after the run, those of vanished orders not counted; the other
 * counts are of this run. `requests` and `retries` are those for the lists of orders; the probe before them, payments and
 * OMS after them have their own.
 */
export const syncSummary = z.strictObject({
  complete: z.boolean(),
  /** Number of the run in the run log, and what it did. */
  run: z.number().int(),
  kind: runKind,
  orders: z.number().int(),
  lines: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  quarantined: z.number().int(),
  /** Held orders that this run found gone, those marked as vanished before not counted; 0 where it cannot know. */
  notSeen: z.number().int(),
  /** How many of these it marked as vanished; the others wait for a person. */
  vanished: z.number().int(),
  /** How many orders Omnitron says it has, at the end of the run. */
  remoteCount: z.number().int(),
  pages: z.number().int(),
  requests: z.number().int(),
  retries: z.number().int(),
  durationMs: z.number(),
  /** What finding out took what the server honours; absent where that was not due. */
  probe: askedCounts.optional(),
  /** What reading payments after the run came to; absent where none were due. */
  payments: runPayments.optional(),
  /** What reading OMS after the run came to; absent where there is no OMS, or it was not time. */
  oms: omsSummary.optional(),
  /** Why the run is incomplete; absent when it is complete. */
  problem: z.strictObject({ code: z.string(), message: z.string() }).optional(),
});
export type SyncSummary = z.infer<typeof syncSummary>;

/** Progress of a running sync. */
export const syncProgress = z.strictObject({
  phase: z.enum(['starting', 'reading', 'checking', 'payments', 'oms']),
  pagesDone: z.number().int(),
  pagesTotal: z.number().int().nullable(),
  ordersDone: z.number().int(),
  ordersTotal: z.number().int().nullable(),
  ordersPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});
export type SyncProgress = z.infer<typeof syncProgress>;

/** The last run of a connection as the window's status line shows it; `quarantined` = rows of both sources put aside now. */
export const lastSync = z.strictObject({
  finishedAt: instantText,
  complete: z.boolean(),
  quarantined: z.number().int(),
  remoteCount: z.number().int().nullable(),
});
export type LastSync = z.infer<typeof lastSync>;

const honoured = z.boolean().nullable();

/** What was learnt about a tenant's order list. Null = could not be told, for instance with too few orders. */
export const capabilities = z.strictObject({
  /** `/api/i1/orders` with or without a slash at its end. */
  listPath: z.string(),
  /** Whether the list of `/api/v1`, whose flat orders this program does not read, answers too. */
  v1List: z.boolean(),
  /** Ids ascend where nothing is asked for. */
  ascending: honoured,
  sort: honoured,
  modifiedSince: honoured,
  placedRange: honoured,
  statusIn: honoured,
  /** Rows that the server gives where 500 are asked for. */
  rowsOf500: z.number().int().nullable(),
  /** Requests that the probe took. */
  requests,
});
export type Capabilities = z.infer<typeof capabilities>;

/** Whether the list stands by id, by itself or when asked to. What is unknown counts as yes, until a page shows otherwise. */
export function listAscends(known: Pick<Capabilities, 'ascending' | 'sort'> | null): boolean {
  return known?.sort === true || known?.ascending !== false;
}
