import type { Calibration } from '../../../shared/calibration.ts';
import type { Explanation } from '../../../shared/explanations.ts';
import type { CheckCode } from '../../../shared/findings.ts';
import type { Period } from '../../../shared/period.ts';
import type { ChosenRules, VersionedRules } from '../../../shared/rules.ts';
import type { AuthoredFiles } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import { explainFinding } from '../explain/explain-finding.ts';
import { readRules } from '../rules.ts';
import { calibrate } from './calibrate.ts';
import { chooseRules, type RulesChoice, readRulesHistory } from './choose-rules.ts';

/** What the writer thread does about the rules in force. */
export interface RulesWriter {
  /** Puts rules in force as a new version; the checks have to run afterwards. @throws AppError VALUE_INVALID */
  chooseRules(choice: RulesChoice): VersionedRules;
}

/** Names a finding. */
export interface FindingName {
  check: CheckCode;
  subject: number;
}

/** What the reader thread shows of the rules in force, calibration and explanations. */
export interface RulesReader {
  /** The rules that the next run of the checks goes by. */
  rulesInForce(): VersionedRules;
  /** Every version that was chosen, the newest first. */
  rulesHistory(): ChosenRules[];
  /** Tries every formula for an order's amount on the orders of a period. */
  calibrate(args: { period: Period; timeZone: string }): Calibration;
  /** The smallest explanation of a finding's difference; null = it has none, or is unexplained. */
  explainFinding(finding: FindingName): Explanation | null;
  /** The same for several findings, in their order. */
  explainFindings(args: { findings: FindingName[] }): (Explanation | null)[];
}

/** The writer's part; `local` is the file it writes to, with `cache.db` attached as `cache`. */
export function createRulesWriter({ local, author }: AuthoredFiles): RulesWriter {
  return { chooseRules: (choice) => chooseRules(local, author, choice) };
}

/** The reader's part; `file` is `cache.db`, read-only, with `local.db` attached as `local`. */
export function createRulesReader(file: SqliteFile): RulesReader {
  return {
    rulesInForce: () => readRules(file, 'local'),
    rulesHistory: () => readRulesHistory(file),
    calibrate: (args) => calibrate(file, args),
    explainFinding: (finding) => explainFinding(file, finding),
    explainFindings: ({ findings }) => findings.map((finding) => explainFinding(file, finding)),
  };
}
