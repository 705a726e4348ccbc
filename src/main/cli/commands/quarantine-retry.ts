import { type Command, openConnection } from '../context.ts';
import { counted } from '../table.ts';

/** `quarantine retry`: reads quarantined orders again. Needs a person where some remain. */
export const quarantineRetry: Command = async (context) => {
  const connection = await openConnection(context, 'write');
  const { released, remaining } = await connection.retryQuarantine({ signal: context.signal });
  const hint = remaining > 0 ? ' A row without an order id is read again by: sync --full' : '';
  return {
    json: { released, remaining },
    text: `${counted(released, 'order')} let out of quarantine, ${counted(remaining, 'row')} left in it.${hint}`,
    needsPerson: remaining > 0,
  };
};
