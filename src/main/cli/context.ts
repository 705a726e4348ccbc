import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { type Period, periodBounds } from '../../shared/period.ts';
import type { Settings } from '../../shared/settings.ts';
import { systemClock } from '../connections/clock.ts';
import type { Connection, TokenStore } from '../connections/connection.ts';
import type { Clock } from '../connections/ports.ts';
import { createWorkspace, type Workspace } from '../connections/workspace.ts';
import { instantMs } from '../omnitron/instants.ts';
import { nodeFetch } from '../omnitron/node-fetch.ts';
import { defaultDataDir } from '../settings/data-dir.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Arguments } from './arguments.ts';
import { envAuditKeys } from './audit-key.ts';
import { dataWarning } from './data-warning.ts';
import { envPins, type Pins } from './env-pin.ts';
import { envTokenStore } from './env-token.ts';
import type { Terminal } from './terminal.ts';

/** Where the program's own files lie, seen from this folder. */
const ROOT = new URL('../../../', import.meta.url);
const ENGINE_WORKER = new URL('../engine/worker.ts', import.meta.url);
export const SANDBOX_WORKER = new URL('../sandbox/worker.ts', import.meta.url);
export const RESOURCES_DIR = fileURLToPath(new URL('resources', ROOT));

/** `--wait` has no end of its own; a day is longer than any sync. */
const WAIT_MS = 24 * 60 * 60 * 1000;

/** What one run of a command works with. */
export interface CliContext {
  args: Arguments;
  dataDir: string;
  settings: Settings;
  clock: Clock;
  tokens: TokenStore;
  pins: Pins;
  workspace: Workspace;
  /** Aborts when the person or the system stops the program. */
  signal: AbortSignal;
  /** Shows passing progress on standard error, where somebody watches. */
  tell(text: string): void;
  /** Tells what must not be overlooked, in one line on standard error. */
  warn(sentence: string): void;
}

/** How a command ended: for programs, for people, and whether something is left that needs a person. */
export interface Outcome {
  json: object;
  text: string;
  needsPerson: boolean;
}

export type Command = (context: CliContext) => Promise<Outcome>;

/** The version that the program's package says it has. */
export function programVersion(): string {
  const file: unknown = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  return z.object({ version: z.string() }).parse(file).version;
}

function clockOf(args: Arguments): Clock {
  const now = args.value('now');
  if (now === undefined) return systemClock();
  const fixed = instantMs(now);
  if (fixed === null) {
    throw new AppError('USAGE', 'The option --now needs an instant with its zone, like 2026-01-31T09:00:00Z.');
  }
  return systemClock(fixed);
}

/** What the command line, the environment and the settings file say, put together. */
export function createContext(
  args: Arguments,
  { env, signal, progress: tell, tell: warn }: Terminal,
  dataDirInstead?: string,
): CliContext {
  const named = dataDirInstead ?? args.value('data-dir');
  const dataDir =
    named === undefined ? defaultDataDir({ platform: process.platform, env, homeDir: homedir() }) : resolve(named);
  const settings = readSettings(dataDir, Intl.DateTimeFormat().resolvedOptions().locale, warn);
  const clock = clockOf(args);
  const tokens = envTokenStore(env);
  const workspace = createWorkspace({
    dataDir,
    resourcesDir: RESOURCES_DIR,
    tokens,
    auditKeys: envAuditKeys(env),
    settings: () => settings,
    clock,
    random: Math.random,
    fetch: nodeFetch,
    engineWorker: ENGINE_WORKER,
    sandboxWorker: SANDBOX_WORKER,
    programVersion: programVersion(),
  });
  return { args, dataDir, settings, clock, tokens, pins: envPins(env), workspace, signal, tell, warn };
}

/** The name that `--connection` gives. */
export function connectionNameOf({ args }: CliContext): string {
  return args.value('connection') ?? 'default';
}

/** How long a writing command waits for the connection: without `--wait`, not at all. */
export function waitMsOf(args: Arguments): number {
  return args.has('wait') ? WAIT_MS : 0;
}

/**
 * Opens the connection. For reading it works beside an open window, with a warning where orders may be missing; for
 * writing it needs the connection for itself and waits for it with `--wait`; what is written then is in the name of the
 * person whom `--as` names. Stopping the program ends the wait.
 */
export async function openConnection(context: CliContext, access: 'read' | 'write'): Promise<Connection> {
  const { args, workspace, signal, warn } = context;
  const options = access === 'read' ? { readOnly: true } : { waitMs: waitMsOf(args) };
  const connection = await untilStopped(workspace.open(connectionNameOf(context), options), signal);
  if (access === 'read') {
    const warning = dataWarning(await connection.reader.dataState());
    if (warning !== null) warn(warning);
  }
  const kept = await connection.reader.damagedCopy();
  if (kept !== null)
    warn(
      `Warning: the copy of the orders was damaged. It is kept as ${kept}; sync fetches the orders again. The corrections are kept.`,
    );
  const name = args.value('as');
  if (name !== undefined && access === 'write') {
    // The true time: with one of the caller's choice, the pause after wrong PINs would be over at once.
    await connection.writer.signIn({ name, pin: context.pins.present(), nowMs: systemClock().now() });
  }
  return connection;
}

/** Opens the connection for reading, with findings as of now and not as of the last sync. */
export async function openForFindings(context: CliContext): Promise<Connection> {
  const connection = await openConnection(context, 'read');
  const { erpHours, timeZone } = context.settings;
  await connection.reader.refreshFindings({ nowMs: context.clock.now(), erpHours, timeZone });
  return connection;
}

/** Opens the connection for writing, with the stored findings as of now: decisions are made about those. */
export async function openForDeciding(context: CliContext): Promise<Connection> {
  const connection = await openConnection(context, 'write');
  const { erpHours, timeZone } = context.settings;
  await connection.writer.runChecks({ nowMs: context.clock.now(), erpHours, timeZone, all: false });
  return connection;
}

/** Work that cannot be stopped itself: its result is no longer waited for once the program is stopped. */
export async function untilStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(new AppError('CANCELLED', 'The command was stopped.'));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The period that `--from` and `--to` name. @throws AppError VALUE_INVALID for a day or a period that is none. */
export function periodOf({ args, settings }: CliContext): Period {
  const period: Period = { from: args.value('from') ?? null, to: args.value('to') ?? null };
  periodBounds(period, settings.timeZone);
  return period;
}
