import { AppError } from '../../shared/errors.ts';
import type { ConnectionState } from '../../shared/ipc/contract.ts';
import { reportResult } from '../../shared/reports.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SyncCause, SyncProgress, SyncRequest, SyncSummary } from '../../shared/sync.ts';
import type { AuditKeys } from '../audit/keys.ts';
import type { ReaderService, Remote, WriterService } from '../engine/services.ts';
import type { EngineThread } from '../engine/threads.ts';
import { createOmnitronClient } from '../omnitron/create-client.ts';
import type { FetchLike } from '../omnitron/http-port.ts';
import type { SignIns } from '../omnitron/session.ts';
import { createOms } from '../oms/of-connection.ts';
import { createPayments } from '../payments/of-connection.ts';
import { createPaymentReader } from '../payments/reader.ts';
import type { Besides } from '../sync/plan.ts';
import { planRun } from '../sync/probing.ts';
import { retryQuarantine } from '../sync/retry-quarantine.ts';
import { runSync } from '../sync/run-sync.ts';
import { createApprovalWork } from './approval-work.ts';
import { type AuditWork, createAuditWork, omsEntry, rejectedEntry, reportEntry } from './audit-work.ts';
import type { Connection, TokenStore } from './connection.ts';
import { fromSecret } from './credentials.ts';
import type { DemoStore } from './demo-store.ts';
import { createMatchWork } from './match-work.ts';
import type { Clock, Random } from './ports.ts';
import type { ConnectionProfile } from './profile.ts';
import { createPushWork } from './push-work.ts';
import { assertNoOwnFile } from './report-target.ts';
import { createRulesWork } from './rules-work.ts';
import { createStatementWork } from './statement-work.ts';
import { createThrottle } from './throttle.ts';
import { createTrouble } from './trouble.ts';

interface ConnectionParts {
  name: string;
  /** The data folder that this connection's folder lies in. */
  dataDir: string;
  profile: ConnectionProfile;
  saveProfile(profile: ConnectionProfile): void;
  /** Null when the connection is opened for reading only. */
  writer: EngineThread<WriterService> | null;
  reader: EngineThread<ReaderService>;
  demo: DemoStore | null;
  tokens: TokenStore;
  auditKeys: AuditKeys;
  /** Does something with a writer that is there only for it. @throws AppError DATA_* */
  briefly<T>(work: (writer: Remote<WriterService>) => Promise<T>): Promise<T>;
  signIns: SignIns;
  settings: () => Settings;
  clock: Clock;
  random: Random;
  fetch: FetchLike;
  programVersion: string;
}

/** What is done with Omnitron, one at a time. */
type Task = 'sync' | 'push' | 'dry run';

/** While a sync runs, lists are told to read again this often. */
const REFRESH_MS = 2_000;
/** Writer methods after which lists show something else. */
const CHANGING: ReadonlySet<string> = new Set([
  'addCorrection',
  'markSent',
  'markSentOfStatement',
  'addPaste',
  'addCancellation',
  'withdrawCorrections',
  'requeueCorrections',
  'resolveConflicts',
  'submitBatch',
  'approveBatches',
  'sendBackBatch',
  'reverseBatch',
  'importApproval',
  'runChecks',
]);

function refuseWriting(): never {
  throw new AppError('DATA_LOCKED', 'This connection was opened for reading only.');
}

