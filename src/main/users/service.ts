import type { ControlRules, User, VersionedControl } from '../../shared/users.ts';
import type { AuthoredFiles } from '../audit/journal.ts';
import type { SqliteFile } from '../database/open.ts';
import { setControl } from './choose-control.ts';
import { readControl } from './control.ts';
import { addUser, disableUser, identityFile, importIdentity } from './people.ts';
import type { PinCost } from './sealed-key.ts';
import { type Session, signOut } from './session.ts';
import { changePin, signIn } from './sign-in.ts';
import { everybody, toUser } from './user-store.ts';

/** People with a PIN and the rules of control, in the writer thread. Each change is journalled; PINs never are. */
export interface UserWriter {
  /** The first person may be added by anybody, others by somebody signed in. @throws AppError USER_EXISTS, VALUE_INVALID, USER_NEEDED */
  addUser(args: { name: string; pin: string; nowMs: number }): User;
  /** @throws AppError USER_UNKNOWN, PIN_WRONG, PIN_PAUSED, VALUE_INVALID */
  changePin(args: { name: string; pin: string; newPin: string; nowMs: number }): User;
  /** The person keeps standing in the records and can sign in no more. @throws AppError USER_UNKNOWN, USER_NEEDED, VALUE_INVALID */
  disableUser(args: { name: string; nowMs: number }): User;
  /** From now on what this thread writes is signed with this person's name. @throws AppError USER_UNKNOWN, PIN_WRONG, PIN_PAUSED */
  signIn(args: { name: string; pin: string; nowMs: number }): User;
  signOut(): null;
  signedIn(): string | null;
  /** A person's identity file: name and public key. @throws AppError USER_UNKNOWN */
  identityFile(args: { name: string }): { name: string; text: string };
  /** Accepts a person from another workstation. @throws AppError FILE_REFUSED, USER_EXISTS, USER_NEEDED */
  importIdentity(args: { text: string; nowMs: number }): User;
  /** @throws AppError VALUE_INVALID, USER_NEEDED, BATCH_STATE (maker-checker is not switched while a batch waits) */
  setControl(args: { rules: ControlRules; reason: string; nowMs: number }): VersionedControl;
}

export interface UserReader {
  users(args: { nowMs: number }): User[];
  control(): VersionedControl;
}

/** The writer's part. `session` is shared with the batches; `cost` is what trying a PIN costs. */
export function createUserWriter(files: AuthoredFiles, session: Session, cost: PinCost): UserWriter {
  return {
    addUser: (args) => addUser(files, session, { ...args, cost }),
    changePin: (args) => changePin(files, cost, args),
    disableUser: (args) => disableUser(files, session, args),
    signIn: (args) => signIn(files, session, args),
    signOut: () => {
      signOut(files, session);
      return null;
    },
    signedIn: () => session.person?.name ?? null,
    identityFile: (args) => identityFile(files.local, args),
    importIdentity: (args) => importIdentity(files, session, args),
    setControl: (args) => setControl(files, session, args),
  };
}

/** The reader's part; `file` is `cache.db`, read-only, with `local.db` attached as `local`. */
export function createUserReader(file: SqliteFile): UserReader {
  return {
    users: ({ nowMs }) => everybody(file, 'local').map((person) => toUser(person, nowMs)),
    control: () => readControl(file, 'local'),
  };
}
