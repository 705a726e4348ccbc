import { appendJournal, type NewJournalEntry } from '../../src/main/audit/journal.ts';
import { type AuditKey, toAuditKey } from '../../src/main/audit/keys.ts';
import { chainOldEntries, setAuditKey } from '../../src/main/audit/trail.ts';
import { migrate } from '../../src/main/database/migrate.ts';
import { LOCAL_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import { closeAfterTest, NOW_MS, tempFolder } from './engine.ts';

export const KEY = toAuditKey(new Uint8Array(32).fill(7));
export const OTHER_KEY = toAuditKey(new Uint8Array(32).fill(8));

/** An entry of the audit trail as a test wants it. */
export function newEntry(given: Partial<NewJournalEntry> = {}): NewJournalEntry {
  return {
    who: 'ayse',
    host: 'desk-1',
    profile: null,
    atMs: NOW_MS,
    action: 'settings.change',
    subject: 'settings erpHours',
    before: { erpHours: 24 },
    after: { erpHours: 48 },
    reason: null,
    undoes: null,
    ...given,
  };
}

/** A trail in memory, with the folder in which its head is kept. Closed after the test. */
export function openTrail() {
  const local = closeAfterTest(openSqlite(':memory:', { readonly: false }));
  migrate(local, LOCAL_MIGRATIONS);
  chainOldEntries(local);
  return { local, folder: tempFolder() };
}

/** Adds entries under these keys, one each; null = without a key. */
export function addEntries(local: SqliteFile, keys: readonly (AuditKey | null)[]): void {
  for (const [place, key] of keys.entries()) {
    setAuditKey(local, key);
    const subject = `settings ${place}`;
    appendJournal(local, newEntry({ subject, atMs: NOW_MS + place * 1_000, after: { erpHours: place } }));
  }
}

/** Takes away what keeps the program itself from changing entries: whoever has the file can do that. */
export function dropGuards(file: SqliteFile): void {
  file.exec('DROP TRIGGER journal_unchanged; DROP TRIGGER journal_kept; PRAGMA foreign_keys = OFF');
}
