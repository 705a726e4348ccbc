import { describe, expect, it } from 'vitest';
import { type BridgePort, createBridge } from '../../src/renderer/bridge/bridge.ts';
import type { AppEvent } from '../../src/shared/ipc/contract.ts';

function portThatAnswers(answer: unknown): BridgePort {
  return { invoke: () => Promise.resolve(answer), onEvent: () => () => {} };
}

describe('bridge', () => {
  it('gives the parsed value of an answer', async () => {
    const bridge = createBridge(() => portThatAnswers({ ok: true, value: { findings: 3, durationMs: 1.5 } }));
    await expect(bridge.call('reconcile.run')).resolves.toEqual({ findings: 3, durationMs: 1.5 });
  });

  it('passes name and request on', async () => {
    const seen: unknown[] = [];
    const bridge = createBridge(() => ({
      invoke: (name, request) => {
        seen.push(name, request);
        return Promise.resolve({ ok: true, value: { withdrawn: 1 } });
      },
      onEvent: () => () => {},
    }));
    await bridge.call('corrections.withdraw', { ids: [4] });
    expect(seen).toEqual(['corrections.withdraw', { ids: [4] }]);
  });

  it('throws main’s error with its code', async () => {
    const error = {
      code: 'SIGN_IN_REFUSED',
      message: 'Omnitron refused the token.',
      retryable: false,
      details: { status: 401 },
    };
    const bridge = createBridge(() => portThatAnswers({ ok: false, error }));
    await expect(bridge.call('sync.cancel')).rejects.toMatchObject({
      code: 'SIGN_IN_REFUSED',
      details: { status: 401 },
    });
  });

  it('refuses answers that are not the contract’s', async () => {
    for (const answer of [
      undefined,
      null,
      'ok',
      { ok: true, value: { findings: 'many', durationMs: 1 } },
      { ok: true, value: { findings: 1, durationMs: 1, extra: true } },
      { ok: true },
      { ok: false, error: { code: 'NO_SUCH_CODE', message: '', retryable: false } },
    ]) {
      await expect(createBridge(() => portThatAnswers(answer)).call('reconcile.run')).rejects.toMatchObject({
        code: 'INTERNAL',
      });
    }
  });

  it('turns a failed transport into an error of the list', async () => {
    const bridge = createBridge(() => ({ invoke: () => Promise.reject(new Error('gone')), onEvent: () => () => {} }));
    await expect(bridge.call('sync.cancel')).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('hands on events of the contract and drops others', () => {
    let send: (event: unknown) => void = () => {};
    const bridge = createBridge(() => ({
      invoke: () => Promise.resolve(null),
      onEvent: (listener) => {
        send = listener;
        return () => {};
      },
    }));
    const events: AppEvent[] = [];
    bridge.onEvent((event) => events.push(event));
    send({ type: 'dryRun.progress', done: 1, total: 2 });
    send({ type: 'dryRun.progress', done: -1, total: 2 });
    send({ type: 'something.else' });
    send(null);
    expect(events).toEqual([{ type: 'dryRun.progress', done: 1, total: 2 }]);
  });
});
