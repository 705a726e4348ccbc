import type { CallName } from '../../src/shared/ipc/names.ts';
import type { RunRow } from '../../src/shared/runs.ts';

/** A run of everything that is under way, as the run log shows it. */
export const RUN: RunRow = {
  id: 4,
  kind: 'full',
  cause: 'interval',
  plan: { kind: 'full', resumes: false, steps: [{ step: 'all', requests: 9 }], requests: 9 },
  state: 'running',
  startedAt: '2026-03-05T07:15:00.000Z',
  finishedAt: null,
  pages: 0,
  requests: null,
  retries: null,
  created: 0,
  updated: 0,
  unchanged: 0,
  quarantined: 0,
  notSeen: 0,
  remoteCount: null,
  problem: null,
  probe: null,
  payments: null,
  oms: null,
};

export type Answers = Partial<Record<CallName, (request: unknown) => unknown>>;

/** Puts a bridge on the page that answers as told, at once or by a promise; every other call fails. @returns the calls made. */
export function fakeBridge(answers: Answers): { name: CallName; request: unknown }[] {
  const made: { name: CallName; request: unknown }[] = [];
  Object.assign(globalThis, {
    mutabakat: {
      onEvent: () => () => undefined,
      invoke: async (name: CallName, request: unknown) => {
        made.push({ name, request });
        const answer = answers[name];
        if (answer !== undefined) return { ok: true, value: await answer(request) };
        return { ok: false, error: { code: 'NOT_REACHABLE', message: `No ${name}.`, retryable: true } };
      },
    },
  });
  return made;
}
