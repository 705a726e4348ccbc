import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CORRECTION_PROBLEMS, type CorrectionProblem, type CorrectionRow } from '../../../shared/corrections.ts';
import { isErrorCode } from '../../i18n/codes.ts';
import { useSession } from '../../stores/session-store.ts';
import { Icon } from '../../ui/icons.tsx';
import { fieldLabel } from './field-label.ts';

function isCorrectionProblem(code: string): code is CorrectionProblem {
  return CORRECTION_PROBLEMS.some((known) => known === code);
}

/** Why a correction waits, was refused or had no effect. Main's words are English: in another language a sentence goes before them. */
export function ProblemText({ problem }: { problem: NonNullable<CorrectionRow['problem']> }): ReactNode {
  const { t, i18n } = useTranslation();
  if (problem.code === 'CHANGE_IGNORED') return t(`corrections.problem.${problem.code}`);
  if (isCorrectionProblem(problem.code)) {
    // Of a cancellation, the words say what Omnitron shows.
    return (
      <>
        {t(`corrections.problem.${problem.code}`)} <span className="problem-detail">{problem.message}</span>
      </>
    );
  }
  if (i18n.language === 'en' || !isErrorCode(problem.code)) return problem.message;
  return (
    <>
      {t(`errors.${problem.code}.what`)} <span className="problem-detail">{problem.message}</span>
    </>
  );
}

/** What speaks against the values of a correction that may be sent all the same; nothing where nothing does. */
export function CorrectionWarnings({ row }: { row: CorrectionRow }): ReactNode {
  const { t } = useTranslation();
  const language = useSession((state) => state.settings.language);
  const { warnings = [] } = row;
  if (warnings.length === 0) return null;
  return (
    <ul className="correction-warnings" aria-label={t('corrections.warnings')} data-testid="correction-warnings">
      {warnings.map(({ code, field, text }) => (
        <li key={`${field} ${code}`}>
          <Icon name="warningMark" size={12} />
          <span>
            <strong className="warning-text">{t('corrections.warning', { field: fieldLabel(t, field) })}</strong>{' '}
            {text[language]}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The line under a correction: what its state means for the person, and why it is in it. */
export function CorrectionNote({ row, ticked }: { row: CorrectionRow; ticked: boolean }): ReactNode {
  const { t } = useTranslation();
  const isOpenQuestion = ['conflict', 'rejected', 'unknown'].includes(row.state);
  const meaning =
    row.state === 'unknown'
      ? t(row.cancellation === null ? 'corrections.unknown' : 'corrections.unknownMoney')
      : row.state === 'conflict' && row.problem === null
        ? t('corrections.resolve')
        : row.successor === null
          ? null
          : t('corrections.successor', { id: row.successor });
  if (meaning === null && row.problem === null && (row.warnings ?? []).length === 0) return null;
  return (
    <tr className={ticked ? 'note-row is-ticked' : 'note-row'}>
      <td />
      <td />
      <td colSpan={6} className={isOpenQuestion ? 'field-error' : 'muted'}>
        {meaning !== null && <span>{meaning} </span>}
        {row.problem !== null && (
          <>
            {t('corrections.reason')}: <ProblemText problem={row.problem} />
          </>
        )}
        <CorrectionWarnings row={row} />
      </td>
    </tr>
  );
}
