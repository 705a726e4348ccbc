import { z } from 'zod';
import { ERROR_CODES } from '../errors.ts';
import { omsAnswer } from '../oms.ts';
import { orderDetail, orderFacets, orderFilter, orderRow, orderSelection, orderSort, orderTotals } from '../orders.ts';
import { paymentsAnswer } from '../payments.ts';
import { instantText, omnitronId, periodSchema } from '../primitives.ts';
import { reportRequest, reportResult } from '../reports.ts';
import { orderChange, quarantinedRow, runRow } from '../runs.ts';
import { settingsSchema } from '../settings.ts';
import { capabilities, lastSync, syncPlan, syncProgress, syncRequest, syncSummary } from '../sync.ts';
import { AUDIT_CALLS, BATCH_CALLS, CORRECTION_CALLS, USER_CALLS } from './batch-calls.ts';
import { FINDING_CALLS } from './finding-calls.ts';
import { MATCH_CALLS } from './match-calls.ts';
import type { CallName } from './names.ts';
import { RULE_CALLS } from './rule-calls.ts';
import { STATEMENT_CALLS } from './statement-calls.ts';

const nothing = z.undefined();
const done = z.null();
const count = z.number().int().nonnegative();

/** Folder name of a connection: what `--connection` takes. */
export const connectionName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/);
const windowOf = { offset: count, limit: z.number().int().min(1).max(500) };

const place = { name: connectionName, baseUrl: z.string().min(1).max(500) };
/** How to sign in: with a token, or with user and password. */
const byToken = { token: z.string().min(1).max(500) };
const byPassword = { username: z.string().min(1).max(200), password: z.string().min(1).max(500) };

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
  /** False when neither token nor password is known (for this session): syncing needs one, everything else works. */
  hasToken: z.boolean(),
  /** Held orders that have not vanished, and those that have: Omnitron does not show them any more. */
  orders: count,
  vanished: count,
  openFindings: count,
  pendingCorrections: count,
  lastSync: lastSync.nullable(),
  syncing: z.boolean(),
  pushing: z.boolean(),
  /** Why the last run did not reach its end at Omnitron, and since when that is so; absent where nothing is wrong. */
  trouble: z.strictObject({ code: z.enum(ERROR_CODES), since: instantText }).exactOptional(),
  /** Orders that the last complete pass did not meet and that are suspiciously many: a person must say what they are. */
  inQuestion: count,
  /** File name of a damaged copy of the orders that was put aside, until everything has been fetched again. */
  damagedCopy: z.string().exactOptional(),
  /** The root of the host of OMS; absent where the connection has none. */
  omsUrl: z.string().exactOptional(),
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
  /**
   * The settings file was damaged at the start and the defaults are used: under which name it was put aside; null where it
   * could not be. Absent where nothing was damaged.
   */
  damagedSettings: z.strictObject({ keptAs: z.string().nullable() }).exactOptional(),
});
export type AppInfo = z.infer<typeof appInfo>;

