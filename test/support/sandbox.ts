import { join } from 'node:path';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/main/sandbox/server.ts';
import type { JsonObject } from '../../src/main/sandbox/wire-types.ts';

/** The folder of the documented samples. */
export const SAMPLES_DIR = join(import.meta.dirname, '..', '..', 'resources', 'samples');

/** A sandbox with few orders; every option can be given otherwise. */
export function startSmallSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return startSandbox({ orders: 60, seed: 7, samplesDir: SAMPLES_DIR, ...options });
}

/** A request with the sandbox's token; redirects are not followed. */
export function ask(sandbox: Sandbox, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { Authorization: `Token ${sandbox.token}`, ...init.headers };
  return fetch(`${sandbox.baseUrl}${path}`, { redirect: 'manual', ...init, headers });
}

/** The JSON body of a read that is expected to succeed. */
export async function read(sandbox: Sandbox, path: string): Promise<JsonObject> {
  const response = await ask(sandbox, path);
  if (response.status !== 200) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as JsonObject;
}

/** A PATCH with a JSON body; the status and the parsed answer. */
export async function patch(
  sandbox: Sandbox,
  path: string,
  body: unknown,
): Promise<{ status: number; body: JsonObject }> {
  const init = { method: 'PATCH', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const response = await ask(sandbox, path, init);
  return { status: response.status, body: (await response.json()) as JsonObject };
}