/** Puts the threads, the client and the demo store of one connection behind its face. */
export function createConnection(parts: ConnectionParts): Connection {
  const { name, profile, reader, demo, clock } = parts;
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const trouble = createTrouble(clock, () => parts.tokens.get(name));
  let busy: Task | null = null;

  function requireWriter(): EngineThread<WriterService> {
    return parts.writer ?? refuseWriting();
  }
  const notifying = parts.writer === null ? null : notifyingWriter(parts.writer.service, changed);

  async function createClient() {
    const secret = demo?.token ?? (await parts.tokens.get(name));
    if (secret === null)
      throw new AppError('TOKEN_MISSING', 'No token is known for this connection. Enter one and try again.');
    const baseUrl = demo?.baseUrl ?? profile.baseUrl;
    return createOmnitronClient({ ...parts, baseUrl, token: parts.signIns.session(baseUrl, fromSecret(secret)) });
  }

  /** One task with Omnitron at a time. */
  async function exclusively<T>(kind: Task, work: () => Promise<T>): Promise<T> {
    if (busy !== null)
      throw new AppError('BUSY', `A ${busy} is running. Wait for it to end, or cancel it.`, { retryable: true });
    busy = kind;
    changed();
    try {
      return await work();
    } finally {
      busy = null;
      changed();
    }
  }

  const checkSettings = () => {
    const { erpHours, timeZone } = parts.settings();
    return { erpHours, timeZone };
  };
  const check = async (nowMs: number, all = false): Promise<{ findings: number }> =>
    requireWriter().service.runChecks({ nowMs, all, ...checkSettings() });

  /** After orders changed: rows that wait for them may have found theirs, but for those of undone runs. */
  const matchAndCheck = async (nowMs: number): Promise<void> => {
    await requireWriter().service.matchRun({ nowMs, unasked: true });
    await check(nowMs);
  };
  const recheck = async (nowMs: number): Promise<void> => {
    await check(nowMs);
    changed();
  };
  const statements = createStatementWork({
    writer: requireWriter,
    reader: reader.service,
    dataDir: parts.dataDir,
    settings: parts.settings,
    clock,
    async reconcile(nowMs) {
      await requireWriter().service.matchRun({ nowMs, unasked: true });
      await recheck(nowMs);
    },
  });
  const audit: AuditWork = createAuditWork({
    ...parts,
    reader: reader.service,
    withWriter: (work) => (parts.writer === null ? parts.briefly(work) : work(parts.writer.service)),
  });
  const approvals = createApprovalWork({
    connection: { name, baseUrl: profile.baseUrl },
    writer: () => notifying ?? requireWriter().service,
    reader: reader.service,
    dataDir: parts.dataDir,
    clock,
  });
  const timeZone = (): string => parts.settings().timeZone;
  const rules = createRulesWork({ writer: () => requireWriter().service, clock, timeZone, recheck });
  const matching = createMatchWork({ writer: () => requireWriter().service, reader: reader.service, clock, recheck });

  const pushWork = createPushWork({
    writer: () => requireWriter().service,
    reader: reader.service,
    client: createClient,
    exclusively,
    clock,
    random: parts.random,
    timeZone: () => parts.settings().timeZone,
    check: () => check(clock.now()),
  });

  const paymentReader =
    parts.writer === null ? null : createPaymentReader({ client: createClient, writer: parts.writer.service, clock });
  const {
    afterRun,
    planned: paymentsPlanned,
    ...payments
  } = createPayments({
    reader: () => paymentReader ?? refuseWriting(),
    held: reader.service,
    clock,
  });

  const {
    afterRun: readOms,
    planned: omsPlanned,
    ...oms
  } = createOms({
    ...parts,
    omsUrl: profile.omsUrl,
    saveUrl: (omsUrl) => parts.saveProfile({ ...profile, omsUrl }),
    writer: () => requireWriter().service,
    reader: reader.service,
  });

  function sync(options: Parameters<Connection['sync']>[0]): Promise<SyncSummary> {
    const writer = requireWriter().service;
    return exclusively('sync', async () => {
      const summary = await trouble.watch(() => pull(writer, options));
      const { request = { mode: 'auto' } } = options;
      const read = await afterRun({ ...options, request, summary, timeZone: parts.settings().timeZone });
      if (read !== null) await writer.notePayments({ runId: summary.run, payments: read });
      const { cause = 'manual' } = options;
      const omsRead = await readOms({ ...options, cause });
      if (omsRead !== null) await writer.omsNoteRun({ runId: summary.run, oms: omsRead });
      // Payments and OMS came after the checks of what was pulled.
      if (read !== null || omsRead !== null) await matchAndCheck(clock.now());
      return {
        ...summary,
        ...(read === null ? {} : { payments: read }),
        ...(omsRead === null ? {} : { oms: omsRead }),
      };
    });
  }

  /** What a run will read when it has read the lists of orders. */
  async function plannedAfter(request: SyncRequest, cause: SyncCause): Promise<Pick<Besides, 'payments' | 'oms'>> {
    const { timeZone } = parts.settings();
    return { payments: await paymentsPlanned(request, timeZone), oms: await omsPlanned(cause) };
  }

  async function pull(writer: Remote<WriterService>, options: Parameters<Connection['sync']>[0]): Promise<SyncSummary> {
    const client = await createClient();
    // The last page before a long wait must show too, not only when the next one comes.
    const following = createThrottle<void>(clock, REFRESH_MS, changed);
    let latest: SyncProgress | null = null;
    const onProgress = (progress: SyncProgress): void => {
      latest = progress;
      options.onProgress(progress);
      following.push(undefined);
    };
    try {
      const { request = { mode: 'auto' }, cause = 'manual' } = options;
      const { timeZone } = parts.settings();
      const after = await plannedAfter(request, cause);
      return await runSync({ client, writer, clock }, { ...options, onProgress, timeZone, probes: true, after });
    } finally {
      following.stop();
      // Also after a cancel or a fault: findings must fit what is held.
      if (latest !== null) options.onProgress({ ...(latest as SyncProgress), phase: 'checking' });
      await matchAndCheck(clock.now());
    }
  }

  function acceptVanished(): Promise<{ vanished: number }> {
    const writer = requireWriter().service;
    return exclusively('sync', async () => {
      const accepted = await writer.acceptVanished({ nowMs: clock.now() });
      await check(clock.now());
      return accepted;
    });
  }

  function retry({ signal }: { signal: AbortSignal }): ReturnType<Connection['retryQuarantine']> {
    const writer = requireWriter().service;
    return exclusively('sync', async () => {
      const client = await createClient();
      try {
        const done = await retryQuarantine({ client, writer, clock }, signal);
        const { total } = await reader.service.quarantine({ offset: 0, limit: 0 });
        return { ...done, ofOms: total - done.remaining };
      } finally {
        await check(clock.now());
      }
    });
  }

  return {
    name,
    reader: reader.service,
    get writer() {
      if (notifying === null) requireWriter();
      return notifying ?? requireWriter().service;
    },
    async state(): Promise<ConnectionState> {
      const overview = await reader.service.overview();
      const omsUrl = oms.url();
      const troubled = await trouble.now();
      const damagedCopy = await reader.service.damagedCopy();
      return {
        name,
        kind: profile.kind,
        baseUrl: profile.baseUrl,
        hasToken: demo !== null || (await parts.tokens.get(name)) !== null,
        orders: overview.orders,
        vanished: overview.vanished,
        openFindings: overview.openFindings,
        pendingCorrections: overview.pendingCorrections,
        lastSync: overview.lastSync,
        syncing: busy === 'sync',
        pushing: busy === 'push',
        ...(troubled === undefined ? {} : { trouble: troubled }),
        inQuestion: overview.inQuestion,
        ...(omsUrl === null ? {} : { omsUrl }),
        ...(damagedCopy === null ? {} : { damagedCopy }),
      };
    },
    sync,
    payments: {
      read: (request) => payments.read(request).finally(() => recheck(clock.now())),
      async ofOrder(request) {
        const answer = await payments.ofOrder(request);
        if (request.refresh && parts.writer !== null) await recheck(clock.now());
        return answer;
      },
    },
    statements: {
      ...statements,
      async exportRejected(args) {
        const exported = await statements.exportRejected(args);
        return { ...exported, ...(await audit.recordExport(rejectedEntry(args.statement, exported.rows))) };
      },
    },
    audit,
    matching,
    approvals,
    rules,
    oms: {
      ...oms,
      set: (source) =>
        exclusively('sync', async () => {
          const before = oms.url();
          await oms.set(source);
          await audit.record(omsEntry(name, before, oms.url()));
          await check(clock.now());
        }),
    },
    recheck: () => (parts.writer === null ? Promise.resolve() : recheck(clock.now())),
    async planSync(request) {
      const facts = await requireWriter().service.syncFacts();
      const after = await plannedAfter(request, 'manual');
      return planRun(request, facts, { nowMs: clock.now(), probes: true, after }).plan;
    },
    acceptVanished,
    retryQuarantine: retry,
    async reconcile(nowMs) {
      const startedMs = clock.elapsed();
      await requireWriter().service.matchRun({ nowMs });
      const { findings } = await check(nowMs, true);
      changed();
      return { findings, durationMs: Math.round(clock.elapsed() - startedMs) };
    },
    ...pushWork,
    async report(request, { path, nowMs, signal, onProgress }) {
      assertNoOwnFile(path, parts.dataDir);
      const { timeZone, company, negativeStyle } = parts.settings();
      const connection = { name, baseUrl: profile.baseUrl || 'demo store' };
      const args = {
        request,
        path,
        nowMs,
        settings: { timeZone, company, negativeStyle },
        connection,
        programVersion: parts.programVersion,
      };
      const result = await reader.rpc.call('report', args, {
        signal,
        onProgress: (value) => {
          const { rows, total } = value as { rows: number; total: number };
          onProgress(rows, total);
        },
      });
      const exported = reportResult.parse(result);
      return { ...exported, ...(await audit.recordExport(reportEntry(request, exported))) };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async close() {
      listeners.clear();
      await paymentReader?.close();
      await reader.close();
      await parts.writer?.close();
      await demo?.close();
    },
  };
}

/** The writer, with lists told after every call that changes what they show. */
function notifyingWriter(writer: Remote<WriterService>, changed: () => void): Remote<WriterService> {
  return new Proxy(writer, {
    get(target, method, receiver) {
      const call: unknown = Reflect.get(target, method, receiver);
      if (typeof call !== 'function' || typeof method !== 'string' || !CHANGING.has(method)) return call;
      return async (...args: unknown[]): Promise<unknown> => {
        const value: unknown = await call(...args);
        changed();
        return value;
      };
    },
  });
}