/** Request and response of every call. Requests are parsed in main, responses in the window. */
export const CONTRACT = {
  'app.info': { request: nothing, response: appInfo },
  'settings.get': { request: nothing, response: settingsSchema },
  'settings.set': { request: settingsSchema.partial(), response: settingsSchema },
  'connections.list': { request: nothing, response: z.array(connectionInfo) },
  /** Checks the host and the token, or the password, before anything is stored. */
  'connections.connect': {
    request: z.union([z.strictObject({ ...place, ...byToken }), z.strictObject({ ...place, ...byPassword })]),
    response: z.strictObject({ connection: connectionName, baseUrl: z.string(), remoteCount: count }),
  },
  'connections.openDemo': {
    request: z.strictObject({ orders: z.number().int().min(0).max(1_000_000) }),
    response: connectionState,
  },
  'connections.open': { request: z.strictObject({ name: connectionName }), response: connectionState },
  /** Another token, or user and password, for the open connection. */
  'connections.setToken': {
    request: z.union([z.strictObject(byToken), z.strictObject(byPassword)]),
    response: connectionState,
  },
  'connections.current': { request: nothing, response: connectionState.nullable() },
  /** Gives the open connection an OMS, whose host and token are checked first, or takes it away. */
  'connections.setOms': {
    request: z.strictObject({ source: z.strictObject({ url: place.baseUrl, ...byToken }).nullable() }),
    response: connectionState,
  },
  /** What a run would do now, with the number of requests. */
  'sync.plan': { request: syncRequest, response: syncPlan },
  /** Resolves when the run has ended; progress comes as events. */
  'sync.start': { request: syncRequest, response: syncSummary },
  'sync.cancel': { request: nothing, response: done },
  /** Marks the orders that the last complete pass left in question as vanished. */
  'sync.acceptVanished': { request: nothing, response: z.strictObject({ vanished: count }) },
  /** What was learnt about the server; null before the first probe. */
  'sync.capabilities': {
    request: nothing,
    response: z.strictObject({ capabilities: capabilities.nullable(), probedAt: instantText.nullable() }),
  },
  'runs.list': {
    request: z.strictObject(windowOf),
    response: z.strictObject({ total: count, offset: count, rows: z.array(runRow).max(500) }),
  },
  'quarantine.list': {
    request: z.strictObject(windowOf),
    response: z.strictObject({ total: count, offset: count, rows: z.array(quarantinedRow).max(500) }),
  },
  /** Reads every quarantined order that has an id again; `ofOms` rows of OMS wait for its next reading. */
  'quarantine.retry': {
    request: nothing,
    response: z.strictObject({ released: count, remaining: count, ofOms: count }),
  },
  /** Changes, newest first: of one order, or of every order since an instant. */
  'changes.list': {
    request: z.strictObject({ orderId: omnitronId.nullable(), since: instantText.nullable(), ...windowOf }),
    response: z.strictObject({ total: count, offset: count, rows: z.array(orderChange).max(500) }),
  },
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
  /** What is held of an order's payments; `refresh` reads them from Omnitron first, and says why where it cannot. */
  'orders.payments': {
    request: z.strictObject({ id: omnitronId, refresh: z.boolean() }),
    response: paymentsAnswer,
  },
  /** What is held of an order in OMS, the second source. */
  'orders.oms': { request: z.strictObject({ id: omnitronId }), response: omsAnswer },
  /** Puts the selected orders on the clipboard as tab-separated text in the user's locale; answers the row count. */
  'orders.copy': {
    request: z.strictObject({ filter: orderFilter, sort: orderSort, selection: orderSelection, headers: z.boolean() }),
    response: z.strictObject({ rows: count }),
  },
  ...FINDING_CALLS,
  /** Runs every check over all held orders, as of now. */
  'reconcile.run': { request: nothing, response: z.strictObject({ findings: count, durationMs: z.number() }) },
  ...STATEMENT_CALLS,
  ...MATCH_CALLS,
  ...RULE_CALLS,
  ...CORRECTION_CALLS,
  ...BATCH_CALLS,
  ...USER_CALLS,
  ...AUDIT_CALLS,
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
  /** `secondsLeft` is worked out from the rate so far; null while too little has been done to tell. */
  z.strictObject({
    type: z.literal('push.progress'),
    batch: z.string(),
    done: count,
    total: count,
    perMinute: count.nullable(),
    secondsLeft: count.nullable(),
  }),
  z.strictObject({ type: z.literal('dryRun.progress'), done: count, total: count }),
  z.strictObject({ type: z.literal('report.progress'), rows: count, total: count }),
  /** Bytes of a statement file that were read, over all its passes. */
  z.strictObject({ type: z.literal('statement.progress'), done: count, total: count }),
  /** The opened connection's data or state changed; lists re-read what they show. */
  z.strictObject({ type: z.literal('connection.changed'), state: connectionState }),
  /** A menu item or shortcut of the application menu was chosen. */
  z.strictObject({ type: z.literal('menu'), command: z.enum(['sync', 'find', 'settings', 'export']) }),
]);
export type AppEvent = z.infer<typeof appEvent>;
