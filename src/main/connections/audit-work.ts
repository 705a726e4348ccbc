import type { AuditEntry, AuditFilter, AuditVerdict } from '../../shared/audit.ts';
import { AppError } from '../../shared/errors.ts';
import type { ReportRequest, ReportResult } from '../../shared/reports.ts';
import type { Settings } from '../../shared/settings.ts';
import type { AuditKeys } from '../audit/keys.ts';
import type { AuditWriter } from '../audit/service.ts';
import type { ReaderService, Remote } from '../engine/services.ts';
import type { Clock } from './ports.ts';

/** Something that is recorded and happens outside the writer thread. */
export type Recorded = Omit<Parameters<AuditWriter['recordAction']>[0], 'nowMs' | 'reason'> & { reason?: string };

/** The audit trail as the window and the command line work with it. */
export interface AuditWork {
  /** Entries, newest first. */
  window(args: { filter: AuditFilter; offset: number; limit: number }): Promise<{
    total: number;
    offset: number;
    rows: AuditEntry[];
  }>;
  /** Recomputes the whole chain with the key at hand. */
  verify(): Promise<AuditVerdict>;
  /** Records something that has happened. @returns whether it could be: false where another program holds the files */
  record(entry: Recorded): Promise<boolean>;
  /** Records a file that was written; the answer says so only where it could not be. */
  recordExport(entry: Recorded): Promise<{ audited?: false }>;
}

interface AuditParts {
  name: string;
  auditKeys: AuditKeys;
  reader: Remote<ReaderService>;
  /** Does something with the writer, or with one that is there only for it. @throws AppError DATA_* */
  withWriter<T>(work: (writer: Remote<AuditWriter>) => Promise<T>): Promise<T>;
  settings: () => Pick<Settings, 'timeZone'>;
  clock: Clock;
}

/** Puts the threads and the keys of one connection behind its audit trail. */
export function createAuditWork({ name, auditKeys, reader, withWriter, settings, clock }: AuditParts): AuditWork {
  async function record(entry: Recorded): Promise<boolean> {
    try {
      const nowMs = clock.now();
      await withWriter((writer) => writer.recordAction({ reason: null, ...entry, nowMs }));
      return true;
    } catch (thrown) {
      // What happened has happened: it is said that the trail does not have it.
      if (thrown instanceof AppError && thrown.code.startsWith('DATA_')) return false;
      throw thrown;
    }
  }

  return {
    window: (args) => reader.auditWindow({ ...args, timeZone: settings().timeZone }),
    async verify() {
      const key = await auditKeys.ofConnection(name);
      return reader.auditVerify({ keys: key === null ? [] : [key] });
    },
    record,
    recordExport: async (entry) => ((await record(entry)) ? {} : { audited: false }),
  };
}

/** What is recorded of a report. Its file is known by its hash: names of files may name people. */
export function reportEntry({ kind, format, period, language }: ReportRequest, result: ReportResult): Recorded {
  const { rows, sha256 } = result;
  return {
    action: 'report.export',
    subject: `report ${kind}`,
    before: null,
    after: { format, period: { ...period }, language, rows, sha256 },
  };
}

/** What is recorded of rejected rows that were written to a file. */
export function rejectedEntry(statement: number, rows: number): Recorded {
  const subject = `rejected rows of statement ${statement}`;
  return { action: 'report.export', subject, before: null, after: { format: 'csv', rows } };
}

/** Where a connection points; credentials are named, never kept. */
interface Place {
  baseUrl: string;
  oms: string | null;
}

/** What is recorded of a connection that is made, or made again; `before` null = there was none. */
export function connectionEntry(name: string, before: Place | null, after: Place): Recorded {
  const made = { ...after, credentials: 'given' };
  return { ...changeOf(name), before: before === null ? null : { ...before }, after: made };
}

/** What is recorded of credentials that take the place of others. */
export function credentialsEntry(name: string): Recorded {
  return { ...changeOf(name), before: null, after: { credentials: 'given' } };
}

/** What is recorded of an OMS that is given or taken away. */
export function omsEntry(name: string, before: string | null, after: string | null): Recorded {
  return { ...changeOf(name), before: { oms: before }, after: { oms: after } };
}

const changeOf = (name: string) => ({ action: 'connection.change', subject: `connection ${name}` }) as const;

/** Settings that change results or what reports say. */
const OF_RESULTS = ['timeZone', 'erpHours', 'company', 'negativeStyle'] as const satisfies (keyof Settings)[];

/** What is recorded of changed settings; null = none of them changes results. */
export function settingsEntry(before: Settings, after: Settings): Recorded | null {
  const changed = OF_RESULTS.filter((name) => before[name] !== after[name]);
  if (changed.length === 0) return null;
  const pick = (from: Settings) => Object.fromEntries(changed.map((name) => [name, from[name]]));
  return {
    action: 'settings.change',
    subject: `settings ${changed.join(', ')}`,
    before: pick(before),
    after: pick(after),
  };
}
