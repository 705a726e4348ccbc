import { type Command, openConnection } from '../context.ts';
import { counted } from '../table.ts';

/**
 * `quarantine retry`: reads quarantined orders of Omnitron again. Needs a person where some remain. OMS is read whole or not
 * at all, for no single row of it is documented: its rows are told of, and left to the next sync.
 */
export const quarantineRetry: Command = async (context) => {
  const connection = await openConnection(context, 'write');
  const { released, remaining, ofOms } = await connection.retryQuarantine({ signal: context.signal });
  const hint = remaining > 0 ? ' What is left is read again, rows without an order id too, by: sync --full' : '';
  const oms =
    ofOms > 0
      ? `\n${counted(ofOms, 'row')} of OMS stay${ofOms === 1 ? 's' : ''} put aside until OMS is read again: sync`
      : '';
  return {
    json: { released, remaining, ofOms },
    text: `${counted(released, 'order')} let out of quarantine, ${counted(remaining, 'row')} left in it.${hint}${oms}`,
    needsPerson: remaining > 0,
  };
};
