import type { AuditEntry, AuditFilter, AuditVerdict } from '../../shared/audit.ts';
import type { JsonValue } from '../../shared/canonical-json.ts';
import type { SqliteFile } from '../database/open.ts';
import { readHeadFile } from './head.ts';
import { type AuthoredFiles, appendJournal, type JournalAction } from './journal.ts';
import { toAuditKey } from './keys.ts';
import { createAuditSearch } from './read.ts';
import { verifyChain } from './verify.ts';

/** What the parts of main outside the writer thread record in the audit trail. */
export interface AuditWriter {
  /** Records something that happened outside this thread, like an export or a changed setting. @returns the entry's id */
  recordAction(args: {
    action: JournalAction;
    subject: string;
    before: JsonValue;
    after: JsonValue;
    reason: string | null;
    nowMs: number;
  }): number;
}

export interface AuditReader {
  /** Entries, newest first. */
  auditWindow(args: { filter: AuditFilter; timeZone: string; offset: number; limit: number }): {
    total: number;
    offset: number;
    rows: AuditEntry[];
  };
  /** Recomputes the whole chain; `keys` are the keys at hand, 32 bytes each. */
  auditVerify(args: { keys: Uint8Array[] }): AuditVerdict;
}

/** What the writer thread offers. */
export function createAuditWriter({ local, author }: AuthoredFiles): AuditWriter {
  return {
    recordAction: ({ nowMs, ...entry }) =>
      local.transaction(() => appendJournal(local, { ...author, ...entry, atMs: nowMs, undoes: null })).immediate(),
  };
}

/** Records that a person took orders for vanished that a complete reading had not met. */
export function recordVanished({ local, author }: AuthoredFiles, vanished: number, nowMs: number): void {
  local
    .transaction(() =>
      appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'orders.accept-vanished',
        subject: `${vanished} orders`,
        before: null,
        after: { vanished },
        reason: null,
        undoes: null,
      }),
    )
    .immediate();
}

/** What the reader thread offers. `file` has `local.db` attached as `local`. */
export function createAuditReader(file: SqliteFile, folder: string): AuditReader {
  return {
    auditWindow: createAuditSearch(file),
    auditVerify: ({ keys }) => {
      // Before the table is read: the file never runs ahead of the table, but what is added meanwhile would.
      const outside = readHeadFile(folder);
      return verifyChain(file, 'local', { keys: keys.map(toAuditKey), outside });
    },
  };
}
