import type { KeyObject } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { AuthoredFiles } from '../audit/journal.ts';

/** A person who gave the right PIN. The key signs in this person's name; it lives in the writer thread's memory only. */
export interface SignedIn {
  name: string;
  /** Hex of the raw public key. */
  publicKey: string;
  key: KeyObject;
}

/** Who is signed in at a connection that is open for writing. Ends with the connection. */
export interface Session {
  person: SignedIn | null;
}

/** @throws AppError USER_NEEDED when nobody is signed in; `what` is what that was needed for */
export function requireSignedIn(session: Session, what: string): SignedIn {
  if (session.person !== null) return session.person;
  throw new AppError('USER_NEEDED', `${what} needs a person who is signed in. Sign in with name and PIN first.`);
}

/** Ends it: what is written from now on is in nobody's name but the system user's. */
export function signOut(files: AuthoredFiles, session: Session): void {
  session.person = null;
  files.author.profile = null;
}
