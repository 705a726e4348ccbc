import { describe, expect, it } from 'vitest';
import { oneOf, parseArguments, wholeNumber } from '../../src/main/cli/arguments.ts';
import { parseSet } from '../../src/main/cli/commands/corrections-add.ts';
import { COMMANDS, commandSpec, isCommandName } from '../../src/main/cli/commands.ts';
import { exitCodeOf } from '../../src/main/cli/exit-codes.ts';
import { OPTIONS } from '../../src/main/cli/options.ts';
import { table } from '../../src/main/cli/table.ts';
import { usage } from '../../src/main/cli/usage.ts';
import { AppError, ERROR_CODES } from '../../src/shared/errors.ts';

function message(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code: 'USAGE' });
    return (thrown as AppError).message;
  }
  return 'no error';
}

describe('parseArguments', () => {
  it('takes options anywhere after the command, with a blank or an equals sign', () => {
    const variants = [
      ['corrections', 'add', '--line', '113', '--set', 'invoice_number=A=1', '--json'],
      ['corrections', '--json', 'add', '--set=invoice_number=A=1', '--line=113'],
      ['--json', 'corrections', '--line', '113', 'add', '--set', 'invoice_number=A=1'],
    ];
    for (const args of variants) {
      const parsed = parseArguments(args);
      expect(parsed.command).toBe('corrections add');
      expect([parsed.has('json'), parsed.value('line'), parsed.values('set')]).toEqual([
        true,
        '113',
        ['invoice_number=A=1'],
      ]);
      expect([parsed.has('wait'), parsed.value('order'), parsed.values('order')]).toEqual([false, undefined, []]);
    }
  });

  it('collects --set', () => {
    const args = parseArguments(['corrections', 'add', '--line', '1', '--set', 'a=1', '--set', 'b=2']);
    expect(args.values('set')).toEqual(['a=1', 'b=2']);
  });

  it.each([
    [[], 'Name a command.'],
    [['--json'], 'Name a command.'],
    [['fetch'], 'There is no command "fetch".'],
    [
      ['corrections'],
      `Name one of: ${Object.keys(COMMANDS)
        .filter((name) => name.startsWith('corrections '))
        .join(', ')}.`,
    ],
    [['users', 'add'], 'The command users add needs a NAME: users add NAME.'],
    [['users', 'add', 'Ada', 'Ben'], 'The command users add takes one NAME.'],
    [['corrections', 'drop'], 'There is no command "corrections drop".'],
    [['sync', 'now'], 'There is no command "sync now".'],
    [['sync', '--fast'], 'There is no option --fast.'],
    [['sync', '-x'], 'There is no option -x.'],
    [['sync', '--token=secret-word'], 'There is no option --token.'],
    [['sync', '--from', '2024-01-01'], 'The command sync has no option --from.'],
    [['findings', '--from'], 'The option --from needs a value: --from DAY.'],
    [['findings', '--from', '--json'], 'The option --from needs a value: --from DAY.'],
    [['sync', '--json=yes'], 'The option --json takes no value.'],
    [['findings', '--from', '2024-01-01', '--from', '2024-01-02'], 'The option --from was given twice.'],
    [['connect'], 'The command connect needs --base-url URL.'],
    [['report', '--out', 'x'], 'The command report needs --kind KIND and --format xlsx|csv.'],
  ])('%j is refused', (args, words) => {
    expect(message(() => parseArguments(args))).toBe(words);
  });

  it('needs nothing else for help', () => {
    expect(parseArguments(['--help']).command).toBeNull();
    expect(parseArguments(['-h']).has('help')).toBe(true);
    expect(parseArguments(['report', '--help']).command).toBe('report');
  });

  it('reads whole numbers and choices', () => {
    const args = parseArguments(['sandbox', '--port', '0', '--orders', '12', '--seed', '1e3']);
    expect([wholeNumber(args, 'port', 0, 65_535), wholeNumber(args, 'orders', 0, 100)]).toEqual([0, 12]);
    expect(message(() => wholeNumber(args, 'orders', 0, 11))).toBe(
      'The option --orders needs a whole number from 0 to 11.',
    );
    expect(message(() => wholeNumber(args, 'seed', 0, 9999))).toContain('whole number');
    expect(wholeNumber(args, 'line', 1, 2)).toBeUndefined();
    const report = parseArguments(['report', '--kind', 'x', '--format', 'csv', '--out', 'f']);
    expect(oneOf(report, 'format', ['xlsx', 'csv'])).toBe('csv');
    expect(message(() => oneOf(report, 'kind', ['reconciliation']))).toBe(
      'The option --kind takes one of: reconciliation.',
    );
  });
});

describe('parseSet', () => {
  it('reads fields and values', () => {
    expect(parseSet(['is_send=true'])).toEqual({ is_send: true });
    expect(parseSet(['invoice_number=A=1', 'invoice_date=2024-01-31', 'e_archive_url='])).toEqual({
      invoice_number: 'A=1',
      invoice_date: '2024-01-31',
      e_archive_url: '',
    });
  });

  it.each([
    ['is_send', 'USAGE'],
    ['=true', 'USAGE'],
    ['is_send=yes', 'VALUE_INVALID'],
    ['price=1', 'FIELD_NOT_WRITABLE'],
    ['__proto__=1', 'FIELD_NOT_WRITABLE'],
  ])('%s is refused', (text, code) => {
    expect(() => parseSet([text])).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a field that is set twice', () => {
    expect(() => parseSet(['is_send=true', 'is_send=false'])).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});

describe('exit codes', () => {
  it('every error has one between 1 and 5, and success is none of them', () => {
    for (const code of ERROR_CODES) expect([1, 2, 3, 4, 5]).toContain(exitCodeOf(code));
  });

  it.each([
    ['CANCELLED', 1],
    ['USAGE', 2],
    ['NUMBER_AMBIGUOUS', 2],
    ['SIGN_IN_REFUSED', 3],
    ['TOKEN_MISSING', 3],
    ['NOT_REACHABLE', 4],
    ['RESPONSE_INVALID', 4],
    ['DATA_LOCKED', 5],
    ['CONNECTION_UNKNOWN', 5],
  ] as const)('%s is %i', (code, exit) => {
    expect(exitCodeOf(code)).toBe(exit);
  });
});

describe('usage', () => {
  it('names every command, and every option of each', () => {
    for (const name of Object.keys(COMMANDS)) {
      expect(usage(null)).toContain(name);
      if (!isCommandName(name)) throw new Error(name);
      for (const option of commandSpec(name).options) expect(usage(name)).toContain(`--${option}`);
    }
  });

  it('every option belongs to a command', () => {
    const used = Object.values(COMMANDS).flatMap(({ options }): string[] => [...options]);
    expect(Object.keys(OPTIONS).filter((name) => !used.includes(name))).toEqual([]);
  });
});

describe('table', () => {
  it('lines numbers up on the right, shows no data as a dash and control characters as marks', () => {
    const columns = [{ heading: 'Order' }, { heading: 'Amount', right: true }];
    expect(
      table(columns, [
        ['A\u001b[31m', '1.00'],
        ['B', null],
      ]),
    ).toEqual(['Order   Amount', 'A\u{fffd}[31m    1.00', 'B            -']);
  });
});
