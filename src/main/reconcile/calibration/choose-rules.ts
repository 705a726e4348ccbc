import { canonicalJson } from '../../../shared/canonical-json.ts';
import { AppError } from '../../../shared/errors.ts';
import { type RuleProblemCode, ruleProblem } from '../../../shared/rule-problems.ts';
import {
  type ChosenRules,
  DEFAULT_RULES,
  isUnchosen,
  type Rules,
  ruleReason,
  rulesSchema,
  type VersionedRules,
} from '../../../shared/rules.ts';
import { type Author, appendJournal } from '../../audit/journal.ts';
import { isKnownCurrency } from '../../database/known-currency.ts';
import type { SqliteFile } from '../../database/open.ts';
import { heldRules, readRules } from '../rules.ts';

/** What a person chooses, and why. */
export interface RulesChoice {
  /** Null takes the choice back: nobody has chosen any then. */
  rules: Rules | null;
  reason: string;
  nowMs: number;
}

const SAYS: Readonly<Record<RuleProblemCode, string>> = {
  'tolerance-currency': 'is no currency code of three letters',
  'tolerance-twice': 'has more than one tolerance',
  'tolerance-absolute': 'is no tolerance from 0 to 1000000',
  'tolerance-percent': 'is no share from 0 to 100 per cent',
  'archive-host': 'is no host like earsiv.example.com, without scheme, port and path',
  'archive-host-twice': 'is named twice among the hosts',
  'calendar-source': 'is no name of a source',
  'calendar-twice': 'has more than one calendar',
  'calendar-day': 'is both a day with and a day without work',
  'quantity-key': 'is no name of an attribute',
};

/**
 * Puts rules in force as a new version; former ones stay. Choosing a former version again is the undo, and
 * choosing null that of the first choice. `local` is the
 * writer's connection to `local.db`. The checks have to run afterwards.
 * @throws AppError VALUE_INVALID for rules that make no sense, for a missing reason and for the rules in force
 */
export function chooseRules(local: SqliteFile, author: Author, choice: RulesChoice): VersionedRules {
  const isBack = choice.rules === null;
  const rules = choice.rules === null ? DEFAULT_RULES : validRules(choice.rules);
  assertKnownCurrencies(local, rules);
  const reason = ruleReason.safeParse(choice.reason);
  if (!reason.success) throw invalid('Rules are chosen with a reason of 1 to 500 characters. Give one.');
  return local
    .transaction(() => {
      const before = readRules(local, 'main');
      const [former, wanted] = [canonicalJson(before.rules), canonicalJson(rules)];
      if (isBack && isUnchosen(before)) throw invalid('Nobody has chosen rules, so there is nothing to take back.');
      if (!isBack && !isUnchosen(before) && former === wanted)
        throw invalid('These rules are in force already. Change them first.');
      const chosen = isBack ? canonicalJson(null) : wanted;
      const version = before.version + 1;
      const after = isBack ? ({ version, rules, assumed: true } as const) : { version, rules };
      local
        .prepare('INSERT INTO main.rules (version, rules, chosen_ms, reason) VALUES (?, ?, ?, ?)')
        .run(version, chosen, choice.nowMs, reason.data);
      appendJournal(local, {
        ...author,
        atMs: choice.nowMs,
        action: 'rules.choose',
        subject: `rules ${version}`,
        before: { version: before.version, rules: before.rules },
        after,
        reason: reason.data,
        undoes: null,
      });
      local.prepare(`INSERT INTO main.touched (kind, subject) VALUES ('rules', ?)`).run(version);
      return after;
    })
    .immediate();
}

/** A typing mistake would make a tolerance that never applies. */
function assertKnownCurrencies(local: SqliteFile, { tolerances }: Rules): void {
  const unknown = tolerances.find(({ currency }) => !isKnownCurrency(local, currency));
  if (unknown === undefined) return;
  throw invalid(
    `"${unknown.currency}" is no currency that is known, and no order is in it. Write a code of ISO 4217, like try.`,
    'tolerance-currency',
  );
}

function validRules(given: Rules): Rules {
  const parsed = rulesSchema.safeParse(given);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw invalid(`The rules are not complete or hold a value that is not allowed (${where}). Correct it.`);
  }
  const problem = ruleProblem(parsed.data);
  if (problem !== null) {
    throw invalid(`"${problem.value.slice(0, 80)}" ${SAYS[problem.code]}. Correct it.`, problem.code);
  }
  return parsed.data;
}

function invalid(message: string, problem?: RuleProblemCode): AppError {
  return new AppError('VALUE_INVALID', message, problem === undefined ? {} : { details: { problem } });
}

/** Every version that was chosen, the newest first. `file` has `local.db` attached as `local`. */
export function readRulesHistory(file: SqliteFile): ChosenRules[] {
  return file
    .prepare<[], { version: number; rules: string; chosen_ms: number; reason: string }>(
      'SELECT version, rules, chosen_ms, reason FROM local.rules ORDER BY version DESC LIMIT 1000',
    )
    .all()
    .map(({ chosen_ms, reason, ...row }) => ({
      ...heldRules(row),
      chosenAt: new Date(chosen_ms).toISOString(),
      reason,
    }));
}
