import { describe, expect, it } from 'vitest';
import { startSandboxThread } from '../../src/main/sandbox/start-in-thread.ts';
import { SAMPLES_DIR, startSmallSandbox } from '../support/sandbox.ts';

const workerUrl = new URL('../../src/main/sandbox/worker.ts', import.meta.url);
const options = { workerUrl, orders: 20, seed: 7, samplesDir: SAMPLES_DIR };

describe('the sandbox in a thread', () => {
  it('serves the same pages as in process and ends when it is closed', async () => {
    const thread = await startSandboxThread({ ...options, token: 'abc' });
    const sandbox = await startSmallSandbox({ orders: 20, token: 'abc' });
    const page = async (baseUrl: string) => {
      const response = await fetch(`${baseUrl}/api/i1/orders/?limit=100`, { headers: { Authorization: 'Token abc' } });
      return response.text();
    };
    expect(thread.token).toBe('abc');
    expect(await page(thread.baseUrl)).toBe(await page(sandbox.baseUrl));
    await Promise.all([thread.close(), sandbox.close()]);
    await expect(page(thread.baseUrl)).rejects.toThrow();
  });

  it('can be looked into and changed from outside', async () => {
    const thread = await startSandboxThread({ ...options, honours: ['modified_date__gte'] });
    const { control } = thread;
    expect(await control.insert(2)).toEqual([1_021, 1_022]);
    await control.remove(1_003);
    await control.edit(1_004, { fields: { status: '600' } });
    await control.touch(1_005);
    expect(await control.ids()).toHaveLength(24);
    expect((await control.order(1_004))?.status).toBe('600');
    await expect(control.touch(1_003)).rejects.toThrow('no order with the id 1003');
    const url = `${thread.baseUrl}/api/i1/orders/?modified_date__gte=2026-06-25T00:00:00Z`;
    const ask = () => fetch(url, { headers: { Authorization: `Token ${thread.token}` } });
    const page = (await (await ask()).json()) as { results: { id: number }[] };
    expect(page.results.map(({ id }) => id)).toEqual([1_004, 1_005, 1_021, 1_022]);
    await control.expireTokens();
    expect((await ask()).status).toBe(401);
    expect((await control.counts()).requests).toEqual({ 'GET /api/i1/orders/': 2 });
    await thread.close();
    await expect(control.ids()).rejects.toThrow('has ended');
  });

  it('serves OMS too where it is asked to', async () => {
    const thread = await startSandboxThread({ ...options, oms: {} });
    const headers = { Authorization: `Token ${thread.oms?.token}` };
    const response = await fetch(`${thread.oms?.baseUrl}/api/v1/oms/orders/`, { headers });
    const missing = (await thread.control.omsPlanted()).filter(({ difference }) => difference === 'missing');
    expect(((await response.json()) as { count: number }).count).toBe(2 + 23 - missing.length);
    expect((await thread.control.omsCounts()).requests).toEqual({ 'GET /api/v1/oms/orders/': 1 });
    await thread.close();
  });

  it('says in words why it cannot start', async () => {
    const started = startSandboxThread({ ...options, samplesDir: `${SAMPLES_DIR}/nowhere` });
    await expect(started).rejects.toThrow('Point the sandbox at the folder of the samples.');
  });

  it('rejects when its file is missing', async () => {
    const started = startSandboxThread({ ...options, workerUrl: new URL('./no-such-worker.ts', import.meta.url) });
    await expect(started).rejects.toThrow('no-such-worker.ts');
  });
});
