import type { FindingKey } from '../../shared/decisions.ts';
import { AppError } from '../../shared/errors.ts';
import type { Connection } from '../connections/connection.ts';
import { CHECK_CODES, checkOf } from '../reconcile/checks/catalogue.ts';
import { type Arguments, oneOf, wholeNumber } from './arguments.ts';
import { orderOfNumber } from './order-of-number.ts';

/** The check that `--check` names. @throws AppError USAGE for one that does not exist */
export function checkNamed(args: Arguments): string {
  return oneOf(args, 'check', CHECK_CODES) ?? '';
}

/** Refuses a command line that names no finding, or names it twice. @throws AppError USAGE */
export function requireOneFinding(args: Arguments): void {
  const named = (['order', 'order-id', 'row'] as const).filter((name) => args.has(name));
  if (named.length !== 1) {
    throw new AppError('USAGE', 'Name one finding: --order NUMBER, --order-id ID or --row ID, besides --check.');
  }
}

/**
 * The findings of `--check` about the order or row that the command line names: one, but where a check judges rows and
 * several of the order's have a finding.
 * @throws AppError FINDING_UNKNOWN, ORDER_UNKNOWN, NUMBER_AMBIGUOUS
 */
export async function findingsNamed(args: Arguments, connection: Pick<Connection, 'reader'>): Promise<FindingKey[]> {
  const check = checkNamed(args);
  const rowId = wholeNumber(args, 'row', 1, Number.MAX_SAFE_INTEGER);
  const found = await connection.reader.findingKeys(
    rowId === undefined ? { check, orderId: await orderNamed(args, connection) } : { check, rowId },
  );
  if (found.length === 0) {
    const about = rowId === undefined ? 'this order' : 'this row';
    throw new AppError('FINDING_UNKNOWN', `The check ${check} finds nothing about ${about}. List the findings again.`);
  }
  return found;
}

/**
 * One finding of `--check`, also where it is found no more: a check about orders has at most one of each.
 * @throws AppError USAGE when several rows of the order have such a finding; else as {@link findingsNamed}
 */
export async function findingNamed(args: Arguments, connection: Pick<Connection, 'reader'>): Promise<FindingKey> {
  const check = checkNamed(args);
  const rowId = wholeNumber(args, 'row', 1, Number.MAX_SAFE_INTEGER);
  if (rowId !== undefined) return { check, subject: rowId };
  if (checkOf(check)?.scope === 'order') return { check, subject: await orderNamed(args, connection) };
  const [found, other] = await findingsNamed(args, connection);
  if (found === undefined || other !== undefined) {
    throw new AppError('USAGE', 'Several rows of this order have such a finding. Name one with --row ID.');
  }
  return found;
}

async function orderNamed(args: Arguments, connection: Pick<Connection, 'reader'>): Promise<number> {
  const number = args.value('order');
  if (number !== undefined) return orderOfNumber(number, connection);
  return wholeNumber(args, 'order-id', 1, Number.MAX_SAFE_INTEGER) ?? 0;
}
