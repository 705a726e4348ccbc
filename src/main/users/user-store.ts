import { AppError } from '../../shared/errors.ts';
import type { User } from '../../shared/users.ts';
import type { SqliteFile } from '../database/open.ts';
import { fingerprintOf } from './signing-keys.ts';

/** A person as the table keeps one. `salt` and `sealed_key` are null for somebody who works at another workstation. */
export interface RawUser {
  id: number;
  name: string;
  public_key: string;
  salt: Buffer | null;
  sealed_key: Buffer | null;
  created_ms: number;
  disabled_ms: number | null;
  /** Wrong PINs in a row. */
  failures: number;
  paused_until_ms: number;
}

/** The person with this name, without regard to case. `local` is the writer's connection to `local.db`. */
export function personNamed(local: SqliteFile, name: string): RawUser | undefined {
  const wanted = name.trim().normalize('NFC').toLowerCase();
  // SQLite compares only ASCII letters without case.
  return everybody(local, 'main').find((each) => each.name.toLowerCase() === wanted);
}

/** @throws AppError USER_UNKNOWN */
export function requirePerson(local: SqliteFile, name: string): RawUser {
  const found = personNamed(local, name);
  if (found === undefined) {
    throw new AppError(
      'USER_UNKNOWN',
      `There is no person "${name.slice(0, 40)}" here. List the people for their names.`,
    );
  }
  return found;
}

/** Everybody, those who are disabled too, by name. */
export function everybody(file: SqliteFile, place: 'main' | 'local'): RawUser[] {
  return file.prepare<[], RawUser>(`SELECT * FROM ${place}.users ORDER BY name, id`).all();
}

/** Whether the person can sign in here. */
export function canSignIn(person: RawUser): boolean {
  return person.disabled_ms === null && person.sealed_key !== null;
}

/** A person as it is shown; nothing of the PIN. */
export function toUser(person: RawUser, nowMs: number): User {
  return {
    name: person.name,
    fingerprint: fingerprintOf(person.public_key),
    local: person.sealed_key !== null,
    createdAt: new Date(person.created_ms).toISOString(),
    disabled: person.disabled_ms !== null,
    pausedUntil: person.paused_until_ms > nowMs ? new Date(person.paused_until_ms).toISOString() : null,
  };
}
