import { AppError } from '../../../shared/errors.ts';
import { type MatchRules, matchRules, repeatedKey } from '../../../shared/matches.ts';
import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import { backTest } from './back-test.ts';
import { acceptMatches, matchByHand, rejectMatches } from './decisions.ts';
import { readMatchRules, storeMatchRules } from './match-rules.ts';
import { runMatching, withLargeCache } from './run-matching.ts';
import type { MatchWriter } from './service.ts';
import { undoEntry, undoMatches } from './undo.ts';
import { undoRun } from './undo-run.ts';

/** See {@link MatchWriter}. */
export function matchWriter(files: AuthoredFiles): MatchWriter {
  const { local, author } = files;
  return {
    matchRun: (args) => withLargeCache(local, () => runMatching(files, args)),
    matchAccept: (args) => acceptMatches(files, args),
    matchReject: (args) => rejectMatches(files, args),
    matchByHand: (args) => matchByHand(files, args),
    matchUndo: (args) => undoMatches(files, args),
    matchUndoRun: (args) => undoRun(files, args),
    matchUndoEntry: (args) => undoEntry(files, args),
    backTestMatchRules: ({ rules }) => withLargeCache(local, () => backTest(local, chosenRules(rules))),
    setMatchRules: ({ rules: given, reason, nowMs }) => {
      const rules = chosenRules(given);
      return local
        .transaction(() => {
          const before = readMatchRules(local, 'main');
          const stored = storeMatchRules(local, { rules, reason, nowMs });
          appendJournal(local, {
            ...author,
            atMs: nowMs,
            action: 'match-rules.choose',
            subject: `match rules ${stored.version}`,
            before: { version: before.version, rules: before.rules },
            after: { version: stored.version, rules: stored.rules },
            reason,
            undoes: null,
          });
          return stored;
        })
        .immediate();
    },
  };
}

/** Rules as somebody chooses them; those in force may be older than this check. @throws AppError VALUE_INVALID */
function chosenRules(given: unknown): MatchRules {
  const parsed = matchRules.safeParse(given);
  if (!parsed.success) throw new AppError('VALUE_INVALID', 'These are no rules of matching.');
  for (const [kind, rules] of Object.entries(parsed.data)) {
    const key = repeatedKey(rules);
    if (key !== undefined) {
      throw new AppError('VALUE_INVALID', `The rule ${key} stands twice for ${kind}. Name each rule once.`);
    }
  }
  return parsed.data;
}
