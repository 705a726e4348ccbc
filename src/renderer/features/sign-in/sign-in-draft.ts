import type { CallRequest } from '../../../shared/ipc/contract.ts';

/** What a person has typed to sign in with so far. It leaves the form for main and is forgotten. */
export interface SignInDraft {
  way: 'token' | 'password';
  token: string;
  username: string;
  password: string;
}

export const EMPTY_SIGN_IN: SignInDraft = { way: 'token', token: '', username: '', password: '' };

/** The credentials of a draft as main takes them, or null while something is missing. A password may have blanks. */
export function credentialsOf(draft: SignInDraft): CallRequest<'connections.setToken'> | null {
  const [token, username] = [draft.token.trim(), draft.username.trim()];
  if (draft.way === 'token') return token === '' ? null : { token };
  return username === '' || draft.password === '' ? null : { username, password: draft.password };
}
