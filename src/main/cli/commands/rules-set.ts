import { AppError } from '../../../shared/errors.ts';
import { isBusinessDay } from '../../../shared/period.ts';
import { type AmountFormula, amountFormula, DEFAULT_RULES, type Rules, type Tolerance } from '../../../shared/rules.ts';
import type { Connection } from '../../connections/connection.ts';
import { type Arguments, oneOf, wholeNumber } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import type { OptionName } from '../options.ts';
import { rulesWords } from './rules.ts';

/** What stands for "no value" where an option takes one. */
const NONE = 'none';
/** Options that change something; at least one is needed. */
const CHANGES = [
  'discount',
  'interest',
  'shipping-interest',
  'price',
  'quantity-key',
  'tolerance',
  'stuck-days',
  'archive-host',
  'closed-until',
] as const satisfies OptionName[];

/** `rules set`: puts changed rules in force, or a former version again, and runs the checks by them. */
export const rulesSet: Command = async (context) => {
  const { args } = context;
  const version = wholeNumber(args, 'version', 0, 1_000_000);
  const changes = CHANGES.filter((name) => args.has(name));
  if ((version === undefined) === (changes.length === 0)) {
    throw new AppError(
      'USAGE',
      'Name what shall change, or with --version N alone the rules that shall be in force again.',
    );
  }
  // A mistake in the options is told before anything is opened.
  changed(DEFAULT_RULES, args);
  const connection = await openConnection(context, 'write');
  const { rules } = await connection.reader.rulesInForce();
  const wanted = version === undefined ? changed(rules, args) : await formerRules(connection, version);
  const chosen = await connection.rules.choose({ rules: wanted, reason: args.value('reason') ?? '' });
  return { json: chosen, text: rulesWords(chosen), needsPerson: false };
};

/** The rules of a version; null = those of nobody's choice, as version 0 stands for and each that took a choice back. */
async function formerRules({ reader }: Connection, version: number): Promise<Rules | null> {
  if (version === 0) return null;
  const found = (await reader.rulesHistory()).find((each) => each.version === version);
  if (found === undefined) {
    throw new AppError('VALUE_INVALID', `There is no version ${version} of the rules. The command rules lists them.`);
  }
  return found.assumed ? null : found.rules;
}

/** The rules with what the options change. */
function changed(rules: Rules, args: Arguments): Rules {
  return {
    formula: changedFormula(rules.formula, args),
    tolerances: changedTolerances(rules.tolerances, args.values('tolerance')),
    stuckDays: wholeNumber(args, 'stuck-days', 1, 365) ?? rules.stuckDays,
    archiveHosts: changedHosts(rules.archiveHosts, args.values('archive-host')),
    closedUntil: changedDay(rules.closedUntil, args.value('closed-until')),
    calendars: rules.calendars,
    quantityKey: args.value('quantity-key') ?? rules.quantityKey,
  };
}

function changedFormula(formula: AmountFormula, args: Arguments): AmountFormula {
  const { discount, interest, shippingInterest, price } = amountFormula.shape;
  return {
    discount: oneOf(args, 'discount', discount.options) ?? formula.discount,
    interest: oneOf(args, 'interest', interest.options) ?? formula.interest,
    shippingInterest: oneOf(args, 'shipping-interest', shippingInterest.options) ?? formula.shippingInterest,
    price: oneOf(args, 'price', price.options) ?? formula.price,
  };
}

const NUMBER = String.raw`\d+(?:\.\d{1,6})?`;
const TOLERANCE = new RegExp(`^([A-Za-z]{3})=(?:(${NONE})|(${NUMBER})|(${NUMBER})%|(${NUMBER}),(${NUMBER})%)$`);

/** `try=0.05`, `try=0.05,1%`, `try=1%` or `try=none`; what is not named stays. @throws AppError USAGE */
export function changedTolerances(tolerances: readonly Tolerance[], texts: readonly string[]): Tolerance[] {
  let changing = [...tolerances];
  for (const text of texts) {
    const [found, name = '', none, absolute, percent, both, share] = TOLERANCE.exec(text) ?? [];
    if (found === undefined) {
      throw new AppError('USAGE', `"${text}" is no tolerance. Write --tolerance try=0.05, try=0.05,1% or try=none.`);
    }
    const currency = name.toLowerCase();
    changing = changing.filter((each) => each.currency !== currency);
    if (none === undefined)
      changing.push({ currency, absolute: absolute ?? both ?? '0', percent: percent ?? share ?? '0' });
  }
  return changing;
}

function changedHosts(hosts: string[], given: readonly string[]): string[] {
  if (given.length === 0) return hosts;
  return given.filter((host) => host !== NONE).map((host) => host.toLowerCase());
}

function changedDay(day: string | null, given: string | undefined): string | null {
  if (given === undefined) return day;
  if (given === NONE) return null;
  if (!isBusinessDay(given)) {
    throw new AppError('USAGE', `"${given}" is no day. Write --closed-until 2026-01-31, or none.`);
  }
  return given;
}
