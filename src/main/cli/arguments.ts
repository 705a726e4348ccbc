import { AppError } from '../../shared/errors.ts';
import {
  COMMANDS,
  type CommandName,
  commandSpec,
  isCommandName,
  isOptionName,
  OPTIONS,
  type OptionName,
  optionLabel,
} from './commands.ts';

/** A parsed command line. */
export interface Arguments {
  /** Null only where nothing but `--help` is asked for. */
  command: CommandName | null;
  /** True when the switch was given. */
  has(name: OptionName): boolean;
  /** The option's value, or undefined where it was not given. */
  value(name: OptionName): string | undefined;
  /** Every value of an option that may be repeated. */
  values(name: OptionName): string[];
}

function wrong(message: string, command: CommandName | null = null): AppError {
  return new AppError('USAGE', message, { details: { command } });
}

/** Splits arguments into words and options; an option's value follows it or stands behind `=`. */
function split(args: readonly string[]): { words: string[]; given: Map<OptionName, string[]> } {
  const words: string[] = [];
  const given = new Map<OptionName, string[]>();
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith('-')) {
      words.push(arg);
      continue;
    }
    const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg === '-h' ? '--help' : arg);
    const name = match?.[1] ?? '';
    if (!isOptionName(name)) throw wrong(`There is no option ${arg.split('=')[0]}.`);
    const inline = match?.[2];
    if (OPTIONS[name].value === null) {
      if (inline !== undefined) throw wrong(`The option --${name} takes no value.`);
      given.set(name, []);
      continue;
    }
    const value = inline ?? rest.shift();
    if (value === undefined || (inline === undefined && value.startsWith('--'))) {
      throw wrong(`The option --${name} needs a value: ${optionLabel(name)}.`);
    }
    if (given.has(name) && name !== 'set') throw wrong(`The option --${name} was given twice.`);
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  return { words, given };
}

function commandOf(words: readonly string[]): CommandName {
  const text = words.join(' ');
  if (isCommandName(text)) return text;
  if (text === '') throw wrong('Name a command.');
  const longer = Object.keys(COMMANDS).filter((name) => name.startsWith(`${text} `));
  if (longer.length > 0) throw wrong(`Name one of: ${longer.join(', ')}.`);
  throw wrong(`There is no command "${text}".`);
}

/**
 * Reads a command line: the command, then options anywhere.
 * @throws AppError USAGE; `details.command` names the command whose help explains more, or is null.
 */
export function parseArguments(args: readonly string[]): Arguments {
  const { words, given } = split(args);
  const onlyHelp = words.length === 0 && given.has('help');
  const command = onlyHelp ? null : commandOf(words);
  if (command !== null) {
    const { options, required } = commandSpec(command);
    for (const name of given.keys()) {
      if (!options.includes(name)) throw wrong(`The command ${command} has no option --${name}.`, command);
    }
    const missing = required.filter((name) => !given.has(name));
    if (missing.length > 0 && !given.has('help')) {
      throw wrong(`The command ${command} needs ${missing.map(optionLabel).join(' and ')}.`, command);
    }
  }
  return {
    command,
    has: (name) => given.has(name),
    value: (name) => given.get(name)?.at(-1),
    values: (name) => given.get(name) ?? [],
  };
}

/** A whole number between `least` and `most`, or undefined where the option was not given. @throws AppError USAGE */
export function wholeNumber(args: Arguments, name: OptionName, least: number, most: number): number | undefined {
  const text = args.value(name);
  if (text === undefined) return undefined;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
  throw wrong(`The option --${name} needs a whole number from ${least} to ${most}.`, args.command);
}

/** An option whose value is one of a list. @throws AppError USAGE */
export function oneOf<T extends string>(args: Arguments, name: OptionName, allowed: readonly T[]): T | undefined {
  const text = args.value(name);
  if (text === undefined) return undefined;
  const found = allowed.find((each) => each === text);
  if (found === undefined) throw wrong(`The option --${name} takes one of: ${allowed.join(', ')}.`, args.command);
  return found;
}
