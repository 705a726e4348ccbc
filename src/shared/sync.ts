import { z } from 'zod';
import { instantText } from './primitives.ts';

/** The outcome of one run. `orders` and `lines` are held after the run, the other counts are of this run. */
export const syncSummary = z.strictObject({
  complete: z.boolean(),
  orders: z.number().int(),
  lines: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  quarantined: z.number().int(),
  /** Held orders that a complete pass did not meet; 0 while a pass is incomplete, for then nothing is known. */
  notSeen: z.number().int(),
  /** How many orders Omnitron says it has, at the end of the run. */
  remoteCount: z.number().int(),
  pages: z.number().int(),
  requests: z.number().int(),
  retries: z.number().int(),
  durationMs: z.number(),
  /** Why the run is incomplete; absent when it is complete. */
  problem: z.strictObject({ code: z.string(), message: z.string() }).optional(),
});
export type SyncSummary = z.infer<typeof syncSummary>;

/** Progress of a running sync. */
export const syncProgress = z.strictObject({
  phase: z.enum(['starting', 'reading', 'checking']),
  pagesDone: z.number().int(),
  pagesTotal: z.number().int().nullable(),
  ordersDone: z.number().int(),
  ordersTotal: z.number().int().nullable(),
  ordersPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});
export type SyncProgress = z.infer<typeof syncProgress>;

/** The last run of a connection as the window's status line shows it. */
export const lastSync = z.strictObject({
  finishedAt: instantText,
  complete: z.boolean(),
  quarantined: z.number().int(),
  remoteCount: z.number().int().nullable(),
});
export type LastSync = z.infer<typeof lastSync>;
