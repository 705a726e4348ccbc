import { type Arguments, wholeNumber } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import { counted } from '../table.ts';

/** The statement that `--statement` names. @throws AppError USAGE */
export function statementIdOf(args: Arguments): number {
  return wholeNumber(args, 'statement', 1, Number.MAX_SAFE_INTEGER) ?? 0;
}

/** `statements withdraw`: takes a whole statement out of force; it can be restored. */
export const statementsWithdraw: Command = async (context) => {
  const statement = statementIdOf(context.args);
  const connection = await openConnection(context, 'write');
  const reason = context.args.value('reason') ?? '';
  const row = await connection.statements.withdraw({ statement, reason });
  return {
    json: { statement, withdrawnAt: row.withdrawnAt, accepted: row.accepted },
    text: `Statement ${statement} with ${counted(row.accepted, 'row')} is withdrawn. Take that back with: statements restore --statement ${statement}`,
    needsPerson: false,
  };
};

/** `statements restore`: puts a withdrawn statement back in force. */
export const statementsRestore: Command = async (context) => {
  const statement = statementIdOf(context.args);
  const connection = await openConnection(context, 'write');
  const reason = context.args.value('reason') ?? '';
  const row = await connection.statements.restore({ statement, reason });
  return {
    json: { statement, withdrawnAt: null, accepted: row.accepted },
    text: `Statement ${statement} with ${counted(row.accepted, 'row')} is in force again.`,
    needsPerson: false,
  };
};
