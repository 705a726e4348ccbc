import { noteText } from '../../../shared/queue.ts';
import { type Command, openForDeciding } from '../context.ts';
import { findingNamed, requireOneFinding } from '../finding-of.ts';
import { textOf } from './findings-decide.ts';

/** `findings note`: adds a note to one finding. */
export const findingsNote: Command = async (context) => {
  const { args, clock } = context;
  requireOneFinding(args);
  const text = textOf(args.value('note'), { schema: noteText, what: 'The note' }) ?? '';
  const connection = await openForDeciding(context);
  const finding = await findingNamed(args, connection);
  const { note, entry } = await connection.writer.addNote({ ...finding, text, nowMs: clock.now() });
  return {
    json: { note, entry },
    text: `Note ${note} added. Take it back with: findings undo --entry ${entry}`,
    needsPerson: false,
  };
};
