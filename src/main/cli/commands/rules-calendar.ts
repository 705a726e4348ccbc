import { AppError } from '../../../shared/errors.ts';
import { isBusinessDay } from '../../../shared/period.ts';
import { holidayChoice, type Rules, type SourceCalendar } from '../../../shared/rules.ts';
import { STATEMENT_KINDS, type StatementKind } from '../../../shared/statements.ts';
import { calendarOf, DEFAULT_CALENDAR } from '../../../shared/working-days.ts';
import type { Connection } from '../../connections/connection.ts';
import { type Arguments, oneOf } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import type { OptionName } from '../options.ts';
import { rulesWords } from './rules.ts';

const WEEKDAYS: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** Options that change a calendar; one at least is needed, or `default` alone. */
const CHANGES = ['weekend', 'holidays', 'closed', 'open', 'plain'] as const satisfies OptionName[];

/** `rules calendar`: the working days of one source of statements, as a new version of the rules. */
export const rulesCalendar: Command = async (context) => {
  const { args } = context;
  const source = args.value('source') ?? '';
  const changes = CHANGES.filter((name) => args.has(name));
  if (args.has('default') === changes.length > 0) {
    throw new AppError('USAGE', 'Name what shall change in the calendar, or --default alone to have none of its own.');
  }
  // A mistake in the options is told before anything is opened.
  changed({ source, ...DEFAULT_CALENDAR }, args);
  const connection = await openConnection(context, 'write');
  const kind = await kindOfSource(connection, source);
  const { rules } = await connection.reader.rulesInForce();
  // The first calendar of its own begins with the one that held until now, which may be that of its kind.
  const held = { ...calendarOf(rules.calendars, { kind, profile: source }), source };
  const others = rules.calendars.filter((each) => each.source !== source);
  const calendars = args.has('default') ? others : [...others, changed(held, args)].sort(bySource);
  const wanted: Rules = { ...rules, calendars };
  const chosen = await connection.rules.choose({ rules: wanted, reason: args.value('reason') ?? '' });
  return { json: chosen, text: rulesWords(chosen), needsPerson: false };
};

const bySource = (a: SourceCalendar, b: SourceCalendar): number => (a.source < b.source ? -1 : 1);

/**
 * The kind that a source is, or that its profile is for.
 * @throws AppError VALUE_INVALID for any other name: a mistyped one would make a calendar that no statement has
 */
async function kindOfSource({ reader }: Connection, source: string): Promise<StatementKind> {
  const profiles = await reader.profilesList();
  const kind = STATEMENT_KINDS.find((each) => each === source) ?? profiles.find(({ name }) => name === source)?.kind;
  if (kind !== undefined) return kind;
  throw new AppError(
    'VALUE_INVALID',
    `There is no source "${source.slice(0, 80)}". Name a kind (${STATEMENT_KINDS.join(', ')}) or a profile; statements profiles lists them.`,
  );
}

function changed(calendar: SourceCalendar, args: Arguments): SourceCalendar {
  const [closing, opening, plain] = (['closed', 'open', 'plain'] as const).map((name) => daysOf(args, name)) as [
    string[],
    string[],
    string[],
  ];
  const named = [...closing, ...opening, ...plain];
  const twice = named.find((day, place) => named.indexOf(day) < place);
  if (twice !== undefined) throw new AppError('USAGE', `The day ${twice} is named twice.`);
  const among = (days: readonly string[], more: readonly string[]): string[] =>
    [...days.filter((day) => !named.includes(day)), ...more].sort();
  return {
    source: calendar.source,
    weekend: weekendOf(args) ?? calendar.weekend,
    holidays: oneOf(args, 'holidays', holidayChoice.options) ?? calendar.holidays,
    closed: among(calendar.closed, closing),
    open: among(calendar.open, opening),
  };
}

function daysOf(args: Arguments, name: OptionName): string[] {
  return args.values(name).map((text) => {
    if (isBusinessDay(text)) return text;
    throw new AppError('USAGE', `"${text.slice(0, 20)}" is no day. Write --${name} 2026-12-31.`);
  });
}

/** `sat,sun` or `none`; undefined where the option was not given. */
function weekendOf(args: Arguments): number[] | undefined {
  const text = args.value('weekend');
  if (text === undefined) return undefined;
  if (text === 'none') return [];
  const days = text.split(',').map((name) => WEEKDAYS.indexOf(name.trim().toLowerCase()));
  if (days.includes(-1) || new Set(days).size >= WEEKDAYS.length) {
    throw new AppError('USAGE', `"${text.slice(0, 40)}" is no weekend. Write --weekend sat,sun, or none.`);
  }
  return [...new Set(days)].sort();
}
