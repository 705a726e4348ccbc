import { AppError } from '../../../shared/errors.ts';
import type { MatchChange } from '../../../shared/matches.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Arguments } from '../arguments.ts';
import { wholeNumber } from '../arguments.ts';
import { type CliContext, type Command, type Outcome, openConnection } from '../context.ts';
import type { OptionName } from '../options.ts';
import { orderOfNumber } from '../order-of-number.ts';
import { counted } from '../table.ts';

/** The ids of `--row ID,ID`, ascending and each once. @throws AppError USAGE */
function idsOf(args: Arguments, name: OptionName): number[] {
  const ids = args
    .values(name)
    .flatMap((text) => text.split(','))
    .map((text) => {
      const id = /^\d{1,16}$/.test(text.trim()) ? Number(text) : 0;
      if (!Number.isSafeInteger(id) || id < 1) {
        throw new AppError('USAGE', `Write --${name} ID or --${name} ID,ID.`, { details: { command: args.command } });
      }
      return id;
    });
  return [...new Set(ids)].sort((a, b) => a - b);
}

/** Does something about rows; the checks have looked at them when it is done. */
async function decide(
  context: CliContext,
  done: string,
  work: (connection: Connection) => Promise<MatchChange>,
): Promise<Outcome> {
  const change = await work(await openConnection(context, 'write'));
  return {
    json: { entry: change.entry, rows: change.rows },
    text: `${counted(change.rows.length, 'row')} ${done} (entry ${change.entry}).`,
    needsPerson: false,
  };
}

/** The orders that `--order NUMBER,NUMBER` or `--order-id ID,ID` names, each once. */
interface NamedOrders {
  ids: number[];
  numbers: string[];
}

/** @throws AppError USAGE where both options are given */
function ordersNamed(args: Arguments): NamedOrders {
  if (args.has('order') && args.has('order-id')) {
    throw new AppError('USAGE', 'Name orders by --order NUMBER or by --order-id ID, not by both.', {
      details: { command: args.command },
    });
  }
  const numbers = args.values('order').flatMap((text) => text.split(','));
  return { ids: idsOf(args, 'order-id'), numbers: [...new Set(numbers.map((number) => number.trim()))] };
}

/** @throws AppError ORDER_UNKNOWN, NUMBER_AMBIGUOUS */
async function orderIds({ ids, numbers }: NamedOrders, connection: Connection): Promise<number[]> {
  const found = [...ids];
  for (const number of numbers) found.push(await orderOfNumber(number, connection));
  return found;
}

/** The one order that an option names, or null. @throws AppError USAGE, and as {@link orderIds} */
async function oneOrder(args: Arguments, named: NamedOrders, connection: Connection): Promise<number | null> {
  const [order, more] = await orderIds(named, connection);
  if (more !== undefined) {
    throw new AppError('USAGE', `The command ${args.command} takes one order.`, { details: { command: args.command } });
  }
  return order ?? null;
}

/** `matches accept`: confirms suggestions, or one order of an ambiguous row. */
export const matchesAccept: Command = (context) => {
  const [rows, named] = [idsOf(context.args, 'row'), ordersNamed(context.args)];
  return decide(context, 'confirmed', async (connection) =>
    connection.matching.accept({ rows, order: await oneOrder(context.args, named, connection) }),
  );
};

/** `matches reject`: takes matches away for good. */
export const matchesReject: Command = (context) => {
  const [rows, named] = [idsOf(context.args, 'row'), ordersNamed(context.args)];
  return decide(context, 'rejected', async (connection) =>
    connection.matching.reject({ rows, order: await oneOrder(context.args, named, connection) }),
  );
};

/** `matches add`: matches rows with orders by hand. */
export const matchesAdd: Command = (context) => {
  const { args } = context;
  const [rows, named] = [idsOf(args, 'row'), ordersNamed(args)];
  if (named.ids.length + named.numbers.length === 0) {
    throw new AppError('USAGE', `The command ${args.command} needs --order NUMBER or --order-id ID.`, {
      details: { command: args.command },
    });
  }
  return decide(context, 'matched', async (connection) =>
    connection.matching.byHand({ rows, orders: await orderIds(named, connection) }),
  );
};

/** `matches undo`: takes back what was done last to rows, or one decision. */
export const matchesUndo: Command = (context) => {
  const { args } = context;
  const entry = wholeNumber(args, 'entry', 1, Number.MAX_SAFE_INTEGER);
  const rows = idsOf(args, 'row');
  if ((entry === undefined) === (rows.length === 0)) {
    throw new AppError('USAGE', 'Name what shall be undone: --row ID,ID or --entry ID.', {
      details: { command: args.command },
    });
  }
  return decide(context, 'as before', ({ matching }) =>
    entry === undefined ? matching.undo({ rows }) : matching.undoEntry({ entry }),
  );
};

/** `matches undo-run`: takes back what a whole run of matching did and nobody decided since. */
export const matchesUndoRun: Command = async (context) => {
  const { args, clock } = context;
  const runId = wholeNumber(args, 'run', 1, Number.MAX_SAFE_INTEGER) ?? null;
  const connection = await openConnection(context, 'write');
  const { run, removed, entry } = await connection.writer.matchUndoRun({ runId, nowMs: clock.now() });
  await connection.recheck();
  return {
    json: { run, removed, entry },
    text: `Run ${run} is undone: ${counted(removed, 'pair')} of row and order taken away (entry ${entry}).`,
    needsPerson: false,
  };
};
