import { AppError } from '../../../shared/errors.ts';
import {
  type StatementKind,
  type StatementProfile,
  type StatementSpec,
  statementProfile,
} from '../../../shared/statements.ts';
import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { Place } from './statements-read.ts';

interface RawProfile {
  name: string;
  kind: string;
  version: number;
  spec: string;
}

function toProfile({ spec, ...raw }: RawProfile): StatementProfile {
  return statementProfile.parse({ ...raw, spec: JSON.parse(spec) });
}

/** Profiles by name. */
export function listProfiles(file: SqliteFile, place: Place): StatementProfile[] {
  return file
    .prepare<[], RawProfile>(`SELECT name, kind, version, spec FROM ${place}.profiles ORDER BY name`)
    .all()
    .map(toProfile);
}

/** @throws AppError PROFILE_UNKNOWN */
export function profileNamed(file: SqliteFile, place: Place, name: string): StatementProfile {
  const raw = file
    .prepare<[string], RawProfile>(`SELECT name, kind, version, spec FROM ${place}.profiles WHERE name = ?`)
    .get(name);
  if (raw === undefined) {
    throw new AppError(
      'PROFILE_UNKNOWN',
      `There is no profile "${name.slice(0, 80)}". List them with: statements profiles`,
    );
  }
  return toProfile(raw);
}

/** Saves a profile and notes it in the journal; one of that name gets the next version. */
export function saveProfile(
  { local, author }: AuthoredFiles,
  { name, kind, spec, nowMs }: { name: string; kind: StatementKind; spec: StatementSpec; nowMs: number },
): StatementProfile {
  return local.transaction(() => {
    const before = listProfiles(local, 'main').find((each) => each.name === name) ?? null;
    const saved = statementProfile.parse({ name, kind, version: (before?.version ?? 0) + 1, spec });
    local
      .prepare(
        `INSERT INTO main.profiles (name, kind, version, spec, saved_ms) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, version = excluded.version, spec = excluded.spec,
           saved_ms = excluded.saved_ms`,
      )
      .run(name, kind, saved.version, JSON.stringify(spec), nowMs);
    appendJournal(local, {
      ...author,
      atMs: nowMs,
      action: 'profile.save',
      subject: `profile ${name}`,
      before: before === null ? null : journalForm(before),
      after: journalForm(saved),
      reason: null,
      undoes: null,
    });
    return saved;
  })();
}

/** Removes a profile and notes it in the journal. @throws AppError PROFILE_UNKNOWN */
export function removeProfile({ local, author }: AuthoredFiles, name: string, nowMs: number): void {
  local.transaction(() => {
    const before = profileNamed(local, 'main', name);
    local.prepare('DELETE FROM main.profiles WHERE name = ?').run(name);
    appendJournal(local, {
      ...author,
      atMs: nowMs,
      action: 'profile.remove',
      subject: `profile ${name}`,
      before: journalForm(before),
      after: null,
      reason: null,
      undoes: null,
    });
  })();
}

function journalForm({ kind, version, spec }: StatementProfile) {
  return { kind, version, spec: JSON.stringify(spec) };
}
