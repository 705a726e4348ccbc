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

  it('says in words why it cannot start', async () => {
    const started = startSandboxThread({ ...options, samplesDir: `${SAMPLES_DIR}/nowhere` });
    await expect(started).rejects.toThrow('Point the sandbox at the folder of the samples.');
  });

  it('rejects when its file is missing', async () => {
    const started = startSandboxThread({ ...options, workerUrl: new URL('./no-such-worker.ts', import.meta.url) });
    await expect(started).rejects.toThrow('no-such-worker.ts');
  });
});
