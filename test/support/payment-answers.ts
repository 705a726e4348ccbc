import { answer, type ScriptedServer, type Step, scriptedServer } from './scripted-server.ts';

/** A list with nothing in it. */
export const EMPTY_LIST = JSON.stringify({ count: 0, next: null, previous: null, results: [] });

const idIn = (url: string): number => Number(/orders_integration\/(\d+)\//.exec(url)?.[1] ?? 0);
/** A detailed order with one succeeded purchase of 107.00, as JSON. */
export const detailed = (pk: number, given: Record<string, unknown> = {}) =>
  JSON.stringify({
    pk,
    transaction_set: [
      {
        pk: 1,
        transaction_type: 'purchase',
        is_succeeded: true,
        amount: '107.00',
        created_date: '2026-01-05T10:00:00Z',
      },
    ],
    ...given,
  });

/** Answers detailed orders as `about` says, and everything else with an empty list. */
export function detailedServer(about: (id: number) => Step | string): Promise<ScriptedServer> {
  return scriptedServer([
    (request, response, body) => {
      const id = idIn(request.url ?? '');
      const step = id === 0 ? EMPTY_LIST : about(id);
      (typeof step === 'string' ? answer(200, step) : step)(request, response, body);
    },
  ]);
}
