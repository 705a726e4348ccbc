import { wholeNumber } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import { counted } from '../table.ts';

/** `findings undo`: takes one entry of the journal back, the newest decision or note where none is named. */
export const findingsUndo: Command = async (context) => {
  const { args, clock } = context;
  const wanted = wholeNumber(args, 'entry', 1, Number.MAX_SAFE_INTEGER) ?? null;
  const { writer } = await openConnection(context, 'write');
  const { entry, undid, findings } = await writer.undoDecision({ entry: wanted, nowMs: clock.now() });
  return {
    json: { entry, undid, findings },
    text: `Entry ${undid} is undone: ${counted(findings, 'finding')} as before.`,
    needsPerson: false,
  };
};
