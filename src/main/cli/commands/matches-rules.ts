import { readFileSync } from 'node:fs';
import { AppError } from '../../../shared/errors.ts';
import {
  type BackTest,
  MATCH_STATES,
  type MatchRule,
  type MatchRules,
  matchRule,
  matchRules,
  repeatedKey,
  type VersionedMatchRules,
} from '../../../shared/matches.ts';
import { statementKind } from '../../../shared/statements.ts';
import { type Arguments, oneOf } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import { counted, table } from '../table.ts';

const RULE = /^([a-z-]+)(?::(\d{1,2}))?$/;

function usage(args: Arguments, message: string): AppError {
  return new AppError('USAGE', message, { details: { command: args.command } });
}

/** `order,invoice,amount-date:3` as rules. @throws AppError USAGE */
function rulesOfText(args: Arguments, text: string): MatchRule[] {
  const rules = text.split(',').map((part) => {
    const [, key, days] = RULE.exec(part.trim()) ?? [];
    const rule = matchRule.safeParse({ key, days: days === undefined ? null : Number(days) });
    if (rule.success && (key === 'amount-date') === (days !== undefined)) return rule.data;
    throw usage(
      args,
      `"${part}" is no rule. Write --rules order,invoice,transaction,batch,amount-date:3, without what is not wanted.`,
    );
  });
  const twice = repeatedKey(rules);
  if (twice !== undefined) throw usage(args, `The rule ${twice} stands twice in --rules. Name each rule once.`);
  return rules;
}

/** The rules of a file: those that `matches rules --json` prints, or their part `rules` alone. @throws AppError VALUE_INVALID */
function rulesOfFile(path: string): MatchRules {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return matchRules.parse(typeof read === 'object' && read !== null && 'rules' in read ? read.rules : read);
  } catch {
    throw new AppError(
      'VALUE_INVALID',
      'The file holds no rules of matching. Write it with matches rules --json and change what it says.',
    );
  }
}

/** Which rules the options name, given those in force. @throws AppError USAGE, VALUE_INVALID */
function wantedRules(args: Arguments): (inForce: MatchRules) => MatchRules {
  const [file, text] = [args.value('file'), args.value('rules')];
  const kind = oneOf(args, 'kind', statementKind.options);
  if (file !== undefined && text === undefined && kind === undefined) {
    const rules = rulesOfFile(file);
    return () => rules;
  }
  if (file !== undefined || text === undefined || kind === undefined) {
    throw usage(args, 'Name either --file FILE, or --kind KIND and --rules RULE,RULE.');
  }
  const rules = rulesOfText(args, text);
  return (inForce) => ({ ...inForce, [kind]: rules });
}

const ruleText = ({ key, days }: MatchRule): string => (days === null ? key : `${key}:${days}`);

/** Rules of matching, for people. */
function rulesWords({ version, rules }: VersionedMatchRules): string {
  return [
    version === 0 ? 'Rules of matching as given; nobody has chosen any.' : `Rules of matching, version ${version}.`,
    '',
    ...statementKind.options.map((kind) => `${kind}: ${rules[kind].map(ruleText).join(', ') || 'none'}`),
  ].join('\n');
}

/** `matches rules`: the rules of matching in force. */
export const matchesRules: Command = async (context) => {
  const { reader } = await openConnection(context, 'read');
  const inForce = await reader.matchRules();
  return { json: { ...inForce }, text: rulesWords(inForce), needsPerson: false };
};

/** `matches rules set`: puts other rules of matching in force and matches by them. */
export const matchesRulesSet: Command = async (context) => {
  const wanted = wantedRules(context.args);
  const { reader, matching } = await openConnection(context, 'write');
  const { rules } = await reader.matchRules();
  const chosen = await matching.setRules({ rules: wanted(rules), reason: context.args.value('reason') ?? '' });
  return { json: { ...chosen }, text: rulesWords(chosen), needsPerson: false };
};

function backTestWords({ now, tried, changed, rows }: BackTest): string {
  const right = (heading: string) => ({ heading, right: true });
  const states = MATCH_STATES.map((state) => [state, `${now[state]}`, `${tried[state]}`]);
  const changes = rows.map((row) => [`${row.id}`, `${row.statement}`, `${row.line}`, row.key, row.now, row.tried]);
  const columns = [
    right('Row'),
    right('Statement'),
    right('Line'),
    ...['Key', 'Now', 'Then'].map((heading) => ({ heading })),
  ];
  return [
    `${counted(changed, 'row')} would change; nothing is stored.`,
    '',
    ...table([{ heading: 'State' }, right('Now'), right('Then')], states),
    ...(rows.length > 0 ? ['', ...table(columns, changes)] : []),
  ].join('\n');
}

/** `matches back-test`: what other rules of matching would do to the stored statements. */
export const matchesBackTest: Command = async (context) => {
  const wanted = wantedRules(context.args);
  const { reader, writer } = await openConnection(context, 'write');
  const { rules } = await reader.matchRules();
  const tested = await writer.backTestMatchRules({ rules: wanted(rules) });
  return { json: { ...tested }, text: backTestWords(tested), needsPerson: false };
};
