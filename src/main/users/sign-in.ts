import type { KeyObject } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { User } from '../../shared/users.ts';
import { type AuthoredFiles, appendJournal, type JournalAction } from '../audit/journal.ts';
import { validPin } from './people.ts';
import { openKey, type PinCost, sealKey } from './sealed-key.ts';
import type { Session } from './session.ts';
import { type RawUser, requirePerson, toUser } from './user-store.ts';

/** So many wrong PINs in a row pause signing in; each further one doubles the pause, up to a day. */
const FREE_FAILURES = 5;
const FIRST_PAUSE_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 24 * 60 * 60_000;

/** How long a person must wait after so many wrong PINs in a row, milliseconds. */
export function pauseMs(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures - FREE_FAILURES, 30), LONGEST_PAUSE_MS);
}

/**
 * From now on what this thread writes is in this person's name. A right PIN forgets the wrong ones before it.
 * @throws AppError USER_UNKNOWN, PIN_WRONG, PIN_PAUSED
 */
export function signIn(
  files: AuthoredFiles,
  session: Session,
  { name, pin, nowMs }: { name: string; pin: string; nowMs: number },
): User {
  const { person, key } = openWithPin(files, { name, pin, nowMs });
  const user = noteSuccess(files, person, { action: 'user.sign-in', by: person.name, nowMs });
  session.person = { name: person.name, publicKey: person.public_key, key };
  files.author.profile = person.name;
  return user;
}

/** Locks a person's key with another PIN. @throws AppError USER_UNKNOWN, PIN_WRONG, PIN_PAUSED, VALUE_INVALID */
export function changePin(
  files: AuthoredFiles,
  cost: PinCost,
  { name, pin, newPin, nowMs }: { name: string; pin: string; newPin: string; nowMs: number },
): User {
  const wanted = validPin(newPin);
  const { person, key } = openWithPin(files, { name, pin, nowMs });
  const { salt, sealed } = sealKey(key, wanted, cost);
  const changed = { ...person, salt, sealed_key: sealed };
  return noteSuccess(files, changed, { action: 'user.change-pin', by: files.author.profile, nowMs });
}

/** A right PIN: what was counted is forgotten, and what it was given for is recorded. */
function noteSuccess(
  { local, author }: AuthoredFiles,
  person: RawUser,
  { action, by, nowMs }: { action: JournalAction; by: string | null; nowMs: number },
): User {
  return local
    .transaction(() => {
      local
        .prepare('UPDATE main.users SET salt = ?, sealed_key = ?, failures = 0, paused_until_ms = 0 WHERE id = ?')
        .run(person.salt, person.sealed_key, person.id);
      appendJournal(local, {
        ...author,
        profile: by,
        atMs: nowMs,
        action,
        subject: `user ${person.name}`,
        before: null,
        after: null,
        reason: null,
        undoes: null,
      });
      return toUser({ ...person, paused_until_ms: 0 }, nowMs);
    })
    .immediate();
}

/** The person's key, opened with the PIN. A wrong one is counted and journalled before it is refused. */
function openWithPin(
  files: AuthoredFiles,
  { name, pin, nowMs }: { name: string; pin: string; nowMs: number },
): { person: RawUser; key: KeyObject } {
  const person = requirePerson(files.local, name);
  const { salt, sealed_key: sealed } = person;
  if (person.disabled_ms !== null) throw cannotSignIn(`${person.name} is disabled and cannot sign in.`);
  if (salt === null || sealed === null) {
    throw cannotSignIn(`${person.name} works at another workstation and signs in there.`);
  }
  if (person.paused_until_ms > nowMs) throw paused(person.paused_until_ms);
  const key = openKey({ salt, sealed }, pin);
  if (key === null) throw countFailure(files, person, nowMs);
  return { person, key };
}

function countFailure({ local, author }: AuthoredFiles, person: RawUser, nowMs: number): AppError {
  const failures = person.failures + 1;
  const until = pauseMs(failures) === 0 ? 0 : nowMs + pauseMs(failures);
  local
    .transaction(() => {
      local
        .prepare('UPDATE main.users SET failures = ?, paused_until_ms = ? WHERE id = ?')
        .run(failures, until, person.id);
      appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'user.refused',
        subject: `user ${person.name}`,
        before: null,
        after: { failures, pausedUntil: until === 0 ? null : new Date(until).toISOString() },
        reason: null,
        undoes: null,
      });
    })
    .immediate();
  if (until > 0) return paused(until);
  return new AppError('PIN_WRONG', `This is not the PIN of ${person.name}. Enter the right one.`);
}

function paused(untilMs: number): AppError {
  const until = new Date(untilMs).toISOString();
  return new AppError('PIN_PAUSED', `There were too many wrong PINs. Signing in is paused until ${until}.`, {
    retryable: true,
    details: { until },
  });
}

function cannotSignIn(message: string): AppError {
  return new AppError('USER_UNKNOWN', message);
}
