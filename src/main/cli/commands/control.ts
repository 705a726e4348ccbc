import { AppError } from '../../../shared/errors.ts';
import type { ControlRules, VersionedControl } from '../../../shared/users.ts';
import { type Arguments, oneOf } from '../arguments.ts';
import { type Command, type Outcome, openConnection } from '../context.ts';
import type { OptionName } from '../options.ts';

function outcome({ version, rules }: VersionedControl): Outcome {
  const words = (value: boolean, yes: string, no: string): string => (value ? yes : no);
  return {
    json: { version, rules },
    text: [
      version === 0 ? 'Rules of control as assumed; nobody has chosen any.' : `Rules of control, version ${version}.`,
      '',
      `A second person approves batches: ${words(rules.makerChecker, 'yes', 'no')}`,
      `Cancellations and refunds may be started here: ${words(rules.cancellationCalls, 'yes', 'no')}`,
      `This Omnitron takes the sent flag back: ${words(rules.unsendProven, 'proven', 'not proven')}`,
      `This Omnitron clears a field: ${words(rules.clearProven, 'proven', 'not proven')}`,
    ].join('\n'),
    needsPerson: false,
  };
}

function choice(args: Arguments, name: OptionName, yes: string, no: string): boolean | undefined {
  const given = oneOf(args, name, [yes, no]);
  return given === undefined ? undefined : given === yes;
}

function chosen(args: Arguments): Partial<ControlRules> {
  const options = {
    makerChecker: choice(args, 'maker-checker', 'on', 'off'),
    cancellationCalls: choice(args, 'cancellations', 'on', 'off'),
    unsendProven: choice(args, 'unsend-proven', 'yes', 'no'),
    clearProven: choice(args, 'clear-proven', 'yes', 'no'),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** `control`: shows the rules of control, or puts changed ones in force. */
export const control: Command = async (context) => {
  const { args, clock } = context;
  const changes = chosen(args);
  const isChange = Object.keys(changes).length > 0;
  if (isChange !== args.has('reason')) {
    throw new AppError(
      'USAGE',
      'The rules of control are changed with a reason: name what changes, and --reason TEXT.',
      {
        details: { command: args.command },
      },
    );
  }
  const connection = await openConnection(context, isChange ? 'write' : 'read');
  const inForce = await connection.reader.control();
  if (!isChange) return outcome(inForce);
  const rules = { ...inForce.rules, ...changes };
  return outcome(await connection.writer.setControl({ rules, reason: args.value('reason') ?? '', nowMs: clock.now() }));
};
