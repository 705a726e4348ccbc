import { type Command, openConnection } from '../context.ts';
import { counted } from '../table.ts';

/** `corrections reverse`: generates the batch that takes a finished one back, as a draft. */
export const correctionsReverse: Command = async (context) => {
  const { args, clock, settings } = context;
  const { reader, writer } = await openConnection(context, 'write');
  const id = await reader.batchOfNumber({ number: args.value('batch') ?? '' });
  const reversal = await writer.reverseBatch({
    id,
    reason: args.value('reason') ?? '',
    timeZone: settings.timeZone,
    nowMs: clock.now(),
  });
  const { batch, corrections, oneWay } = reversal;
  const left = oneWay > 0 ? ` ${counted(oneWay, 'correction')} cannot be taken back, or not in whole.` : '';
  return {
    json: reversal,
    text: `Batch ${batch.number} takes back ${counted(corrections, 'correction')} of batch ${batch.reverses}; it is a draft.${left}`,
    needsPerson: oneWay > 0,
  };
};
