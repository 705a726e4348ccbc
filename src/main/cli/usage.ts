import { COMMANDS, type CommandName, commandSpec, isCommandName } from './commands.ts';
import { OPTIONS, type OptionName, optionLabel } from './options.ts';

function columns(rows: [string, string][]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

function optionRows(names: readonly OptionName[], says: Partial<Record<OptionName, string>>): [string, string][] {
  return names.map((name) => [optionLabel(name), says[name] ?? OPTIONS[name].help]);
}

const CALL = 'npm run -s cli --';

/** Which command line prints the help text of one command, or of the program: one line, so that no mistake scrolls away. */
export function howToGetHelp(command: CommandName | null): string {
  return command === null ? `Every command: ${CALL} help` : `Its options: ${CALL} help ${command}`;
}

/** The help text of one command, or of the program. */
export function usage(command: CommandName | null): string {
  if (command === null) {
    const commands = Object.keys(COMMANDS).filter(isCommandName);
    const rows = commands.map((name): [string, string] => [name, commandSpec(name).help]);
    return [
      `Usage: ${CALL} COMMAND [OPTIONS]`,
      '',
      ...columns(rows),
      '',
      'COMMAND --help, or help COMMAND, lists the options of a command; --version tells the version of the program.',
      'Exit codes: 0 done, 1 something needs a person, 2 usage, 3 sign-in refused, 4 server not reachable, 5 local data.',
    ].join('\n');
  }
  const { help, options, operand, says = {} } = commandSpec(command);
  const name = operand === undefined ? command : `${command} ${operand}`;
  return [`Usage: ${CALL} ${name} [OPTIONS]`, `${help}.`, '', ...columns(optionRows(options, says))].join('\n');
}
