import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { parseFaultScript } from '../../sandbox/fault-script.ts';
import type { FaultScript } from '../../sandbox/fault-types.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { type Arguments, wholeNumber } from '../arguments.ts';
import { RESOURCES_DIR } from '../context.ts';

/** The most orders a generated store can have. */
export const MOST_ORDERS = 10_000_000;
const LARGEST_SEED = 2 ** 31 - 1;

function faultScript(file: string | undefined): FaultScript {
  if (file === undefined) return [];
  try {
    return parseFaultScript(JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('VALUE_INVALID', `The fault script cannot be used: ${why}`);
  }
}

/**
 * `sandbox`: serves until `signal` aborts. `listening` is told the address and the token, which protects nothing but
 * made-up orders.
 */
export async function runSandbox(
  args: Arguments,
  signal: AbortSignal,
  listening: (place: { baseUrl: string; token: string }) => void,
): Promise<void> {
  const port = wholeNumber(args, 'port', 0, 65_535) ?? 0;
  const orders = wholeNumber(args, 'orders', 0, MOST_ORDERS) ?? 300;
  const seed = wholeNumber(args, 'seed', 0, LARGEST_SEED) ?? 1;
  const faults = faultScript(args.value('faults'));
  const sandbox = await startSandbox({ port, orders, seed, faults, samplesDir: join(RESOURCES_DIR, 'samples') }).catch(
    (thrown: unknown) => {
      const taken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';
      throw taken
        ? new AppError('VALUE_INVALID', `Port ${port} is in use. Name another with --port, or 0 for any free one.`)
        : thrown;
    },
  );
  listening({ baseUrl: sandbox.baseUrl, token: sandbox.token });
  if (!signal.aborted)
    await new Promise<void>((stop) => signal.addEventListener('abort', () => stop(), { once: true }));
  await sandbox.close();
}
