import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CORRECTION_PROBLEMS, type CorrectionProblem, type CorrectionRow } from '../../../shared/corrections.ts';
import { isErrorCode } from '../../i18n/codes.ts';

function isCorrectionProblem(code: string): code is CorrectionProblem {
  return CORRECTION_PROBLEMS.some((known) => known === code);
}

/** Why a correction waits, was refused or had no effect. Main's words are English: in another language a sentence goes before them. */
export function ProblemText({ problem }: { problem: NonNullable<CorrectionRow['problem']> }): ReactNode {
  const { t, i18n } = useTranslation();
  if (isCorrectionProblem(problem.code)) return t(`corrections.problem.${problem.code}`);
  if (i18n.language === 'en' || !isErrorCode(problem.code)) return problem.message;
  return (
    <>
      {t(`errors.${problem.code}.what`)} <span className="problem-detail">{problem.message}</span>
    </>
  );
}
