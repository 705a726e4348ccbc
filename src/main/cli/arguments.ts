import { AppError } from '../../shared/errors.ts';
import { COMMANDS, type CommandName, commandSpec, isCommandName } from './commands.ts';
import { nearest } from './nearest.ts';
import { isOptionName, OPTIONS, type OptionName, optionLabel } from './options.ts';

/** A parsed command line. */
export interface Arguments {
  /** Null only where nothing but `--help` is asked for. */
  command: CommandName | null;
  /** What stands behind the command's name, where it takes something: a file. */
  operand?: string;
  /** True when the switch was given. */
  has(name: OptionName): boolean;
  /** The option's value, or undefined where it was not given. */
  value(name: OptionName): string | undefined;
  /** Every value of an option that may be repeated. */
  values(name: OptionName): string[];
}

/** Options that may be given more than once. */
const REPEATABLE: readonly OptionName[] = [
  ...['set', 'tolerance', 'archive-host', 'id', 'line', 'reason-id'],
  ...['closed', 'open', 'plain'],
] as OptionName[];

function wrong(message: string, command: CommandName | null = null): AppError {
  return new AppError('USAGE', message, { details: { command } });
}

/**
 * Whether a program reads the result: known before the arguments are read, so that a mistake in them is also told as
 * JSON. `--json=1` is such a mistake.
 */
export function wantsJson(args: readonly string[]): boolean {
  return args.some((arg) => arg === '--json' || arg.startsWith('--json='));
}

/** Whether nothing but the program's version is asked for; behind a command, `--version` is an option of its own. */
export function asksVersion(args: readonly string[]): boolean {
  const [first, ...others] = args.filter((arg) => arg !== '--json');
  return first === '--version' && others.length === 0;
}

function hint(meant: string | null): string {
  return meant === null ? '' : ` The nearest is ${meant}.`;
}

function unknownOption(given: string): AppError {
  const labels = Object.keys(OPTIONS).map((name) => `--${name}`);
  return wrong(`There is no option ${given}.${hint(nearest(given, labels))}`);
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
    if (!isOptionName(name)) throw unknownOption(arg.split('=')[0] ?? '');
    const inline = match?.[2];
    if (OPTIONS[name].value === null) {
      if (inline !== undefined) throw wrong(`The option --${name} takes no value.`);
      given.set(name, []);
      continue;
    }
    const value = inline ?? rest.shift();
    if (value === undefined || value.trim() === '' || (inline === undefined && value.startsWith('--'))) {
      throw wrong(`The option --${name} needs a value: ${optionLabel(name)}.`);
    }
    if (given.has(name) && !REPEATABLE.includes(name)) throw wrong(`The option --${name} was given twice.`);
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  return { words, given };
}

/** Takes what stands behind the name of a command that wants it out of the words; a second one is a mistake. */
function takeOperand(words: string[]): string | undefined {
  const lengths = words.map((_word, at) => at + 1).reverse();
  for (const length of lengths) {
    const name = words.slice(0, length).join(' ');
    if (!isCommandName(name)) continue;
    const { operand } = commandSpec(name);
    if (operand === undefined) return undefined;
    if (words.length > length + 1) throw wrong(`The command ${name} takes one ${operand}.`, name);
    return words.splice(length)[0];
  }
  return undefined;
}

/** The command that the words name; null where only help is asked for, about all commands or about several. */
function commandOf(words: readonly string[], forHelp: boolean): CommandName | null {
  const text = words.join(' ');
  if (isCommandName(text)) return text;
  const longer = Object.keys(COMMANDS).filter((name) => name.startsWith(`${text} `));
  if (forHelp && (text === '' || longer.length > 0)) return null;
  if (text === '') throw wrong('Name a command.');
  if (longer.length > 0) throw wrong(`Name one of: ${longer.join(', ')}.`);
  throw wrong(`There is no command "${text}".${hint(nearest(text, Object.keys(COMMANDS)))}`);
}

/**
 * Reads a command line: the command, then options anywhere. `help COMMAND` is the same as `COMMAND --help`.
 * @throws AppError USAGE; `details.command` names the command whose help explains more, or is null.
 */
export function parseArguments(args: readonly string[]): Arguments {
  const { words, given } = split(args);
  if (words[0] === 'help') {
    words.shift();
    given.set('help', []);
  }
  const operand = takeOperand(words);
  const command = commandOf(words, given.has('help'));
  if (command !== null) {
    const { options, required } = commandSpec(command);
    for (const name of given.keys()) {
      if (!options.includes(name)) throw wrong(`The command ${command} has no option --${name}.`, command);
    }
    // Elsewhere a command is about one line, and a second one would be dropped unnoticed.
    if ((given.get('line') ?? []).length > 1 && command !== 'corrections cancel') {
      throw wrong('The option --line was given twice.', command);
    }
    const { operand: wanted } = commandSpec(command);
    if (wanted !== undefined && operand === undefined && !given.has('help')) {
      throw wrong(`The command ${command} needs a ${wanted}: ${command} ${wanted}.`, command);
    }
    const missing = required.filter((name) => !given.has(name));
    if (missing.length > 0 && !given.has('help')) {
      throw wrong(`The command ${command} needs ${missing.map(optionLabel).join(' and ')}.`, command);
    }
  }
  return {
    command,
    ...(operand === undefined ? {} : { operand }),
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
