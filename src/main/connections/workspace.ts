import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { connectionName } from '../../shared/ipc/contract.ts';
import type { Settings } from '../../shared/settings.ts';
import type { AuditKeys } from '../audit/keys.ts';
import { refuseFileAsFolder } from '../database/make-folder.ts';
import { withDataErrors } from '../database/sqlite-errors.ts';
import type { Remote, WriterService } from '../engine/services.ts';
import { startReader, startWriter } from '../engine/threads.ts';
import { normaliseBaseUrl } from '../omnitron/base-url.ts';
import { createOmnitronClient } from '../omnitron/create-client.ts';
import type { FetchLike } from '../omnitron/http-port.ts';
import { createSignIns } from '../omnitron/session.ts';
import { checkOms, type OmsSource } from '../oms/of-connection.ts';
import { omsTokenKey } from '../oms/token-key.ts';
import { probeIfDue } from '../sync/probe.ts';
import { connectionEntry } from './audit-work.ts';
import type { Connection, ConnectionInfo, TokenStore } from './connection.ts';
import { toSecret } from './credentials.ts';
import { startDemoStore } from './demo-store.ts';
import { listConnections } from './list-connections.ts';
import { createConnection } from './open-connection.ts';
import type { Clock, Credentials, Random } from './ports.ts';
import { type ConnectionProfile, readProfile, writeProfile } from './profile.ts';

export interface WorkspaceOptions {
  dataDir: string;
  resourcesDir: string;
  tokens: TokenStore;
  auditKeys: AuditKeys;
  settings: () => Settings;
  clock: Clock;
  random: Random;
  fetch: FetchLike;
  /** Entry of the engine's threads (src/main/engine/worker.ts, or its bundle). */
  engineWorker: string | URL;
  /** Entry of the sandbox's thread (src/main/sandbox/worker.ts, or its bundle). */
  sandboxWorker: string | URL;
  programVersion: string;
}

/** The data folder with its connections, of which at most one is open. */
export interface Workspace {
  list(): Promise<ConnectionInfo[]>;
  /**
   * Makes a connection after asking the host, with the token or after signing in, how many orders it has. Nothing is
   * left behind when that fails. A known connection gets the new credentials. `oms` gives it an OMS, checked in the same
   * way, null takes it away; without `oms` it keeps the one that it has. `waitMs` waits for the write lock.
   * @throws AppError CONNECTION_EXISTS when the name holds the orders of another host; URL_INVALID, DATA_*, and what the
   * client throws.
   */
  connect(
    args: { name: string; baseUrl: string; waitMs?: number; oms?: OmsSource | null } & Credentials,
  ): Promise<{ connection: string; baseUrl: string; remoteCount: number; oms?: { url: string; remoteCount: number } }>;
  /**
   * Opens a connection and closes the one before.
   * `readOnly` leaves the writer alone, so that it works beside an open window; `waitMs` waits for the write lock.
   * @throws AppError CONNECTION_UNKNOWN, DATA_*
   */
  open(name: string, options?: { readOnly?: boolean; waitMs?: number }): Promise<Connection>;
  /** Makes the demo store if needed and opens it. `orders` counts only when it is made. */
  openDemo(args: { orders: number }): Promise<Connection>;
  current(): Connection | null;
  close(): Promise<void>;
}

