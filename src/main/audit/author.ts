import { hostname, userInfo } from 'node:os';
import type { Author } from './journal.ts';

/** The user of the operating system and the name of this computer, where the system tells. */
export function systemAuthor(): Author {
  return { who: userName(), host: hostname() || 'unknown', profile: null };
}

/** A user without an entry in the system's list of users makes `userInfo` throw. */
function userName(): string {
  try {
    return userInfo().username || 'unknown';
  } catch {
    return 'unknown';
  }
}
