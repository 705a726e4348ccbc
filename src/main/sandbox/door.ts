import { mix } from './random.ts';
import { readBody } from './read-body.ts';
import { bodyError, fieldError, type Reply, reply } from './reply.ts';
import type { Route } from './routes.ts';

/** Somebody who may sign in. */
export interface SandboxUser {
  username: string;
  password: string;
}

/** How often somebody wanted to sign in since the start, and how often a key was handed out. */
export interface SignIns {
  asked: number;
  granted: number;
}

interface DoorOptions {
  seed: number;
  /** A key that is valid from the start. */
  token: string;
  users: readonly SandboxUser[];
  /** True where a one-time code is demanded on top. */
  totp: boolean;
}

/** Who is let in: the keys that are valid and how one is obtained (contract, section 1.2). */
export class Door {
  readonly #options: DoorOptions;
  /** Key by user; the token that was there from the start stands under no name. */
  readonly #keys = new Map<string | null, string>();
  #issued = 0;
  #asked = 0;
  #granted = 0;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#keys.set(null, options.token);
  }

  /** True for the value of an `Authorization` header that carries a valid key. */
  admits(authorization: string | undefined): boolean {
    for (const key of this.#keys.values()) if (authorization === `Token ${key}`) return true;
    return false;
  }

  /** No key that is valid now, the first token included, is accepted any more. */
  expireTokens(): void {
    this.#keys.clear();
  }

  signIns(): SignIns {
    return { asked: this.#asked, granted: this.#granted };
  }

  /** `POST …/auth/login/`: 200 with the user's key, the same until it expires; 400 for everybody else. */
  signIn(body: string): Reply {
    this.#asked += 1;
    const read = readBody(body);
    if ('refusal' in read) return read.refusal;
    const { username, password } = read.fields;
    for (const [field, value] of Object.entries({ username, password })) {
      if (typeof value !== 'string' || value === '') return fieldError(field, 'This field is required.');
    }
    const user = this.#options.users.find((known) => known.username === username && known.password === password);
    if (user === undefined) return bodyError('Unable to log in with provided credentials.');
    // How a demand for a one-time code looks is unknown; this shape is assumed.
    if (this.#options.totp) {
      return reply(400, { non_field_errors: ['A one-time code (TOTP) is required.'], code: 'totp_required' });
    }
    this.#granted += 1;
    return reply(200, { key: this.#keyOf(user.username) });
  }

  #keyOf(username: string): string {
    const known = this.#keys.get(username);
    if (known !== undefined) return known;
    this.#issued += 1;
    const parts = [0, 1, 2, 3, 4].map((part) => mix(this.#options.seed, this.#issued, 20 + part));
    const key = parts.map((part) => part.toString(16).padStart(8, '0')).join('');
    this.#keys.set(username, key);
    return key;
  }
}

/** Signing in, which the documentation prints under i1 and a public client calls under v1. */
export function signInRoutes(door: Door): Route[] {
  return ['i1', 'v1'].map((prefix) => ({
    name: `/api/${prefix}/auth/login/`,
    path: new RegExp(`^/api/${prefix}/auth/login/$`),
    methods: { POST: ({ body }) => door.signIn(body) },
    open: true,
  }));
}