/** Folder name of the demo store's connection. */
const DEMO = 'demo';
const DEMO_SEED = 42;
const LOCK_PAUSE_MS = 250;

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { dataDir, tokens, clock } = options;
  const signIns = createSignIns(options);
  let opened: Connection | null = null;

  const folderOf = (name: string): string => {
    if (!connectionName.safeParse(name).success) {
      throw new AppError('VALUE_INVALID', 'A connection name has 1 to 40 lower-case letters, digits, - or _ signs.');
    }
    const folder = join(dataDir, 'connections', name);
    withDataErrors(() => refuseFileAsFolder(folder));
    return folder;
  };

  async function closeCurrent(): Promise<void> {
    const closing = opened;
    opened = null;
    await closing?.close();
  }

  async function connect({ name, baseUrl, waitMs = 0, oms, ...credentials }: Parameters<Workspace['connect']>[0]) {
    const folder = folderOf(name);
    const url = normaliseBaseUrl(baseUrl);
    const client = createOmnitronClient({ ...options, baseUrl: url, token: signIns.session(url, credentials) });
    if (opened?.name === name) await closeCurrent();
    const isAbsent = !existsSync(folder);
    const writer = await startWaiting(name, waitMs);
    let isNew = false;
    let made = false;
    try {
      // Read under the lock: whoever held it may have made this connection.
      const known = readProfile(folder);
      isNew = isAbsent && known === null;
      if (known !== null && known.baseUrl !== url && (known.kind === 'demo' || (await writer.service.holdsData()))) {
        throw new AppError(
          'CONNECTION_EXISTS',
          `"${name}" holds the orders of ${known.baseUrl || 'the demo store'}. Choose another name for ${url}.`,
        );
      }
      const body = await client.listOrders(1, 1, new AbortController().signal);
      const { count } = await writer.service.readCount({ body });
      const checked = oms ? await checkOms(options, oms, writer.service) : null;
      await tokens.set(name, toSecret(credentials));
      if (oms !== undefined) await tokens.set(omsTokenKey(name), oms?.token ?? '');
      const omsBefore = known?.omsUrl ?? null;
      const omsUrl = oms === undefined ? omsBefore : (checked?.url ?? null);
      if (omsUrl !== omsBefore) await writer.service.omsForget();
      writeProfile(folder, { kind: 'omnitron', baseUrl: url, demo: null, omsUrl });
      made = true;
      await writer.service.recordAction({
        ...connectionEntry(name, known === null ? null : { baseUrl: known.baseUrl, oms: omsBefore }, {
          baseUrl: url,
          oms: omsUrl,
        }),
        reason: null,
        nowMs: clock.now(),
      });
      // What the server honours is nice to know here; the first sync finds it out otherwise.
      await probeIfDue({ client, writer: writer.service, clock }, new AbortController().signal).catch(() => undefined);
      return { connection: name, baseUrl: url, remoteCount: count, ...(checked === null ? {} : { oms: checked }) };
    } finally {
      await writer.close();
      if (!made && isNew) await rm(folder, { recursive: true, force: true });
    }
  }

  async function startWaiting(name: string, waitMs: number) {
    const folder = folderOf(name);
    const auditKey = await options.auditKeys.ofConnection(name);
    for (let left = waitMs; ; left -= LOCK_PAUSE_MS) {
      try {
        return await startWriter(options.engineWorker, folder, auditKey);
      } catch (thrown) {
        if (left <= 0 || !(thrown instanceof AppError && thrown.code === 'DATA_LOCKED')) throw thrown;
        await clock.sleep(LOCK_PAUSE_MS);
      }
    }
  }

  /** Does something with the files if no other program has them. @throws AppError DATA_* */
  async function withBriefWriter<T>(name: string, work: (writer: Remote<WriterService>) => Promise<T>): Promise<T> {
    const writer = await startWaiting(name, 0);
    try {
      return await work(writer.service);
    } finally {
      await writer.close();
    }
  }

  async function open(name: string, { readOnly = false, waitMs = 0 } = {}): Promise<Connection> {
    const folder = folderOf(name);
    const profile = readProfile(folder);
    if (profile === null) {
      throw new AppError(
        'CONNECTION_UNKNOWN',
        `There is no connection "${name}" on this computer. Make it first with: connect --base-url URL`,
      );
    }
    if (opened?.name === name) await closeCurrent();
    const writer = readOnly ? null : await startWaiting(name, waitMs);
    try {
      const reader = await startReader(options.engineWorker, folder);
      const demo = profile.demo === null || readOnly ? null : await startDemoStore(options, folder, profile.demo);
      await closeCurrent();
      const saveProfile = (changed: ConnectionProfile): void => writeProfile(folder, changed);
      const briefly = <T>(work: (writer: Remote<WriterService>) => Promise<T>) => withBriefWriter(name, work);
      opened = createConnection({ ...options, signIns, name, profile, saveProfile, writer, reader, demo, briefly });
      return opened;
    } catch (thrown) {
      await writer?.close();
      throw thrown;
    }
  }

  return {
    list: async () => listConnections(join(dataDir, 'connections')),
    connect,
    open,
    async openDemo({ orders }) {
      const folder = folderOf(DEMO);
      if (opened?.name === DEMO) return opened;
      if (readProfile(folder) === null) {
        // The thread makes the folder and its files, with its own words where that fails.
        const writer = await startWaiting(DEMO, 0);
        await writer.close();
        writeProfile(folder, { kind: 'demo', baseUrl: '', demo: { orders, seed: DEMO_SEED }, omsUrl: null });
      }
      return open(DEMO);
    },
    current: () => opened,
    close: closeCurrent,
  };
}
