import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSignIns } from '../../src/main/omnitron/session.ts';
import { codeOf, type FaultBench, ONCE_AND_ALWAYS, startFaultBench } from '../support/fault-bench.ts';
import { type NetworkFault, networkFaults } from '../support/network-faults.ts';

/* Every network fault at a sign-in with user and password: the first one, and that after a key was refused. */

const USER = { username: 'ada', password: 'right horse' };
/** So often a host is asked for a key within six minutes. */
const MOST_SIGN_INS = 3;

let bench: FaultBench;
const FAULTS = networkFaults({ elsewhere: () => bench.elsewhere(), expire: () => bench.expire() });

beforeAll(async () => {
  bench = await startFaultBench({ orders: 2, users: [USER] });
});
afterAll(() => bench.close());

const isSignIn = (url: string): boolean => url.endsWith('/auth/login/');

/** A sign-in is no read: it is sent once, whatever comes, and wrong credentials are a 400. */
function expected({ code }: NetworkFault): string | null {
  return code === 'REQUEST_REJECTED' ? 'SIGN_IN_REFUSED' : code;
}

describe.each([
  { name: 'the first sign-in', before: 0 },
  { name: 'the sign-in after a key was refused', before: 1 },
])('$name', ({ before }) => {
  test.each(FAULTS)('$name, once and always', async (fault) => {
    for (const times of ONCE_AND_ALWAYS) {
      const at = times === 1 ? 'once' : 'always';
      const problem = expected(fault);
      const tries = times === 1 ? 1 : MOST_SIGN_INS - before + 1;
      const met: (string | null)[] = [];
      const words: string[] = [];
      bench.restartClock();
      const signIns = createSignIns(bench.network());
      const session = signIns.session(bench.fronts.omnitron.baseUrl, USER);
      const ask = () => bench.client(session).listOrders(1, 1, new AbortController().signal);
      if (before > 0) {
        await ask();
        bench.sandbox.expireTokens();
      }
      const granted = bench.sandbox.signIns().granted;
      await bench.meet({ fault, times, hits: isSignIn }, async () => {
        for (let made = 0; made < tries; made += 1) {
          const asked = ask();
          met.push(await codeOf(asked));
          words.push(await asked.then(String, String));
        }
      });
      const { acted, authorizations, requests } = bench.fronts.omnitron;
      const refused = Array.from({ length: times === 1 ? 1 : MOST_SIGN_INS - before }, () => problem);
      const ends = times === 1 ? refused : [...refused, 'SIGN_IN_PAUSED'];
      expect(met, at).toEqual(problem === null ? ends.map(() => null) : ends);
      // Each is sent once; without a key nothing else is, but for the request whose key was refused.
      expect(acted, at).toBe(problem === null ? 1 : refused.length);
      if (problem !== null) expect(requests, at).toBe(refused.length + before);
      expect(authorizations.size, at).toBe(1 + before + (problem === null ? 1 : 0));
      expect(bench.pausedMs(), at).toBe(0);
      expect(words.join(), at).not.toContain(USER.password);

      // Once the fault is over, and the pause with it, the same credentials are good again.
      expect(await codeOf(bench.clock.sleep(7 * 60_000).then(ask)), at).toBeNull();
      expect(bench.sandbox.signIns().granted, at).toBeGreaterThan(granted);
    }
  });
});
