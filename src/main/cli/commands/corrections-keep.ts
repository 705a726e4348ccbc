import { AppError } from '../../../shared/errors.ts';
import { type Command, openConnection } from '../context.ts';
import { nextStep } from '../next-step.ts';
import { counted } from '../table.ts';
import { parseIds } from './corrections-withdraw.ts';

/** `corrections keep`: decides conflicts, refusals and unknown outcomes, in bulk. */
export const correctionsKeep: Command = async (context) => {
  const { args, clock, settings } = context;
  if (args.has('mine') === args.has('theirs')) {
    throw new AppError('USAGE', 'Say whose values stay: --mine or --theirs.');
  }
  const ids = parseIds(args.values('id'));
  if (ids.length === 0) throw new AppError('USAGE', 'Name the corrections: --id ID.');
  const connection = await openConnection(context, 'write');
  const { writer } = connection;
  const moment = { timeZone: settings.timeZone, nowMs: clock.now() };
  if (args.has('mine')) {
    const { queued } = await writer.requeueCorrections({ ids, ...moment });
    const passedOver = ids.length - queued;
    const rest =
      passedOver === 0
        ? ''
        : `\n${counted(passedOver, 'correction')} not: not in conflict, rejected or unknown, a cancellation, or held by Omnitron already.`;
    return {
      json: { queued, withdrawn: 0 },
      text: `${counted(queued, 'correction')} queued again over what Omnitron holds now. Go on with: ${await nextStep(connection)}${rest}`,
      needsPerson: passedOver > 0,
    };
  }
  const outcome = await writer.resolveConflicts({ choices: ids.map((id) => ({ id, fields: [] })), ...moment });
  const text = `${counted(outcome.withdrawn, 'correction')} withdrawn; Omnitron's values stay.`;
  return { json: outcome, text, needsPerson: false };
};
