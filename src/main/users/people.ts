import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { type User, userName, userPin } from '../../shared/users.ts';
import { type AuthoredFiles, appendJournal, type JournalAction } from '../audit/journal.ts';
import type { SqliteFile } from '../database/open.ts';
import { readControl } from './control.ts';
import { type PinCost, sealKey } from './sealed-key.ts';
import { requireSignedIn, type Session, signOut } from './session.ts';
import { fileRefused, fileText, openFileText } from './signed-text.ts';
import { fingerprintOf, newSigningKey, publicKeyText } from './signing-keys.ts';
import { canSignIn, everybody, personNamed, requirePerson, toUser } from './user-store.ts';

/**
 * Adds a person with a PIN and a new key pair. The first may be added by anybody; after that, only by somebody signed in.
 * @throws AppError USER_EXISTS, VALUE_INVALID, USER_NEEDED
 */
export function addUser(
  files: AuthoredFiles,
  session: Session,
  { name, pin, nowMs, cost }: { name: string; pin: string; nowMs: number; cost: PinCost },
): User {
  const given = userName.safeParse(name.normalize('NFC'));
  if (!given.success) {
    throw new AppError(
      'VALUE_INVALID',
      'A name has 1 to 40 letters, digits, spaces, points, _ or - signs. Choose another.',
    );
  }
  requireKeeper(files, session, 'Adding a person');
  requireFree(files.local, given.data);
  const { publicKey, key } = newSigningKey();
  const { salt, sealed } = sealKey(key, validPin(pin), cost);
  return store(files, { name: given.data, publicKey, salt, sealed, action: 'user.add', nowMs });
}

/** @throws AppError VALUE_INVALID, which does not repeat what was given */
export function validPin(pin: string): string {
  const given = userPin.safeParse(pin);
  if (!given.success) throw new AppError('VALUE_INVALID', 'A PIN has 4 to 64 characters. Choose another.');
  return given.data;
}

/**
 * The person keeps standing in the records and can sign in no more; approvals from elsewhere count no more.
 * @throws AppError USER_UNKNOWN; USER_NEEDED; VALUE_INVALID when nobody could sign in afterwards, or too few people would
 * be left for a second person's approval
 */
export function disableUser(
  files: AuthoredFiles,
  session: Session,
  { name, nowMs }: { name: string; nowMs: number },
): User {
  const { local, author } = files;
  return local
    .transaction(() => {
      const person = requirePerson(local, name);
      requireKeeper(files, session, 'Disabling a person');
      if (person.disabled_ms !== null) throw new AppError('VALUE_INVALID', `${person.name} is disabled already.`);
      requireEnoughLeft(local, person.id);
      local.prepare('UPDATE main.users SET disabled_ms = ? WHERE id = ?').run(nowMs, person.id);
      appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'user.disable',
        subject: `user ${person.name}`,
        before: { disabled: false },
        after: { disabled: true },
        reason: null,
        undoes: null,
      });
      if (session.person?.name === person.name) signOut(files, session);
      return toUser({ ...person, disabled_ms: nowMs }, nowMs);
    })
    .immediate();
}

function requireEnoughLeft(local: SqliteFile, without: number): void {
  const left = everybody(local, 'main').filter(({ id, disabled_ms }) => id !== without && disabled_ms === null);
  if (!left.some(canSignIn)) {
    throw new AppError('VALUE_INVALID', 'Nobody could sign in here any more. Add another person first.');
  }
  if (readControl(local, 'main').rules.makerChecker && left.length < 2) {
    throw new AppError(
      'VALUE_INVALID',
      'The approval of a second person needs at least two people. Add another first.',
    );
  }
}

const identitySchema = z.strictObject({
  format: z.literal('mutabakat-identity'),
  version: z.literal(1),
  name: userName,
  publicKey: publicKeyText,
  fingerprint: z.string().max(40),
});

/** A person's identity file: name, public key and its fingerprint, nothing secret. @throws AppError USER_UNKNOWN */
export function identityFile(local: SqliteFile, { name }: { name: string }): { name: string; text: string } {
  const person = requirePerson(local, name);
  const { public_key: publicKey } = person;
  const fingerprint = fingerprintOf(publicKey);
  return {
    name: `Mutabakat_identity_${person.name.replaceAll(' ', '_')}.json`,
    text: fileText({ format: 'mutabakat-identity', version: 1, name: person.name, publicKey, fingerprint }),
  };
}

/** Accepts a person from another workstation. @throws AppError FILE_REFUSED, USER_EXISTS, USER_NEEDED */
export function importIdentity(
  files: AuthoredFiles,
  session: Session,
  { text, nowMs }: { text: string; nowMs: number },
): User {
  const { name, publicKey, fingerprint } = openFileText(text, identitySchema, 'an identity file');
  if (fingerprint !== fingerprintOf(publicKey))
    throw fileRefused('does not fit its own fingerprint. Ask for it again.');
  requireKeeper(files, session, 'Accepting a person from another workstation');
  requireFree(files.local, name);
  const known = everybody(files.local, 'main').find(({ public_key }) => public_key === publicKey);
  if (known !== undefined) throw new AppError('USER_EXISTS', `This key is known here already, as ${known.name}'s.`);
  return store(files, { name, publicKey, salt: null, sealed: null, action: 'user.import', nowMs });
}

/** Once somebody can sign in here, people are added and disabled in somebody's name. */
function requireKeeper({ local }: AuthoredFiles, session: Session, what: string): void {
  if (everybody(local, 'main').some(canSignIn)) requireSignedIn(session, what);
}

function requireFree(local: SqliteFile, name: string): void {
  const known = personNamed(local, name);
  if (known !== undefined)
    throw new AppError('USER_EXISTS', `There is a person "${known.name}" already. Choose another name.`);
}

function store(
  { local, author }: AuthoredFiles,
  person: {
    name: string;
    publicKey: string;
    salt: Buffer | null;
    sealed: Buffer | null;
    action: JournalAction;
    nowMs: number;
  },
): User {
  const { name, publicKey, salt, sealed, action, nowMs } = person;
  return local
    .transaction(() => {
      local
        .prepare('INSERT INTO main.users (name, public_key, salt, sealed_key, created_ms) VALUES (?, ?, ?, ?, ?)')
        .run(name, publicKey, salt, sealed, nowMs);
      appendJournal(local, {
        ...author,
        atMs: nowMs,
        action,
        subject: `user ${name}`,
        before: null,
        after: { name, fingerprint: fingerprintOf(publicKey) },
        reason: null,
        undoes: null,
      });
      return toUser(requirePerson(local, name), nowMs);
    })
    .immediate();
}
