import type { AuditAction } from '../../shared/audit.ts';
import { canonicalJson, type JsonValue } from '../../shared/canonical-json.ts';
import { AppError } from '../../shared/errors.ts';
import type { WriterFiles } from '../database/connection-files.ts';
import type { SqliteFile } from '../database/open.ts';
import { maskPersonal } from './mask.ts';
import { appendToChain } from './trail.ts';

/** What the journal records. */
export type JournalAction = AuditAction;

/** Who works: the user of the operating system, the computer, and the person who signed in with a PIN. */
export interface Author {
  who: string;
  host: string;
  /** Null = nobody has signed in. Changes while the files stay open: read it when an entry is written. */
  profile: string | null;
}

/** The two files, with whom entries of the journal name. */
export interface AuthoredFiles extends WriterFiles {
  author: Author;
}

/** What happened. `before` and `after` hold ids, codes and amounts: never personal data, never a token. */
export interface NewJournalEntry extends Author {
  atMs: number;
  action: JournalAction;
  /** What it is about, like `finding amount.total 1200` or `statement 3`. */
  subject: string;
  before: JsonValue;
  after: JsonValue;
  /** The person's own words; null = none were given. */
  reason: string | null;
  /** The entry that this one takes back; null = none. */
  undoes: number | null;
}

/** An entry as it stands in the journal. */
export interface JournalEntry extends NewJournalEntry {
  id: number;
}

const COLUMNS = 'id, at_ms, who, host, profile, action, subject, before, after, reason, undoes';

interface RawEntry {
  id: number;
  at_ms: number;
  who: string;
  host: string;
  profile: string | null;
  action: JournalAction;
  subject: string;
  before: string | null;
  after: string | null;
  reason: string | null;
  undoes: number | null;
}

/**
 * The one way into the journal; entries are only ever added, each chained to the one before. Call it within the
 * transaction of what it records. `local` is the writer's connection to `local.db`. Personal data in the reason is masked;
 * half of a surrogate pair, which SQLite cannot store, is replaced.
 * @returns the entry's id
 * @throws AppError UNDO_REFUSED when `undoes` names an entry that is undone already
 */
export function appendJournal(local: SqliteFile, entry: NewJournalEntry): number {
  if (entry.undoes !== null && undoneBy(local, entry.undoes) !== null) throw undoneTwice(entry.undoes);
  return appendToChain(local, {
    at_ms: entry.atMs,
    who: entry.who.toWellFormed(),
    host: entry.host.toWellFormed(),
    profile: entry.profile?.toWellFormed() ?? null,
    action: entry.action,
    subject: entry.subject.toWellFormed(),
    before: textOf(entry.before),
    after: textOf(entry.after),
    reason: entry.reason === null ? null : maskPersonal(entry.reason.toWellFormed()),
    undoes: entry.undoes,
  });
}

/** One entry, or undefined. `place` is the name under which the connection has `local.db`. */
export function readJournalEntry(file: SqliteFile, place: 'main' | 'local', id: number): JournalEntry | undefined {
  const raw = file.prepare<[number], RawEntry>(`SELECT ${COLUMNS} FROM ${place}.journal WHERE id = ?`).get(id);
  return raw === undefined ? undefined : toEntry(raw);
}

/** Entries, newest first; `place` is the name under which the connection has `local.db`. */
export function readJournal(
  file: SqliteFile,
  place: 'main' | 'local',
  { offset, limit }: { offset: number; limit: number },
): { total: number; entries: JournalEntry[] } {
  const total = Number(file.prepare(`SELECT count(*) FROM ${place}.journal`).pluck().get());
  const raws = file
    .prepare<[number, number], RawEntry>(`SELECT ${COLUMNS} FROM ${place}.journal ORDER BY id DESC LIMIT ? OFFSET ?`)
    .all(limit, offset);
  return { total, entries: raws.map(toEntry) };
}

/** The entry that takes this one back, or null. */
export function undoneBy(local: SqliteFile, id: number): number | null {
  const found = local.prepare('SELECT id FROM main.journal WHERE undoes = ?').pluck().get(id);
  return found === undefined ? null : Number(found);
}

/** The refusal to take the same entry back a second time. */
export function undoneTwice(id: number): AppError {
  return new AppError('UNDO_REFUSED', `Entry ${id} has been undone already; nothing was changed.`, {
    details: { entry: id },
  });
}

function toEntry({ at_ms, before, after, ...raw }: RawEntry): JournalEntry {
  return { ...raw, atMs: at_ms, before: parsed(before), after: parsed(after) };
}

function textOf(value: JsonValue): string | null {
  return value === null ? null : canonicalJson(value);
}

function parsed(text: string | null): JsonValue {
  return text === null ? null : JSON.parse(text);
}
