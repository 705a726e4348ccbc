import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/main/cli/arguments.ts';
import { COMMANDS, isCommandName } from '../../src/main/cli/commands.ts';
import { nearest } from '../../src/main/cli/nearest.ts';
import { usage } from '../../src/main/cli/usage.ts';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import { withDataErrors } from '../../src/main/database/sqlite-errors.ts';
import { closeAfterTest, tempFolder } from '../support/engine.ts';
import { runCliHere } from '../support/run-cli-here.ts';

describe('help', () => {
  it.each(Object.keys(COMMANDS))('about %s is its usage, asked for either way, and ends with 0', async (name) => {
    if (!isCommandName(name)) throw new Error(name);
    const words = name.split(' ');
    for (const args of [
      [...words, '--help'],
      ['help', ...words],
    ]) {
      const run = await runCliHere(args);
      expect([args, run.code, run.stdout, run.stderr]).toEqual([args, 0, `${usage(name)}\n`, '']);
    }
  });

  it.each([[['help']], [['--help']], [['-h']], [['corrections', '--help']], [['help', 'corrections']]])(
    '%j prints every command',
    async (args) => {
      const run = await runCliHere(args);
      expect([run.code, run.stdout, run.stderr]).toEqual([0, `${usage(null)}\n`, '']);
      expect((await runCliHere([...args, '--json'])).json()).toEqual({ usage: usage(null) });
    },
  );

  it.each([
    [['snyc'], 'There is no command "snyc". The nearest is sync.\nEvery command: npm run -s cli -- help\n'],
    [
      ['report'],
      'The command report needs --kind KIND and --format xlsx|csv and --out FILE.\nIts options: npm run -s cli -- help report\n',
    ],
  ])('%j prints its sentence and where the help is, no more', async (args, words) => {
    const run = await runCliHere(args);
    expect([run.code, run.stdout, run.stderr]).toEqual([2, '', words]);
  });

  it('tells the version of the program, and names the way to it', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const run = await runCliHere(['--version']);
    expect([run.code, run.stdout, run.stderr]).toEqual([0, `Mutabakat ${version}\n`, '']);
    expect((await runCliHere(['--json', '--version'])).json()).toEqual({ version });
    expect(usage(null)).toContain('--version');
    // Behind a command it is an option of that command's own.
    expect((await runCliHere(['rules', 'set', '--version'])).code).toBe(2);
  });

  it('about a command that is none ends with 2', async () => {
    expect((await runCliHere(['help', 'bogus'])).code).toBe(2);
    expect((await runCliHere(['bogus', '--help'])).code).toBe(2);
  });
});

describe('a mistake in the arguments', () => {
  it.each([['--json=1'], ['--json=true'], ['--json=']])('%s is told as one JSON object', async (json) => {
    for (const args of [
      ['findings', json],
      [json, 'bogus'],
      ['help', json],
    ]) {
      const run = await runCliHere(args);
      expect([args, run.code]).toEqual([args, 2]);
      expect(run.json()).toEqual({ error: { code: 'USAGE', message: expect.any(String), retryable: false } });
    }
  });

  it.each(['data-dir', 'connection'])(
    'an empty --%s is usage, and makes nothing in the current folder',
    async (name) => {
      const home = mkdtempSync(join(tmpdir(), 'mutabakat-cli-'));
      const before = readdirSync('.');
      for (const given of [[`--${name}=`], [`--${name}`, ''], [`--${name}`, ' ']]) {
        for (const command of [['findings'], ['sync'], ['demo', '--orders', '0']]) {
          const env = { XDG_CONFIG_HOME: home, APPDATA: home, HOME: home };
          const run = await runCliHere([...command, ...given, '--json'], env);
          expect([run.code, run.json()]).toMatchObject([2, { error: { code: 'USAGE' } }]);
          expect(run.stderr).toContain('npm run -s cli -- help');
        }
      }
      expect(readdirSync('.')).toEqual(before);
      expect([existsSync(home), readdirSync(home)]).toEqual([true, []]);
      rmSync(home, { recursive: true });
    },
  );

  it.each([
    [['sync', '--conection', 'shop'], 'There is no option --conection. The nearest is --connection.'],
    [['sync', '--jsno'], 'There is no option --jsno. The nearest is --json.'],
    [['sync', '--date-dir=x'], 'There is no option --date-dir. The nearest is --data-dir.'],
    [['sync', '--quiet'], 'There is no option --quiet.'],
    [['snyc'], 'There is no command "snyc". The nearest is sync.'],
    [['correction', 'list'], 'There is no command "correction list". The nearest is corrections list.'],
  ])('%j names the nearest that there is', (args, message) => {
    expect(() => parseArguments(args)).toThrow(expect.objectContaining({ code: 'USAGE', message }));
  });

  it('the nearest word is one slip away, or two in a long one', () => {
    expect(nearest('form', ['to', 'from'])).toBe('from');
    expect(nearest('frm', ['to', 'from'])).toBe('from');
    expect(nearest('ffrom', ['to', 'from'])).toBe('from');
    expect(nearest('room', ['to', 'from'])).toBeNull();
    expect(nearest('corections-lst', ['corrections-list'])).toBe('corrections-list');
    expect(nearest('', ['to', 'from'])).toBeNull();
  });
});

it('a full disk is told without claiming that nothing was stored', () => {
  const files = closeAfterTest(openWriterFiles(tempFolder()));
  files.cache.exec('CREATE TABLE filling (text TEXT)');
  files.cache.prepare("INSERT INTO filling VALUES ('stored before')").run();
  files.cache.pragma(`max_page_count = ${Number(files.cache.pragma('page_count', { simple: true }))}`);
  const fill = (): unknown => files.cache.prepare('INSERT INTO filling VALUES (?)').run('x'.repeat(100_000));
  expect(() => withDataErrors(fill)).toThrow(
    expect.objectContaining({
      code: 'DATA_FULL',
      message:
        'The disk with the data folder is full. What was stored before is kept; free some space and run this again.',
    }),
  );
  expect(files.cache.prepare('SELECT count(*) FROM filling').pluck().get()).toBe(1);
});
