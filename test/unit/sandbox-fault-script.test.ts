import { describe, expect, it } from 'vitest';
import { FaultRunner } from '../../src/main/sandbox/fault-runner.ts';
import { parseFaultScript } from '../../src/main/sandbox/fault-script.ts';
import type { FaultRule } from '../../src/main/sandbox/fault-types.ts';

describe('a fault script', () => {
  it('is taken with every kind of action', () => {
    const rules = [
      { match: { method: 'get', path: '/orders/', page: 2, nth: 1, times: 3 }, action: { kind: 'delay', ms: 5 } },
      { match: {}, action: { kind: 'status', code: 429, retryAfter: 2 } },
      { action: { kind: 'truncate', mode: 'silent', bytes: 10 } },
      { action: { kind: 'truncate', mode: 'length', fraction: 0.5 } },
      { action: { kind: 'html', status: 502 } },
      { action: { kind: 'dropBefore' } },
      { action: { kind: 'dropAfter' } },
      { action: { kind: 'malformedRow', index: 0, row: 'missing-id' } },
      { action: { kind: 'redirect', location: 'https://other.example/' } },
      { action: { kind: 'body', text: 'x' } },
    ];
    const script = parseFaultScript(rules);
    expect(script).toHaveLength(10);
    expect(script[0]?.match).toEqual({ method: 'GET', path: '/orders/', page: 2, nth: 1, times: 3 });
    expect(script[1]?.action).toEqual({ kind: 'status', code: 429, retryAfter: '2' });
    expect(parseFaultScript(JSON.parse(JSON.stringify(script)))).toEqual(script);
  });

  it.each([
    [{}, 'A fault script is a JSON list of rules.'],
    [[5], 'Rule 1 of the fault script must be a JSON object.'],
    [[{ action: { kind: 'explode' } }], 'action.kind must be one of delay, status'],
    [[{ action: { kind: 'toString' } }], 'action.kind must be one of'],
    [[{ action: { kind: 'delay' } }], 'ms must be a whole number, 0 or more.'],
    [[{ action: { kind: 'delay', ms: 1, s: 1 } }], 'has the unknown key "s".'],
    [[{ action: { kind: 'status', code: 418 } }], 'code must be one of 401'],
    [[{ action: { kind: 'status', code: 429, retryAfter: {} } }], 'retryAfter must be'],
    [[{ action: { kind: 'truncate', mode: 'silent' } }], 'truncate needs either bytes or fraction.'],
    [[{ action: { kind: 'truncate', mode: 'length', fraction: 1 } }], 'fraction must be a number'],
    [[{ action: { kind: 'truncate', mode: 'loud', bytes: 1 } }], 'mode must be one of length, silent.'],
    [[{ match: { path: '(' }, action: { kind: 'dropAfter' } }], 'path is no valid regular expression.'],
    [[{ match: { nth: 0 }, action: { kind: 'dropAfter' } }], 'nth must be a whole number, 1 or more.'],
    [[{ match: { host: 'x' }, action: { kind: 'dropAfter' } }], 'has the unknown key "host".'],
    [[{ action: { kind: 'malformedRow', index: 0, row: 'odd' } }], 'row must be one of not-an-object'],
    [[{ action: { kind: 'body', text: 5 } }], 'text must be a text.'],
  ])('%j is refused in words', (json, words) => {
    expect(() => parseFaultScript(json)).toThrow(words);
  });
});

describe('a running script', () => {
  const get = { method: 'GET', path: '/api/i1/orders/', page: 1 };
  const outcomes = (rules: FaultRule[], requests: (typeof get)[]) => {
    const runner = new FaultRunner(rules);
    return requests.map((request) => runner.decide(request).action?.kind ?? null);
  };

  it('acts once on the n-th request that fits', () => {
    const rule: FaultRule = { match: { method: 'GET', nth: 2 }, action: { kind: 'dropAfter' } };
    const patch = { ...get, method: 'PATCH' };
    expect(outcomes([rule], [get, patch, get, get])).toEqual([null, null, 'dropAfter', null]);
  });

  it('acts as often as it is told, else always', () => {
    const always: FaultRule = { match: { path: 'orders' }, action: { kind: 'dropBefore' } };
    expect(outcomes([always], [get, get])).toEqual(['dropBefore', 'dropBefore']);
    expect(outcomes([{ ...always, match: { times: 1 } }], [get, get])).toEqual(['dropBefore', null]);
    expect(outcomes([{ ...always, match: { nth: 2, times: 2 } }], [get, get, get, get])).toEqual([
      null,
      'dropBefore',
      'dropBefore',
      null,
    ]);
  });

  it('tells pages apart', () => {
    const rule: FaultRule = { match: { page: 2 }, action: { kind: 'dropAfter' } };
    expect(outcomes([rule], [get, { ...get, page: 2 }])).toEqual([null, 'dropAfter']);
  });

  it('lets a delay go together with the next rule and takes the first of the others', () => {
    const runner = new FaultRunner([
      { match: {}, action: { kind: 'delay', ms: 5 } },
      { match: {}, action: { kind: 'delay', ms: 6 } },
      { match: {}, action: { kind: 'dropAfter' } },
      { match: {}, action: { kind: 'dropBefore' } },
    ]);
    expect(runner.decide(get)).toEqual({ delayMs: 11, action: { kind: 'dropAfter' } });
  });
});
