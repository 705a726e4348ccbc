import { z } from 'zod';
import { instantText, omnitronId } from './primitives.ts';
import { askedCounts, runKind, runPayments, syncCause, syncPlan } from './sync.ts';

const count = z.number().int().nonnegative();

/** `interrupted` = the program ended without finishing the run, by a crash or a power cut. */
export const runState = z.enum(['running', 'complete', 'incomplete', 'cancelled', 'failed', 'interrupted']);
export type RunState = z.infer<typeof runState>;

/** What a run read of OMS, after Omnitron. Counts are of orders; `requests` are those to OMS alone. */
export const runOms = z.strictObject({
  state: z.enum(['complete', 'incomplete', 'cancelled', 'failed']),
  requests: count,
  created: count,
  updated: count,
  unchanged: count,
  quarantined: count,
  notSeen: count,
  remoteCount: count.nullable(),
  problem: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});
export type RunOms = z.infer<typeof runOms>;

/** One line of the run log, newest first wherever they are listed. */
export const runRow = z.strictObject({
  id: count,
  kind: runKind,
  cause: syncCause,
  /** Null for runs from before plans were kept. */
  plan: syncPlan.nullable(),
  state: runState,
  startedAt: instantText,
  finishedAt: instantText.nullable(),
  pages: count,
  /**
   * For the lists of orders. Null, as `retries`, while the run goes on and where it was interrupted: what it stored is known,
   * not what it asked.
   */
  requests: count.nullable(),
  retries: count.nullable(),
  created: count,
  updated: count,
  unchanged: count,
  quarantined: count,
  notSeen: count,
  remoteCount: count.nullable(),
  problem: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  /** What the probe before the lists asked; null where it was not due, or as `requests` is. */
  probe: askedCounts.nullable(),
  /** Payments after the run; null where none were due, or the run did not get so far. */
  payments: runPayments.nullable(),
  /** Null where the run read nothing of OMS: there is none, it was not time, or the run did not get so far. */
  oms: runOms.nullable(),
});
export type RunRow = z.infer<typeof runRow>;

/** A row that is not as its source describes it: where it stood and what is wrong, never what it said. */
export const quarantinedRow = z.strictObject({
  source: z.enum(['omnitron', 'oms']),
  list: z.enum(['orders', 'invoices']),
  /** Omnitron's id of the order; null where the row has none, and in OMS. */
  orderId: omnitronId.nullable(),
  /** OMS's own id of the row; null where the row has none, and in Omnitron. */
  omsId: omnitronId.nullable(),
  /** Page of the list on which it was met; 0 = it was read by itself. Null = not kept, as of rows of OMS that have an id. */
  page: count.nullable(),
  /** Path inside the row, like `orderitem_set.0.price`. */
  path: z.string(),
  code: z.string(),
  seenAt: instantText,
  /** An earlier good reading of the row is held and stays in force. */
  held: z.boolean(),
});
export type QuarantinedRow = z.infer<typeof quarantinedRow>;

/**
 * One change of an order that a run has seen. Money is decimal text in the order's currency, flags are `true` and
 * `false`, everything else is as Omnitron wrote it; null = none. A line that came or went is the field `line` with its
 * article number; an order that vanished from Omnitron or came back is the field `vanished` with the instant.
 */
export const orderChange = z.strictObject({
  order: z.strictObject({ id: omnitronId, number: z.string() }),
  lineId: omnitronId.nullable(),
  field: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  currency: z.string(),
  seenAt: instantText,
  /** The run that saw it; null = a push or a single reading did. */
  run: count.nullable(),
});
export type OrderChange = z.infer<typeof orderChange>;
