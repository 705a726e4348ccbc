import type { TFunction } from 'i18next';
import type { RunRow } from '../../../shared/runs.ts';
import { isErrorCode } from '../../i18n/codes.ts';
import type { Format } from '../../ui/use-format.ts';

/** Why a run did not come to a good end, in the window's language; main's own words where the code is not known. */
export function runProblem(t: TFunction, { problem }: RunRow): string {
  if (problem === null) return '';
  return isErrorCode(problem.code) ? t(`errors.${problem.code}.what`) : problem.message;
}

/** How long a run took in milliseconds; null while it goes on. */
export function runDuration({ startedAt, finishedAt }: RunRow): number | null {
  return finishedAt === null ? null : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt));
}

/** One of a run's counts; a dash where it is not known. */
export function runCount(count: number | null, format: Pick<Format, 'count'>): string {
  return count === null ? '–' : format.count(count);
}
