import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CorrectionRow } from '../../../shared/corrections.ts';
import { isErrorCode } from '../../i18n/codes.ts';

/** Why a correction waits or was refused. Main's words are English: in another language a sentence goes before them. */
export function ProblemText({ problem }: { problem: NonNullable<CorrectionRow['problem']> }): ReactNode {
  const { t, i18n } = useTranslation();
  if (i18n.language === 'en' || !isErrorCode(problem.code)) return problem.message;
  return (
    <>
      {t(`errors.${problem.code}.what`)} <span className="problem-detail">{problem.message}</span>
    </>
  );
}
