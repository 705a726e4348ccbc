import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../shared/errors.ts';
import { SANDBOX_STATEMENTS, type StatementRequest, statementOf, statementText } from '../../sandbox/statements.ts';
import { oneOf, wholeNumber } from '../arguments.ts';
import type { Command } from '../context.ts';
import { counted } from '../table.ts';
import { LARGEST_SEED, MOST_ORDERS } from './sandbox.ts';

/** What was planted in a generated statement: rows by the state that they must get, and findings by check. */
function plantedIn(request: StatementRequest) {
  const states: Record<string, number> = {};
  const findings: Record<string, number> = {};
  let rows = 0;
  for (const each of statementOf(request)) {
    for (const check of each.findings) findings[check] = (findings[check] ?? 0) + 1;
    if (!('line' in each)) continue;
    rows += 1;
    states[each.state] = (states[each.state] ?? 0) + 1;
  }
  return { rows, states, findings };
}

/** `sandbox statement`: writes a statement that belongs to the generated orders of a seed, and says what is wrong in it. */
export const sandboxStatement: Command = async ({ args }) => {
  const kind = oneOf(args, 'kind', SANDBOX_STATEMENTS) ?? 'erp';
  const orders = wholeNumber(args, 'orders', 0, MOST_ORDERS) ?? 300;
  const seed = wholeNumber(args, 'seed', 0, LARGEST_SEED) ?? 1;
  const file = resolve(args.value('out') ?? '');
  const request: StatementRequest = { kind, seed, orders };
  try {
    await pipeline(Readable.from(statementText(request)), createWriteStream(file));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('FILE_NOT_WRITABLE', `The file ${file} cannot be written: ${why}`);
  }
  const planted = plantedIn(request);
  return {
    json: { file, kind, seed, orders, ...planted },
    text: `${counted(planted.rows, 'row')} of kind ${kind} for ${counted(orders, 'order')} written to ${file}.`,
    needsPerson: false,
  };
};
