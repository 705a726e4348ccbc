import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingRow } from '../../../shared/findings.ts';

/** What is decided about a finding, with a mark where an earlier decision does not hold any more. */
export function StatusTag({ finding }: { finding: Pick<FindingRow, 'status' | 'overtaken'> }): ReactNode {
  const { t } = useTranslation();
  const { status, overtaken } = finding;
  const was = overtaken === null ? undefined : t('queue.overtaken', { status: t(`findingStatus.${overtaken}`) });
  return (
    <span className={`tag finding-status is-${status}`} title={was}>
      {t(`findingStatus.${status}`)}
      {was !== undefined && (
        <span className="finding-overtaken" role="img" aria-label={was}>
          *
        </span>
      )}
    </span>
  );
}
