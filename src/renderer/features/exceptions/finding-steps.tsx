import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TraceStep } from '../../../shared/decisions.ts';
import { useFormat } from '../../ui/use-format.ts';

/** Everything that happened to a finding, the newest first. */
export function FindingSteps({ steps, currency }: { steps: readonly TraceStep[]; currency: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const newestFirst = steps.map((step, place) => ({ step, place })).reverse();
  return (
    <details className="finding-steps">
      <summary>
        {t('queue.panel.trace')} ({format.count(steps.length)})
      </summary>
      <ol>
        {newestFirst.map(({ step, place }) => (
          <li key={place} className={step.isUndone ? 'is-undone' : ''}>
            <span className="muted">{format.instant(step.at)}</span>
            <span>
              <Words step={step} currency={currency} />
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Words({ step, currency }: { step: TraceStep; currency: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { what, status, reason, owner, note, who, correction, difference, isUndone } = step;
  const amount = difference === null ? null : format.amount(difference, currency);
  const details = [
    status === null ? null : t(`findingStatus.${status}`),
    reason === null ? null : t(`reason.${reason}`),
    correction === null ? null : t('queue.correction', { id: correction }),
    owner === null ? null : `${t('queue.panel.owner')}: ${owner}`,
    what === 'changed' && amount !== null ? t('queue.wasDifference', { amount }) : null,
    note === null ? null : `“${note}”`,
    who,
    isUndone ? t('queue.takenBack') : null,
  ].filter((each) => each !== null);
  return (
    <>
      <strong>{t(`queue.step.${what}`)}</strong>
      {details.length > 0 && ` · ${details.join(' · ')}`}
    </>
  );
}
