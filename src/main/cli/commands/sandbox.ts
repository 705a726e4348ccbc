import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { parseFaultScript } from '../../sandbox/fault-script.ts';
import type { FaultScript } from '../../sandbox/fault-types.ts';
import { HONOURABLE, type Honourable } from '../../sandbox/filters.ts';
import { LIST_ORDERS } from '../../sandbox/selector.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server.ts';
import { type Arguments, oneOf, wholeNumber } from '../arguments.ts';
import { RESOURCES_DIR } from '../context.ts';

/** The most orders a generated store can have. */
export const MOST_ORDERS = 10_000_000;
/** The largest seed of a generated store. */
export const LARGEST_SEED = 2 ** 31 - 1;
const LARGEST_LIMIT = 10_000;

function faultScript(file: string | undefined): FaultScript {
  if (file === undefined) return [];
  try {
    return parseFaultScript(JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('VALUE_INVALID', `The fault script cannot be used: ${why}`);
  }
}

/** The filters and the order that the order list shall honour, as `NAME,NAME`. */
function honoured(args: Arguments): Honourable[] {
  return (args.value('honour')?.split(',') ?? []).map((name) => {
    const found = HONOURABLE.find((known) => known === name.trim());
    if (found !== undefined) return found;
    throw new AppError('USAGE', `The option --honour takes ${HONOURABLE.join(', ')}, with a comma between two.`, {
      details: { command: args.command },
    });
  });
}

function optionsFrom(args: Arguments): SandboxOptions {
  const listOrder = oneOf(args, 'list-order', LIST_ORDERS);
  const quantityKey = args.value('quantity-key');
  const maxLimit = wholeNumber(args, 'max-limit', 1, LARGEST_LIMIT);
  return {
    port: wholeNumber(args, 'port', 0, 65_535) ?? 0,
    orders: wholeNumber(args, 'orders', 0, MOST_ORDERS) ?? 300,
    seed: wholeNumber(args, 'seed', 0, LARGEST_SEED) ?? 1,
    faults: faultScript(args.value('faults')),
    honours: honoured(args),
    ...(listOrder === undefined ? {} : { listOrder }),
    ...(maxLimit === undefined ? {} : { maxLimit }),
    ...(quantityKey === undefined ? {} : { quantityKey }),
    ...(args.has('oms') ? { oms: {} } : {}),
    samplesDir: join(RESOURCES_DIR, 'samples'),
  };
}

/** Where a sandbox listens and what lets in; none of it protects anything but made-up orders. */
export interface SandboxPlace {
  baseUrl: string;
  token: string;
  username: string;
  password: string;
  /** Both only with `--oms`. */
  omsUrl?: string;
  omsToken?: string;
}

function placeOf({ baseUrl, token, users: [user], oms }: Sandbox): SandboxPlace {
  const { username = '', password = '' } = user ?? {};
  const place = { baseUrl, token, username, password };
  return oms === null ? place : { ...place, omsUrl: oms.baseUrl, omsToken: oms.token };
}

/** `sandbox`: serves until `signal` aborts. `listening` is told the addresses and what lets in. */
export async function runSandbox(
  args: Arguments,
  signal: AbortSignal,
  listening: (place: SandboxPlace) => void,
): Promise<void> {
  const options = optionsFrom(args);
  const sandbox = await startSandbox(options).catch((thrown: unknown) => {
    const taken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';
    throw taken
      ? new AppError(
          'VALUE_INVALID',
          `Port ${options.port} is in use. Name another with --port, or 0 for any free one.`,
        )
      : thrown;
  });
  listening(placeOf(sandbox));
  if (!signal.aborted)
    await new Promise<void>((stop) => signal.addEventListener('abort', () => stop(), { once: true }));
  await sandbox.close();
}
