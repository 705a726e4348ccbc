import { z } from 'zod';
import { correctionRow, correctionState, newCorrection, pushSummary } from '../corrections.ts';
import { ERROR_CODES } from '../errors.ts';
import { findingFilter, findingRow, findingSummary } from '../findings.ts';
import { orderDetail, orderFacets, orderFilter, orderRow, orderSelection, orderSort, orderTotals } from '../orders.ts';
import { omnitronId, periodSchema } from '../primitives.ts';
import { reportRequest, reportResult } from '../reports.ts';
import { settingsSchema } from '../settings.ts';
import { lastSync, syncProgress, syncSummary } from '../sync.ts';
import type { CallName } from './names.ts';

const nothing = z.undefined();
const done = z.null();
const count = z.number().int().nonnegative();

/** Folder name of a connection: what `--connection` takes. */
export const connectionName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/);
const windowOf = { offset: count, limit: z.number().int().min(1).max(500) };

export const connectionInfo = z.strictObject({
  name: connectionName,
  kind: z.enum(['omnitron', 'demo']),
  /** The host's root. Empty for the demo store, whose port changes at every start. */
  baseUrl: z.string(),
});
export type ConnectionInfo = z.infer<typeof connectionInfo>;

/** The opened connection as the window's frame shows it. */
export const connectionState = z.strictObject({
  name: connectionName,
  kind: z.enum(['omnitron', 'demo']),
  baseUrl: z.string(),
  /** False when no token is known (for this session): syncing needs one, everything else works. */
  hasToken: z.boolean(),
  orders: count,
  openFindings: count,
  pendingCorrections: count,
  lastSync: lastSync.nullable(),
  syncing: z.boolean(),
  pushing: z.boolean(),
});
export type ConnectionState = z.infer<typeof connectionState>;

export const appInfo = z.strictObject({
  version: z.string(),
  /** `electron`, or `standin` where Electron's binary is absent. */
  runtime: z.enum(['electron', 'standin']),
  platform: z.string(),
  dataDir: z.string(),
  /** False where the OS offers no real key store: tokens then live for the session only. */
  tokensPersist: z.boolean(),
});
export type AppInfo = z.infer<typeof appInfo>;

/** Request and response of every call. Requests are parsed in main, responses in the window. */
export const CONTRACT = {
  'app.info': { request: nothing, response: appInfo },
  'settings.get': { request: nothing, response: settingsSchema },
  'settings.set': { request: settingsSchema.partial(), response: settingsSchema },
  'connections.list': { request: nothing, response: z.array(connectionInfo) },
  /** Checks the host and the token with one request before anything is stored. */
  'connections.connect': {
    request: z.strictObject({
      name: connectionName,
      baseUrl: z.string().min(1).max(500),
      token: z.string().min(1).max(500),
    }),
    response: z.strictObject({ connection: connectionName, baseUrl: z.string(), remoteCount: count }),
  },
  'connections.openDemo': {
    request: z.strictObject({ orders: z.number().int().min(0).max(1_000_000) }),
    response: connectionState,
  },
  'connections.open': { request: z.strictObject({ name: connectionName }), response: connectionState },
  'connections.setToken': { request: z.strictObject({ token: z.string().min(1).max(500) }), response: connectionState },
  'connections.current': { request: nothing, response: connectionState.nullable() },
  /** Resolves when the run has ended; progress comes as events. */
  'sync.start': { request: nothing, response: syncSummary },
  'sync.cancel': { request: nothing, response: done },
  'orders.window': {
    request: z.strictObject({ filter: orderFilter, sort: orderSort, ...windowOf }),
    response: z.strictObject({ total: count, offset: count, rows: z.array(orderRow).max(500) }),
  },
  'orders.totals': {
    request: z.strictObject({ filter: orderFilter, selection: orderSelection }),
    response: orderTotals,
  },
  'orders.facets': { request: z.strictObject({ period: periodSchema }), response: orderFacets },
  'orders.detail': { request: z.strictObject({ id: omnitronId }), response: orderDetail },
  /** Puts the selected orders on the clipboard as tab-separated text in the user's locale; answers the row count. */
  'orders.copy': {
    request: z.strictObject({ filter: orderFilter, sort: orderSort, selection: orderSelection, headers: z.boolean() }),
    response: z.strictObject({ rows: count }),
  },
  'findings.window': {
    request: z.strictObject({ filter: findingFilter, ...windowOf }),
    response: z.strictObject({ total: count, offset: count, rows: z.array(findingRow).max(500) }),
  },
  'findings.summary': { request: z.strictObject({ filter: findingFilter }), response: z.array(findingSummary) },
  /** Runs every check over all held orders, as of now. */
  'reconcile.run': { request: nothing, response: z.strictObject({ findings: count, durationMs: z.number() }) },
  'corrections.list': {
    request: z.strictObject({ states: z.array(correctionState).max(9), ...windowOf }),
    response: z.strictObject({
      total: count,
      offset: count,
      rows: z.array(correctionRow).max(500),
      counts: z.partialRecord(correctionState, count),
    }),
  },
  'corrections.add': { request: newCorrection, response: correctionRow },
  /** Queues "sent to ERP" for every selected order that is not sent and has no such correction pending. */
  'corrections.markSent': {
    request: z.strictObject({ filter: orderFilter, selection: orderSelection }),
    response: z.strictObject({ queued: count, skipped: count, ids: z.array(z.number().int()).max(100_000) }),
  },
  /** Takes corrections back that are queued, waiting, in conflict or rejected. */
  'corrections.withdraw': {
    request: z.strictObject({ ids: z.array(z.number().int()).min(1).max(100_000) }),
    response: z.strictObject({ withdrawn: count }),
  },
  /** Queues conflicting or rejected corrections again; Omnitron's present value becomes the base. */
  'corrections.keepMine': {
    request: z.strictObject({ ids: z.array(z.number().int()).min(1).max(10_000) }),
    response: z.strictObject({ queued: count }),
  },
  'corrections.push': { request: nothing, response: pushSummary },
  'corrections.cancelPush': { request: nothing, response: done },
  /** Asks where to save, then writes; null when the person cancelled the dialog. */
  'reports.export': { request: reportRequest, response: reportResult.nullable() },
  'reports.cancel': { request: nothing, response: done },
  /** Shows a report that this session wrote in the file manager. */
  'reports.reveal': { request: z.strictObject({ path: z.string().max(4096) }), response: done },
} as const satisfies Record<CallName, { request: z.ZodType; response: z.ZodType }>;

export type CallRequest<N extends CallName> = z.infer<(typeof CONTRACT)[N]['request']>;
export type CallResponse<N extends CallName> = z.infer<(typeof CONTRACT)[N]['response']>;

export const errorShape = z.strictObject({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** How every call answers. */
export type CallResult<T> = { ok: true; value: T } | { ok: false; error: z.infer<typeof errorShape> };

/** What main tells the window unasked. */
export const appEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sync.progress'), progress: syncProgress }),
  z.strictObject({ type: z.literal('push.progress'), done: count, total: count }),
  z.strictObject({ type: z.literal('report.progress'), rows: count, total: count }),
  /** The opened connection's data or state changed; lists re-read what they show. */
  z.strictObject({ type: z.literal('connection.changed'), state: connectionState }),
  /** A menu item or shortcut of the application menu was chosen. */
  z.strictObject({ type: z.literal('menu'), command: z.enum(['sync', 'find', 'settings', 'export']) }),
]);
export type AppEvent = z.infer<typeof appEvent>;
